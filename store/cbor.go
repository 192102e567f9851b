package store

import (
	"bytes"
	"math"
	"unicode/utf8"
)

// cborReader reads the part of CBOR (RFC 8949) that records are written in. Anything
// else makes it bad, and a bad reader reads zero values.
type cborReader struct {
	b   []byte
	bad bool
}

// The major types of CBOR.
const (
	cborUint = iota
	cborNegative
	cborBytes
	cborText
	cborArray
	cborMap
	cborTag
)

// head reads an item's type and its argument.
func (r *cborReader) head() (major byte, n uint64) {
	if len(r.b) == 0 || r.b[0]&31 > 23 {
		return r.longHead()
	}
	first := r.b[0]
	r.b = r.b[1:]
	return first >> 5, uint64(first & 31)
}

// longHead is head where the argument follows in bytes of its own.
func (r *cborReader) longHead() (major byte, n uint64) {
	if len(r.b) == 0 {
		r.bad = true
		return 0, 0
	}
	first := r.b[0]
	size := 1 << (first&31 - 24)
	if first&31 > 27 || len(r.b) <= size { // 28 to 31: indefinite lengths, which are not written here
		r.bad, r.b = true, nil
		return 0, 0
	}
	for _, c := range r.b[1 : 1+size] {
		n = n<<8 | uint64(c)
	}
	r.b = r.b[1+size:]
	return first >> 5, n
}

// entries is how many pairs the map has that comes next.
func (r *cborReader) entries() int {
	major, n := r.head()
	if major != cborMap || n > uint64(len(r.b)) {
		r.bad = true
		return 0
	}
	return int(n)
}

// fields are those of a map that have come, by a bit each.
type fields uint64

func (f fields) has(field int) bool { return f&(1<<field) != 0 }

// fieldOnce is the number of the field that comes next. encodeEvent writes each
// once; what has one twice was not written by it.
func (r *cborReader) fieldOnce(seen *fields) int {
	next := r.field()
	if next < 64 { // later ones are unknown here, and skipped
		r.bad = r.bad || seen.has(next)
		*seen |= 1 << next
	}
	return next
}

// field is the number of the field that comes next.
func (r *cborReader) field() int {
	major, n := r.head()
	if major != cborUint || n > math.MaxInt16 {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *cborReader) text() []byte {
	major, n := r.head()
	if major != cborText {
		r.bad = true
		return nil
	}
	return r.take(n)
}

func (r *cborReader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return nil
	}
	taken := r.b[:n]
	r.b = r.b[n:]
	return taken
}

func (r *cborReader) integer() int64 {
	major, n := r.head()
	if major > cborNegative || n > math.MaxInt64 {
		r.bad = true
		return 0
	}
	if major == cborNegative {
		return -1 - int64(n)
	}
	return int64(n)
}

// skip passes over one item, which may hold others.
func (r *cborReader) skip() {
	for left := uint64(1); left > 0 && !r.bad; left-- {
		switch major, n := r.head(); major {
		case cborBytes, cborText:
			r.take(n)
		case cborArray, cborMap:
			if n > uint64(len(r.b)) {
				r.bad = true
				return
			}
			left += n * uint64(major-cborArray+1)
		case cborTag:
			left++
		}
	}
}

// own copies a text. One that is not UTF-8 makes the reader bad.
func (r *cborReader) own(text []byte) string {
	if !utf8.Valid(text) {
		r.bad = true
	}
	return string(text)
}

func (r *cborReader) string() string { return r.own(r.text()) }

// bytes copies a byte string; an empty one is empty, and not nil.
func (r *cborReader) bytes() []byte {
	major, n := r.head()
	if major != cborBytes {
		r.bad = true
		return nil
	}
	return bytes.Clone(r.take(n))
}

// isTrue reads a true; false is never written.
func (r *cborReader) isTrue() bool {
	const simple, yes = 7, 21
	major, n := r.head()
	if major != simple || n != yes {
		r.bad = true
	}
	return !r.bad
}
