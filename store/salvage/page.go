package salvage

import (
	"bytes"
	"context"
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
	itemHead    = 16
	metaSize    = 64
	boltMagic   = 0xED0CDAED
	boltVersion = 2
	noFreelist  = ^uint64(0)
)

// errBadPage marks a page that does not hold what it should.
var errBadPage = errors.New("page is damaged")

func badPage(id uint64) error { return fmt.Errorf("page %d: %w", id, errBadPage) }

// meta is what one of the two first pages says: where a commit's tree begins.
type meta struct {
	root, freelist, end, transaction, pageSize uint64
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

// biggestFile bounds what one bit a page may cost.
const biggestFile = 1 << 40

// New looks at a file of a size in bytes for the metas, and with them for the size
// of pages, as bbolt does. It reads nothing else yet. Every walk through the file ends
// early once ctx does, and what it says then is worth nothing.
func New(ctx context.Context, r io.ReaderAt, size int64) *File {
	f := &File{ctx: ctx, r: r, pageSize: os.Getpagesize()} // where there is no meta, that is what bbolt takes
	first, valid := readMeta(r, 0)
	second := meta{}
	for at := int64(1 << 10); !valid && at <= 1<<24; at <<= 1 {
		if second, valid = readMeta(r, at); valid && second.pageSize != uint64(at) {
			valid, f.odd = false, true
			break
		}
	}
	if valid {
		f.addMetas(first, second)
	}
	f.count = uint64(min(size, biggestFile)) / uint64(f.pageSize)
	if len(f.metas) > 0 {
		f.long = uint64(size) > f.roomFor(f.metas[0].end)
		f.count = min(f.count, f.roomFor(f.metas[0].end)/uint64(f.pageSize))
	}
	return f
}

// addMetas keeps those that agree with each other, the newest first. One of the two
// is valid: second only where first is not.
func (f *File) addMetas(first, second meta) {
	found := first
	if first.pageSize == 0 {
		found = second
	}
	if n := found.pageSize; n < 1<<10 || n > 1<<16 || n&(n-1) != 0 {
		f.odd = true
		return
	}
	f.pageSize = int(found.pageSize)
	f.metas = []meta{found}
	if first.pageSize == 0 {
		return
	}
	second, valid := readMeta(f.r, int64(f.pageSize))
	switch {
	case !valid:
	case second.pageSize != first.pageSize:
		f.odd = true
	case second.transaction > first.transaction:
		f.metas = []meta{second, first}
	default:
		f.metas = append(f.metas, second)
	}
}

// roomFor is how many bytes a file has at most whose commit uses so many pages.
// bbolt makes a file longer in large steps, and a commit that failed leaves its room.
func (f *File) roomFor(pages uint64) uint64 {
	const slack = 1 << 30
	if pages > biggestFile/uint64(f.pageSize) {
		return biggestFile
	}
	return 2*pages*uint64(f.pageSize) + slack
}

// readMeta reads a meta page, and reports whether it is as it was written.
func readMeta(r io.ReaderAt, offset int64) (m meta, valid bool) {
	b := make([]byte, pageHead+metaSize)
	if _, err := r.ReadAt(b, offset); err != nil {
		return m, false
	}
	b = b[pageHead:]
	sum := fnv.New64a()
	_, _ = sum.Write(b[:metaSize-8]) // a hash takes everything
	order := binary.NativeEndian
	if order.Uint32(b) != boltMagic || order.Uint32(b[4:]) != boltVersion || order.Uint64(b[56:]) != sum.Sum64() {
		return m, false
	}
	return meta{order.Uint64(b[16:]), order.Uint64(b[32:]), order.Uint64(b[40:]), order.Uint64(b[48:]), uint64(order.Uint32(b[8:]))}, true
}

// page reads page id whole. Its content is looked at by items.
func (f *File) page(id uint64) (page, error) {
	run, err := f.run(id, f.count)
	if err != nil {
		return page{}, err
	}
	return f.pages(id, make([]byte, run*uint64(f.pageSize)))
}

// longestPage is far more than the largest values of a page take: a page that claims
// more would only fill the memory.
const longestPage = 64 << 20

// run reads how many pages belong to page id, of a file that ends at a page.
func (f *File) run(id, end uint64) (uint64, error) {
	if id >= end {
		return 0, fmt.Errorf("page %d of %d: %w", id, end, errBadPage)
	}
	head := make([]byte, pageHead)
	if _, err := f.r.ReadAt(head, int64(id)*int64(f.pageSize)); err != nil {
		return 0, fmt.Errorf("read page %d: %w", id, err)
	}
	run := uint64(binary.NativeEndian.Uint32(head[12:])) + 1
	if found := binary.NativeEndian.Uint64(head); found != id || run > end-id || run > longestPage/uint64(f.pageSize) {
		return 0, badPage(id)
	}
	return run, nil
}

// pages reads page id, and those that belong to it, into data.
func (f *File) pages(id uint64, data []byte) (page, error) {
	if _, err := f.r.ReadAt(data, int64(id)*int64(f.pageSize)); err != nil {
		return page{}, fmt.Errorf("read page %d: %w", id, err)
	}
	return parsePage(id, data)
}

// parsePage reads the head of a page, or of the only page of a small bucket.
func parsePage(id uint64, data []byte) (page, error) {
	if len(data) < pageHead {
		return page{}, badPage(id)
	}
	p := page{id: id, kind: binary.NativeEndian.Uint16(data[8:]), n: int(binary.NativeEndian.Uint16(data[10:])), data: data}
	switch p.kind {
	case kindBranch, kindLeaf, kindMeta, kindFreelist:
		return p, nil
	}
	return page{}, badPage(id)
}

// items are the elements of a leaf or a branch. Any that cannot be true makes
// the whole page a damaged one.
func (p page) items() ([]item, error) {
	list := make([]item, 0, p.n)
	err := p.each(func(it item) error {
		list = append(list, it)
		return nil
	})
	return list, err
}

// each calls fn for the elements of a leaf or a branch, up to its first error. Their
// keys are in order, and no two share a byte, so that all together are no more than
// the page.
func (p page) each(fn func(item) error) error {
	if p.kind != kindLeaf && p.kind != kindBranch || p.kind == kindBranch && p.n == 0 {
		return badPage(p.id)
	}
	behind := uint64(pageHead + itemHead*p.n)
	var last []byte
	for i := range p.n {
		it, end, ok := p.item(i, behind)
		if !ok || i > 0 && bytes.Compare(last, it.key) >= 0 {
			return badPage(p.id)
		}
		if err := fn(it); err != nil {
			return err
		}
		last, behind = it.key, end
	}
	return nil
}

func (p page) entry(i int, it item) Entry {
	e := Entry{Key: it.key, Value: it.value, Place: Place{page: p.id, n: i}}
	if p.inline {
		e.Place.value = it.value
	}
	return e
}

// item reads element i, whose key and value begin behind those of the one before.
func (p page) item(i int, behind uint64) (it item, end uint64, ok bool) {
	at := pageHead + itemHead*i
	if at+itemHead > len(p.data) {
		return it, 0, false
	}
	order, e := binary.NativeEndian, p.data[at:]
	if p.kind == kindBranch {
		begin := uint64(at) + uint64(order.Uint32(e))
		end = begin + uint64(order.Uint32(e[4:]))
		if begin < behind || end > uint64(len(p.data)) {
			return it, 0, false
		}
		it.key, it.child = p.data[begin:end:end], order.Uint64(e[8:])
		return it, end, it.child > 1
	}
	flags := order.Uint32(e)
	begin := uint64(at) + uint64(order.Uint32(e[4:]))
	middle := begin + uint64(order.Uint32(e[8:]))
	end = middle + uint64(order.Uint32(e[12:]))
	if begin < behind || end > uint64(len(p.data)) || flags > 1 {
		return it, 0, false
	}
	it.bucket, it.key, it.value = flags == 1, p.data[begin:middle:middle], p.data[middle:end:end]
	return it, end, true
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
