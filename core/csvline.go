package core

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// csvLine builds one line of a CSV file in place, quoted as encoding/csv quotes
// (which wants strings; making those took longer than writing them). Each
// method adds one cell.
type csvLine struct{ buf []byte }

// plain adds a cell that needs no quotes and no neutralising.
func (l *csvLine) plain(cell string) { l.buf = append(append(l.buf, cell...), ',') }

func (l *csvLine) number(n uint64) { l.buf = append(strconv.AppendUint(l.buf, n, 10), ',') }

func (l *csvLine) amount(c Cents) { l.buf = append(c.AppendDecimal(l.buf), ',') }

func (l *csvLine) moment(t time.Time) {
	l.buf = append(t.AppendFormat(l.buf, time.RFC3339Nano), ',')
}

// text adds a cell of text from outside.
func (l *csvLine) text(cell string) {
	cell = inert(cell)
	if !needsQuotes(cell) {
		l.plain(cell)
		return
	}
	l.buf = append(l.buf, '"')
	l.buf = append(l.buf, strings.ReplaceAll(cell, `"`, `""`)...)
	l.buf = append(l.buf, '"', ',')
}

// end closes the line. The result is valid until the next cell.
func (l *csvLine) end() []byte {
	line := l.buf
	line[len(line)-1] = '\n' // where the last comma is
	l.buf = l.buf[:0]
	return line
}

// needsQuotes is encoding/csv's rule for a comma as separator.
func needsQuotes(cell string) bool {
	if first, _ := utf8.DecodeRuneInString(cell); unicode.IsSpace(first) || cell == `\.` {
		return true
	}
	for i := range len(cell) { // strings.ContainsAny takes three times as long
		if c := cell[i]; c == ',' || c == '"' || c == '\r' || c == '\n' {
			return true
		}
	}
	return false
}
