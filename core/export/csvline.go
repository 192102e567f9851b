package export

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
)

// csvLine builds one line of a CSV file (RFC 4180) in place. It quotes as
// encoding/csv does, which takes strings: making them took longer than writing
// them. Each method adds one cell.
type csvLine struct{ buf []byte }

// plain adds a cell that needs no quotes and no neutralising.
func (l *csvLine) plain(cell string) { l.buf = append(append(l.buf, cell...), ',') }

func (l *csvLine) number(n uint64) { l.buf = append(strconv.AppendUint(l.buf, n, 10), ',') }

func (l *csvLine) amount(c core.Cents) { l.buf = append(c.AppendDecimal(l.buf), ',') }

func (l *csvLine) moment(t time.Time) {
	l.buf = append(t.AppendFormat(l.buf, time.RFC3339Nano), ',')
}

// text adds a cell of text from outside.
func (l *csvLine) text(cell string) {
	at := len(l.buf)
	l.buf = append(l.buf, cell...)
	l.closeText(at)
}

// closeText makes what was added from at on a cell of text from outside.
func (l *csvLine) closeText(at int) {
	switch look(l.buf[at:]) {
	case plainText:
	case listText:
		l.buf = append(l.buf, '"', '"')
		copy(l.buf[at+1:], l.buf[at:len(l.buf)-2])
		l.buf[at] = '"'
	default:
		cell := core.Inert(string(l.buf[at:]))
		l.buf = l.buf[:at]
		if needsQuotes(cell) {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		l.buf = append(l.buf, cell...)
	}
	l.buf = append(l.buf, ',')
}

// kindOfText is what a cell of text asks for.
type kindOfText int

const (
	plainText kindOfText = iota // nothing
	listText                    // quotes around it, for its commas
	otherText                   // a closer look
)

// look recognises most text, at once: printable ASCII that starts with a letter
// or digit and has no quotes.
func look(text []byte) kindOfText {
	kind := plainText
	for i, c := range text {
		switch {
		case c < ' ' || c > '~' || c == '"' || i == 0 && !isAlphanumeric(c):
			return otherText
		case c == ',':
			kind = listText
		}
	}
	return kind
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
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
