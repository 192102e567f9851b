// Package salvage reads the file of a bbolt database without bbolt, which panics,
// or is killed by the system, on a page that is damaged. It knows pages, trees
// and buckets, and nothing of what is kept in them. It never writes.
//
// A caller walks the trees, newest first, and stops at one that is whole. What a
// damaged tree no longer leads to may still be in the tree of the commit before,
// which bbolt keeps until the next one, or on a page without a way to it.
package salvage

import (
	"errors"
	"fmt"
	"io"
	"slices"
)

// File is a bbolt file, damaged or not. One goroutine at a time may use it, and
// nobody may write to the file meanwhile.
type File struct {
	r        io.ReaderAt
	pageSize int
	count    uint64 // whole pages that are there
	metas    []meta // the valid ones, newest first

	last  uint64 // the page that Value has read last, so that neighbours share it
	items []item // of that page
}

// Entry is a key with its value, and where they stand. The bytes are those of
// the page: a caller who keeps them for long keeps the whole page in memory.
type Entry struct {
	Key, Value []byte
	Place      Place
}

// Place is where an entry stands in its file. It is small, and Value reads the
// entry again.
type Place struct {
	page  uint64
	n     int
	value []byte // the value itself, where its page is within another
}

// Pages is how many whole pages the file has.
func (f *File) Pages() int { return int(f.count) }

// Sound looks at the pages that bbolt reads when it opens the file, and says what
// is wrong with them. A bbolt that panics there keeps the file locked.
func (f *File) Sound() error {
	if len(f.metas) == 0 {
		return errors.New("no valid beginning")
	}
	m := f.metas[0]
	if m.end > f.count {
		return fmt.Errorf("%d pages of %d are there", f.count, m.end)
	}
	if _, err := f.free(m); err != nil {
		return err
	}
	if root, err := f.page(m.root); err != nil || root.kind != kindLeaf && root.kind != kindBranch {
		return fmt.Errorf("no root on page %d", m.root)
	}
	return nil
}

// Value reads the value at a place. Reading them in the order in which they were
// found reads every page once.
func (f *File) Value(at Place) ([]byte, error) {
	if at.value != nil {
		return at.value, nil
	}
	if at.page != f.last {
		leaf, err := f.page(at.page)
		if err != nil {
			return nil, err
		}
		items, err := leaf.items()
		if err != nil {
			return nil, err
		}
		f.last, f.items = at.page, items
	}
	if at.n >= len(f.items) {
		return nil, fmt.Errorf("page %d: %w: %w", at.page, errBadPage, io.ErrUnexpectedEOF)
	}
	return f.items[at.n].value, nil
}

// Lost calls fn for the entries on pages that none of the trees has led to and
// that are not free: what is on a free page is old, and may have been deleted.
func (f *File) Lost(trees []*Tree, fn func(Entry)) {
	free := map[uint64]bool{}
	if len(f.metas) > 0 {
		if known, err := f.free(f.metas[0]); err == nil {
			free = known
		}
	}
	f.each(kindLeaf, func(leaf page, items []item) {
		if free[leaf.id] || slices.ContainsFunc(trees, func(t *Tree) bool { return t.seen[leaf.id] }) {
			return
		}
		for i, it := range items {
			if !it.bucket {
				fn(leaf.entry(i, it))
			}
		}
	})
}

// each calls fn for every page of a kind that can be read.
func (f *File) each(kind uint16, fn func(found page, items []item)) {
	for id := uint64(2); id < f.count; id++ {
		found, err := f.page(id)
		if err != nil || found.kind != kind {
			continue
		}
		if items, err := found.items(); err == nil {
			fn(found, items)
		}
	}
}
