package salvage

import (
	"encoding/binary"
	"fmt"
)

// bits has one bit for each of a file's pages.
type bits []uint64

func newBits(pages uint64) bits { return make(bits, (pages+63)/64) }

func (b bits) has(id uint64) bool { return id/64 < uint64(len(b)) && b[id/64]&(1<<(id%64)) != 0 }

// add sets a page's bit, and reports whether it was not set before.
func (b bits) add(id uint64) (fresh bool) {
	fresh = !b.has(id)
	b[id/64] |= 1 << (id % 64)
	return fresh
}

// free are the ids on a meta's free list. It is read in parts, however long it is.
func (f *File) free(m meta) (bits, error) {
	free := newBits(min(m.end, f.count))
	list, err := f.freelist(m)
	if err != nil {
		return nil, err
	}
	part := make([]byte, 1<<16)
	for list.n > 0 {
		if err := f.ctx.Err(); err != nil {
			return nil, err
		}
		step := min(list.n, uint64(len(part)/8))
		if _, err := f.r.ReadAt(part[:8*step], list.at); err != nil {
			return nil, fmt.Errorf("read free list: %w", err)
		}
		for i := range step {
			id := binary.NativeEndian.Uint64(part[8*i:])
			if id < 2 || id >= min(m.end, f.count) || !free.add(id) {
				return nil, fmt.Errorf("free list on page %d: %w", m.freelist, errBadPage)
			}
		}
		list.n, list.at = list.n-step, list.at+int64(8*step)
	}
	return free, nil
}

// freelist is a free list: how many ids it has, where they begin, and how many pages
// it takes.
type freelist struct {
	n, run uint64
	at     int64
}

func (f *File) freelist(m meta) (list freelist, err error) {
	if m.freelist == noFreelist {
		return list, nil
	}
	bad := fmt.Errorf("free list on page %d: %w", m.freelist, errBadPage)
	if m.freelist >= f.count {
		return list, bad
	}
	head := make([]byte, pageHead+8)
	at := int64(m.freelist) * int64(f.pageSize)
	if _, err := f.r.ReadAt(head, at); err != nil {
		return list, fmt.Errorf("read free list: %w", err)
	}
	order := binary.NativeEndian
	list = freelist{n: uint64(order.Uint16(head[10:])), run: uint64(order.Uint32(head[12:])) + 1, at: at + pageHead}
	if order.Uint64(head) != m.freelist || order.Uint16(head[8:]) != kindFreelist || list.run > f.count-m.freelist {
		return list, bad
	}
	room := (list.run*uint64(f.pageSize) - pageHead) / 8
	if list.n == 0xFFFF { // more than that: the first number is the count
		list.n, list.at, room = order.Uint64(head[pageHead:]), list.at+8, room-1
	}
	if list.n > room {
		return list, bad
	}
	return list, nil
}
