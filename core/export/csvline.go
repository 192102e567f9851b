package export

import (
	"strconv"
	"time"

	"rentbell/core"
)

// csvLine builds one line of a CSV file (RFC 4180) in place: making strings took
// longer than writing them. Each method adds one cell.
type csvLine struct {
	buf     []byte // ends with the line
	scratch []byte // a text while it is put together
	odd     bool   // a text of the line may not be OneLine
}

// plain adds a cell that is not from outside and needs no quotes.
func (l *csvLine) plain(cell string) { l.buf = append(append(l.buf, cell...), ',') }

func (l *csvLine) number(n uint64) { l.buf = append(strconv.AppendUint(l.buf, n, 10), ',') }

func (l *csvLine) amount(c core.Cents) { l.buf = append(c.AppendDecimal(l.buf), ',') }

func (l *csvLine) moment(t time.Time) {
	l.buf = append(t.AppendFormat(l.buf, time.RFC3339Nano), ',')
}

// id adds a cell of text from outside that identifies something.
func (l *csvLine) id(cell string) { l.buf = append(core.AppendCell(l.buf, cell), ',') }

// text adds a cell of text that a person has written.
func (l *csvLine) text(cell string) { addText(l, cell) }

// draft adds the text in scratch, which people have written parts of.
func (l *csvLine) draft() { addText(l, l.scratch) }

func addText[T string | []byte](l *csvLine, cell T) {
	if core.IsPlain(cell) {
		l.buf = append(append(append(l.buf, '"'), cell...), '"', ',')
		return
	}
	l.odd = true
	l.buf = append(core.AppendCell(l.buf, cell), ',')
}

// end closes the line.
func (l *csvLine) end() []byte {
	l.buf[len(l.buf)-1] = '\n' // where the last comma is
	return l.buf
}
