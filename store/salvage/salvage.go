// Package salvage reads the file of a bbolt database without bbolt, which panics,
// or is killed by the system, on a page that is damaged. It knows pages, trees
// and buckets, and nothing of what is kept in them. It never writes.
//
// A caller walks the trees, newest first, and stops at one that is whole. What a
// damaged tree no longer leads to may still be in the tree of the commit before,
// which bbolt keeps until the next one, or on a page without a way to it.
package salvage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"syscall"
)

// ErrNoBeginning: neither of the two first pages is one of bbolt's.
var ErrNoBeginning = errors.New("no valid beginning")

// File is a bbolt file, damaged or not. One goroutine at a time may use it, and
// nobody may write to the file meanwhile.
type File struct {
	ctx      context.Context // of the one operation that looks at the file
	r        io.ReaderAt
	pageSize int
	count    uint64 // whole pages that are there
	metas    []meta // the valid ones, newest first
	odd      bool   // a meta is valid, and does not fit its place
	long     bool   // the file is far longer than its commit says

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

// After is the place n entries further on the same page.
func (p Place) After(n int) Place {
	if n > 0 {
		p.n, p.value = p.n+n, nil
	}
	return p
}

// Is reports whether two places are one. Of entries of a small bucket, which is within
// another's page, no two are.
func (p Place) Is(other Place) bool {
	return p.value == nil && other.value == nil && p.page == other.page && p.n == other.n
}

// Pages is how many whole pages the file has.
func (f *File) Pages() int { return int(f.count) }

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

// Lost calls fn for the entries on pages that none of the trees has led to. Where the
// last commit's free list can be read, free pages are left out: what is there is old,
// and may have been deleted. Then all others are live: the last commit uses them. A
// list of the commit before would call pages free that the last one has written.
func (f *File) Lost(trees []*Tree, fn func(e Entry, live bool)) {
	free, live := bits{}, false
	if len(f.metas) == 2 {
		if known, err := f.free(f.metas[0]); err == nil {
			free, live = known, f.metas[0].freelist != noFreelist
		}
	}
	f.each(kindLeaf, func(leaf page, items []item) {
		if free.has(leaf.id) || slices.ContainsFunc(trees, func(t *Tree) bool { return t.seen.has(leaf.id) }) {
			return
		}
		for i, it := range items {
			if !it.bucket {
				fn(leaf.entry(i, it), live)
			}
		}
	})
}

// each calls fn for every page of a kind that can be read. Pages that claim many
// others for themselves in vain are tried until that has cost twice the file.
func (f *File) each(kind uint16, fn func(found page, items []item)) {
	vain := uint64(0)
	for id := f.present(2); id < f.count && f.ctx.Err() == nil; id = f.present(id + 1) {
		run, err := f.run(id, f.count)
		if err != nil || run > 1 && vain > 2*f.count {
			continue
		}
		found, err := f.pages(id, make([]byte, run*uint64(f.pageSize)))
		var items []item
		if err == nil {
			items, err = found.items()
		}
		if err != nil {
			vain += run - 1
			continue
		}
		if found.kind == kind {
			fn(found, items)
		}
		id += run - 1
	}
}

// present is the first page from one on that is not in a hole of a sparse file. Where
// the system does not tell, every page is there.
func (f *File) present(id uint64) uint64 {
	seekData, told := map[string]int{"linux": 3, "darwin": 4}[runtime.GOOS]
	file, seeks := f.r.(io.Seeker)
	if !told || !seeks || id >= f.count {
		return id
	}
	at, err := file.Seek(int64(id)*int64(f.pageSize), seekData)
	switch {
	case errors.Is(err, syscall.ENXIO):
		return f.count
	case err != nil:
		return id
	}
	return max(id, uint64(at)/uint64(f.pageSize))
}
