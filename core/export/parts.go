package export

import (
	"io"
	"slices"
)

// chunkSize is how many bytes are handed on at a time.
const chunkSize = 128 << 10

// chunk is a part of a file.
type chunk struct {
	bytes []byte
	last  bool // the next one begins another file
}

// parts puts rows together for as many files as the limits ask for.
type parts struct {
	limits importLimits                          // zero: one file takes everything
	hand   func(chunk) (empty []byte, err error) // takes each chunk

	open  func() page // makes the next file
	page  page        // the file in the making
	chunk []byte      // of it, and not handed on yet
	rows  int         // in it
	bytes int         // of it that were handed on
	files int         // before it
	whole int         // bytes of those
}

// begin begins the first file.
func (p *parts) begin(q Query) {
	p.open = func() page { return q.layout().begin(q) }
	p.next()
}

func (p *parts) next() {
	p.page, p.rows = p.open(), 0
	p.chunk = p.page.head(p.chunk)
}

// write writes a row into the file it still fits into.
func (p *parts) write(r *row) error {
	if p.limits.rows > 0 && p.rows == p.limits.rows {
		if err := p.turn(); err != nil {
			return err
		}
	}
	before := len(p.chunk)
	p.chunk = p.page.row(p.chunk, r)
	if p.limits.bytes > 0 && p.rows > 0 && p.bytes+len(p.chunk) > p.limits.bytes {
		line := slices.Clone(p.chunk[before:])
		p.chunk = p.chunk[:before]
		if err := p.turn(); err != nil {
			return err
		}
		p.chunk = append(p.chunk, line...)
	}
	p.rows++
	return p.handFull()
}

// Write takes what a page has at its foot.
func (p *parts) Write(b []byte) (int, error) {
	p.chunk = append(p.chunk, b...)
	return len(b), p.handFull()
}

// turn ends a file and begins the next.
func (p *parts) turn() error {
	err := p.close()
	if err == nil {
		p.next()
	}
	return err
}

// close ends a file.
func (p *parts) close() error {
	if err := p.page.foot(p); err != nil {
		return err
	}
	if err := p.handOn(true); err != nil {
		return err
	}
	p.files++
	p.whole += p.bytes
	p.bytes = 0
	return nil
}

// drop closes the file in the making, which may be none.
func (p *parts) drop() {
	if page, ok := p.page.(io.Closer); ok {
		_ = page.Close() // it is thrown away
	}
}

func (p *parts) handFull() error {
	if len(p.chunk) < chunkSize {
		return nil
	}
	return p.handOn(false)
}

func (p *parts) handOn(last bool) (err error) {
	p.bytes += len(p.chunk)
	p.chunk, err = p.hand(chunk{p.chunk, last})
	return err
}
