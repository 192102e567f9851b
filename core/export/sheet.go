package export

import (
	"io"

	"rentbell/core"
)

// sheet is a page of a CSV file. Each of its files has the header.
type sheet struct {
	start   string   // comes before the header
	columns []string // their titles
	cells   func(*csvLine, *row)
	line    csvLine
}

func (s *sheet) head(b []byte) []byte {
	l := csvLine{buf: append(b, s.start...)}
	for _, title := range s.columns {
		l.plain(title)
	}
	return l.end()
}

// row appends the line of a payment. Nearly every text is a line as it comes; to find
// that out while it is written is quicker than to look at each before.
func (s *sheet) row(b []byte, r *row) []byte {
	l := &s.line
	l.buf, l.odd = b, false
	s.cells(l, r)
	if l.odd {
		l.buf = b
		tidy(&r.Payment)
		s.cells(l, r)
	}
	return l.end()
}

func (*sheet) foot(io.Writer) error { return nil }

// tidy makes a line of each text of a payment that people have written. Ids stay.
func tidy(p *core.Payment) {
	for _, text := range [...]*string{&p.Tenant, &p.Property, &p.Unit, &p.Method, &p.Memo, &p.Reference} {
		*text = core.OneLine(*text)
	}
}
