package salvage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// The format of bbolt's file, in the machine's byte order:
//
//	page     id u64, kind u16, count u16, overflow u32: how many pages follow that belong to it
//	branch   count times: position u32, size u32 of the key, child u64
//	leaf     count times: flags u32 (1: a bucket), position u32, sizes u32, u32 of key and value
//	bucket   root u64, sequence u64; root 0: the bucket's only page follows
//	meta     magic u32, version u32, page size u32, flags u32, root bucket, free list u64, end u64,
//	         transaction u64, FNV-1a of all that u64
//
// Positions count from where they stand. Pages 0 and 1 are metas, written in turn.

const (
	kindBranch   = 0x01
	kindLeaf     = 0x02
	kindMeta     = 0x04
	kindFreelist = 0x10

	pageHead    = 16
	metaSize    = 64
	boltMagic   = 0xED0CDAED
	boltVersion = 2
	noFreelist  = ^uint64(0)
)

// errBadPage marks a page that does not hold what it should.
var errBadPage = errors.New("page is damaged")

// meta is what one of the two first pages says: where a commit's tree begins.
type meta struct {
	root, freelist, end, transaction uint64
}

// page is one page with those that belong to it.
type page struct {
	id     uint64
	kind   uint16
	n      int
	data   []byte
	inline bool // it is not the page id itself, but a small bucket's within it
}

// item is an element of a leaf or a branch; of a branch it has a child and no value.
type item struct {
	bucket     bool
	key, value []byte
	child      uint64
}

// New looks at a file of a size in bytes for the metas, and with them for the size
// of pages. It reads nothing else yet.
func New(r io.ReaderAt, size int64) *File {
	for pageSize := 1 << 10; pageSize <= 1<<16; pageSize <<= 1 {
		f := &File{r: r, pageSize: pageSize, count: uint64(size) / uint64(pageSize)}
		for id := range int64(2) {
			if m, valid := readMeta(r, id*int64(pageSize), pageSize); valid {
				f.metas = append(f.metas, m)
			}
		}
		if len(f.metas) == 2 && f.metas[1].transaction > f.metas[0].transaction {
			f.metas[0], f.metas[1] = f.metas[1], f.metas[0]
		}
		if len(f.metas) > 0 {
			return f
		}
	}
	pageSize := os.Getpagesize() // which is what bbolt takes
	return &File{r: r, pageSize: pageSize, count: uint64(size) / uint64(pageSize)}
}

func readMeta(r io.ReaderAt, offset int64, pageSize int) (m meta, valid bool) {
	b := make([]byte, pageHead+metaSize)
	if _, err := r.ReadAt(b, offset); err != nil {
		return m, false
	}
	b = b[pageHead:]
	sum := fnv.New64a()
	_, _ = sum.Write(b[:metaSize-8]) // a hash takes everything
	order := binary.NativeEndian
	if order.Uint32(b) != boltMagic || order.Uint32(b[4:]) != boltVersion ||
		order.Uint32(b[8:]) != uint32(pageSize) || order.Uint64(b[56:]) != sum.Sum64() {
		return m, false
	}
	return meta{order.Uint64(b[16:]), order.Uint64(b[32:]), order.Uint64(b[40:]), order.Uint64(b[48:])}, true
}

// page reads page id whole. Its content is looked at by items.
func (f *File) page(id uint64) (page, error) {
	if id >= f.count {
		return page{}, fmt.Errorf("page %d of %d: %w", id, f.count, errBadPage)
	}
	head := make([]byte, pageHead)
	offset := int64(id) * int64(f.pageSize)
	if _, err := f.r.ReadAt(head, offset); err != nil {
		return page{}, fmt.Errorf("read page %d: %w", id, err)
	}
	run := uint64(binary.NativeEndian.Uint32(head[12:])) + 1
	if found := binary.NativeEndian.Uint64(head); found != id || run > f.count-id {
		return page{}, fmt.Errorf("page %d: %w", id, errBadPage)
	}
	data := make([]byte, run*uint64(f.pageSize))
	if _, err := f.r.ReadAt(data, offset); err != nil {
		return page{}, fmt.Errorf("read page %d: %w", id, err)
	}
	return parsePage(id, data)
}

// parsePage reads the head of a page, or of the only page of a small bucket.
func parsePage(id uint64, data []byte) (page, error) {
	if len(data) < pageHead {
		return page{}, fmt.Errorf("page %d: %w", id, errBadPage)
	}
	p := page{id: id, kind: binary.NativeEndian.Uint16(data[8:]), n: int(binary.NativeEndian.Uint16(data[10:])), data: data}
	switch p.kind {
	case kindBranch, kindLeaf, kindMeta, kindFreelist:
		return p, nil
	}
	return page{}, fmt.Errorf("page %d: %w", id, errBadPage)
}

// items are the elements of a leaf or a branch. Any that cannot be true makes
// the whole page a damaged one.
func (p page) items() ([]item, error) {
	bad := fmt.Errorf("page %d: %w", p.id, errBadPage)
	if p.kind != kindLeaf && p.kind != kindBranch {
		return nil, bad
	}
	list := make([]item, 0, p.n)
	for i := range p.n {
		it, ok := p.item(i)
		if !ok || i > 0 && bytes.Compare(list[i-1].key, it.key) >= 0 {
			return nil, bad
		}
		list = append(list, it)
	}
	return list, nil
}

func (p page) entry(i int, it item) Entry {
	e := Entry{Key: it.key, Value: it.value, Place: Place{page: p.id, n: i}}
	if p.inline {
		e.Place.value = it.value
	}
	return e
}

func (p page) item(i int) (it item, ok bool) {
	const size = 16
	at := pageHead + size*i
	if at+size > len(p.data) {
		return it, false
	}
	order, e := binary.NativeEndian, p.data[at:]
	if p.kind == kindBranch {
		it.key, ok = extract(e, order.Uint32(e), order.Uint32(e[4:]))
		it.child = order.Uint64(e[8:])
		return it, ok && it.child > 1
	}
	position, keySize := order.Uint32(e[4:]), order.Uint32(e[8:])
	flags := order.Uint32(e)
	it.bucket = flags == 1
	it.key, ok = extract(e, position, keySize)
	if !ok || flags > 1 {
		return it, false
	}
	it.value, ok = extract(e[int(position)+int(keySize):], 0, order.Uint32(e[12:]))
	return it, ok
}

// extract is e[position:][:size], where it is there.
func extract(e []byte, position, size uint32) ([]byte, bool) {
	from, to := uint64(position), uint64(position)+uint64(size)
	if to > uint64(len(e)) {
		return nil, false
	}
	return e[from:to:to], true
}

// free are the ids on a meta's free list.
func (f *File) free(m meta) (map[uint64]bool, error) {
	free := map[uint64]bool{}
	if m.freelist == noFreelist {
		return free, nil
	}
	list, err := f.page(m.freelist)
	if err != nil {
		return nil, err
	}
	order, ids, n := binary.NativeEndian, list.data[pageHead:], uint64(list.n)
	if n == 0xFFFF { // more than that: the first number is the count
		n, ids = order.Uint64(ids), ids[8:]
	}
	if list.kind != kindFreelist || n > uint64(len(ids)/8) {
		return nil, fmt.Errorf("free list on page %d: %w", m.freelist, errBadPage)
	}
	for i := range n {
		id := order.Uint64(ids[8*i:])
		if id < 2 || id >= m.end || free[id] {
			return nil, fmt.Errorf("free list on page %d: %w", m.freelist, errBadPage)
		}
		free[id] = true
	}
	return free, nil
}

// bucketHead is what a bucket's item says of it; inline is set when its only
// page is in the item itself.
type bucketHead struct {
	root, sequence uint64
	inline         []byte
}

func (it item) head() (h bucketHead, ok bool) {
	const size = 16
	if !it.bucket || len(it.value) < size {
		return h, false
	}
	h = bucketHead{root: binary.NativeEndian.Uint64(it.value), sequence: binary.NativeEndian.Uint64(it.value[8:])}
	if h.root == 0 {
		h.inline = it.value[size:]
	}
	return h, true
}
