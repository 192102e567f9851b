package salvage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
)

// Sound proves that bbolt can read the last commit of a file: that none of its pages
// is reached twice, that every way ends, that keys are in order and values within
// their page. A bbolt that meets anything else panics, fills the stack, which ends
// the process, or never comes back. It takes time for each page once, one bit of
// memory for each, and a page for each level. stray is how many pages are neither
// used nor free: they do no harm. The error is that of the file's context once it ends.
func (f *File) Sound() (stray uint64, err error) { return f.prove(false) }

// Ends proves that every way through the last commit ends, and leaves out what is
// within the leaves of buckets: there bbolt only panics. Of a large file that is a
// fraction of the work.
func (f *File) Ends() error {
	_, err := f.prove(true)
	return err
}

func (f *File) prove(heads bool) (stray uint64, err error) {
	switch {
	case len(f.metas) == 0:
		return 0, ErrNoBeginning
	case f.odd:
		return 0, errors.New("two beginnings that differ")
	case f.long:
		return 0, errors.New("far longer than its beginning says")
	}
	m := f.metas[0]
	if m.end > f.count {
		return 0, fmt.Errorf("%d pages of %d are there", f.count, m.end)
	}
	p := proof{file: f, end: m.end, heads: heads, taken: newBits(m.end)}
	if file, isFile := f.r.(*os.File); isFile {
		var unmap func()
		p.mapped, unmap = mapped(file, m.end*uint64(f.pageSize))
		defer unmap()
	}
	return p.all(m)
}

// all proves a commit, and counts its stray pages.
func (p *proof) all(m meta) (stray uint64, err error) {
	// The system stops a process that reads a mapped file beyond its end, which
	// another may have moved meanwhile.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("the file was cut off while it was read: %w", errBadPage)
		}
	}()
	if p.free, err = p.file.free(m); err != nil {
		return 0, err
	}
	p.taken.add(0)
	p.taken.add(1)
	list, err := p.file.freelist(m)
	if err == nil {
		err = p.claim(m.freelist, list.run)
	}
	if err != nil {
		return 0, err
	}
	if err := p.tree(m.root, span{buckets: true}); err != nil {
		return 0, err
	}
	for id := range m.end {
		if !p.taken.has(id) && !p.free.has(id) {
			stray++
		}
	}
	return stray, nil
}

// proof is a walk over all pages of a commit.
type proof struct {
	file        *File
	end         uint64
	heads       bool // of the leaves of buckets, only what kind they are
	free, taken bits
	mapped      []byte   // the file as memory; nil where it is read into levels
	levels      [][]byte // a buffer for each level of the tree, used again for every page
}

// claim takes pages that nothing else may use.
func (p *proof) claim(id, run uint64) error {
	for ; run > 0; id, run = id+1, run-1 { // a run that is too long stops at the end
		if id >= p.end || p.free.has(id) || !p.taken.add(id) {
			return fmt.Errorf("page %d is used twice, free or beyond the end: %w", id, errBadPage)
		}
	}
	return nil
}

// longestBranch bounds what the levels of a tree take.
const longestBranch = 1 << 20

// span is what the way to a page says of it.
type span struct {
	first, end []byte // its keys are from one up to another; nil: there is no bound
	depth      int
	buckets    bool // its entries are the buckets
	inline     bool // it is within another
}

func (s span) below(first, end []byte) span {
	return span{first: first, end: end, depth: s.depth + 1, buckets: s.buckets}
}

// tree proves a page and those below it.
func (p *proof) tree(id uint64, s span) error {
	if err := p.file.ctx.Err(); err != nil {
		return err
	}
	if s.depth > maxDepth {
		return badPage(id)
	}
	found, err := p.read(id, s.depth)
	if err != nil {
		return err
	}
	switch {
	case found.kind == kindLeaf && p.heads && !s.buckets:
		return nil
	case found.kind == kindBranch && len(found.data) > longestBranch:
		return badPage(id)
	}
	var last item
	if err := found.each(func(it item) error {
		before := last
		last = it
		switch {
		case before.key == nil && s.first != nil && bytes.Compare(it.key, s.first) < 0:
			return badPage(id)
		case found.kind == kindLeaf:
			return p.entry(id, it, s)
		case before.key == nil:
			return nil
		}
		return p.tree(before.child, s.below(before.key, it.key)) // whose end is known now
	}); err != nil {
		return err
	}
	if s.end != nil && bytes.Compare(last.key, s.end) >= 0 {
		return badPage(id)
	}
	if found.kind == kindBranch {
		return p.tree(last.child, s.below(last.key, s.end))
	}
	return nil
}

// read claims a page and reads it.
func (p *proof) read(id uint64, depth int) (page, error) {
	if id >= p.end {
		return page{}, badPage(id)
	}
	data, err := p.view(id, 1, depth)
	if err != nil {
		return page{}, err
	}
	stated, run := binary.NativeEndian.Uint64(data), uint64(binary.NativeEndian.Uint32(data[12:]))+1
	if stated != id || run > longestPage/uint64(p.file.pageSize) {
		return page{}, badPage(id)
	}
	if err := p.claim(id, run); err != nil {
		return page{}, err
	}
	if run > 1 {
		if data, err = p.view(id, run, depth); err != nil {
			return page{}, err
		}
	}
	return parsePage(id, data)
}

// view is the content of pages, in the file as memory or in the buffer of a level.
func (p *proof) view(id, run uint64, depth int) ([]byte, error) {
	at, size := id*uint64(p.file.pageSize), run*uint64(p.file.pageSize)
	if p.mapped != nil {
		return p.mapped[at:][:size:size], nil
	}
	for depth >= len(p.levels) {
		p.levels = append(p.levels, make([]byte, p.file.pageSize))
	}
	data := p.levels[depth]
	if size > uint64(cap(data)) {
		data = make([]byte, size)
		if size <= longestBranch {
			p.levels[depth] = data
		}
	}
	data = data[:size]
	if _, err := p.file.r.ReadAt(data, int64(at)); err != nil {
		return nil, fmt.Errorf("read page %d: %w", id, err)
	}
	return data, nil
}

// entry proves a leaf's entry: a bucket, or what bbolt can keep in one.
func (p *proof) entry(id uint64, it item, s span) error {
	const longestKey = 32768 // bbolt.MaxKeySize
	if len(it.key) == 0 || len(it.key) > longestKey || s.buckets && !it.bucket {
		return badPage(id)
	}
	if !it.bucket {
		return nil
	}
	head, ok := it.head()
	switch {
	case !ok || s.inline:
		return badPage(id)
	case head.root != 0:
		return p.tree(head.root, span{depth: s.depth + 1})
	}
	small, err := parsePage(id, head.inline)
	if err != nil || small.kind != kindLeaf {
		return badPage(id)
	}
	return small.each(func(it item) error { return p.entry(id, it, span{inline: true}) })
}
