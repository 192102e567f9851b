package table

import (
	"bufio"
	"encoding/csv"
	"strings"
	"unicode"
)

// mostLines is how many lines a cell in quotation marks may have. More is a mark
// that was never closed.
const mostLines = 100

// splitter takes lines apart into cells.
type splitter struct {
	sep    string
	comma  rune
	buffer *bufio.Reader // encoding/csv makes none of its own for each row then
}

func newSplitter(sep rune) *splitter {
	return &splitter{string(sep), sep, bufio.NewReader(nil)}
}

// row reads the next row. What cannot be read as RFC 4180 has it costs one line.
func (s *splitter) row(l *lines) Row {
	start, number := l.at, l.n
	line := l.next()
	if len(line) > maxRecord {
		return Row{Line: number, Fault: FaultSize}
	}
	if !strings.Contains(line, `"`) {
		return newRow(number, strings.Split(line, s.sep))
	}
	after := *l
	if record := after.record(start, line); record != "" {
		if cells, ok := s.strictly(record); ok && !s.swallows(record) {
			*l = after
			return newRow(number, cells)
		}
	}
	if cells, ok := s.loosely(line); ok {
		return newRow(number, cells)
	}
	return Row{Line: number, Fault: FaultQuote}
}

// record adds lines to the one that begins at start until the quotation marks are
// in pairs; empty: they never are.
func (l *lines) record(start int, line string) string {
	end := start + len(line)
	for marks, n := strings.Count(line, `"`), 1; marks%2 == 1; n++ {
		if !l.left() || n == mostLines || l.at-start > maxRecord {
			return ""
		}
		end = l.at
		line = l.next()
		end += len(line)
		marks += strings.Count(line, `"`)
	}
	return l.text[start:end]
}

// strictly reads a row as RFC 4180 has it, but for blanks before a cell.
func (s *splitter) strictly(record string) (cells []string, ok bool) {
	s.buffer.Reset(strings.NewReader(record))
	r := csv.NewReader(s.buffer)
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = s.comma, -1, s.comma != '\t'
	cells, err := r.Read()
	return cells, err == nil
}

// swallows reports a cell of several lines each of which would be a row like the
// first: as many cells, and a code in the same column. A mark that was never
// closed has met another one that ends a line, as in 5".
func (s *splitter) swallows(record string) bool {
	l := lines{text: record}
	first := strings.Split(l.next(), s.sep)
	if !l.left() || len(first) < 2 {
		return false
	}
	for l.left() {
		cells, alike := strings.Split(l.next(), s.sep), false
		for i := 0; len(cells) == len(first) && i < len(cells); i++ {
			alike = alike || isCode(strings.TrimSpace(cells[i])) && isCode(strings.TrimSpace(first[i]))
		}
		if !alike {
			return false
		}
	}
	return true
}

// loosely reads a line with quotation marks as people write them. ok is false when
// one opens a cell and nobody can say where it ends.
func (s *splitter) loosely(line string) (cells []string, ok bool) {
	for more := true; more; {
		var cell string
		if end := s.closing(line); end >= 0 {
			cell = strings.Trim(line[:end], " ")
			cell = strings.ReplaceAll(cell[1:len(cell)-1], `""`, `"`)
			line, more = strings.CutPrefix(line[end:], s.sep)
		} else {
			cell, line, more = strings.Cut(line, s.sep)
			if cell, ok = bare(strings.TrimSpace(cell)); !ok {
				return nil, false
			}
		}
		cells = append(cells, cell)
	}
	return cells, true
}

// closing is where the first cell ends whose marks are as RFC 4180 has them, but
// for blanks around; -1: they are not.
func (s *splitter) closing(line string) int {
	at := strings.IndexFunc(line, func(r rune) bool { return r != ' ' }) + 1
	if at == 0 || line[at-1] != '"' {
		return -1
	}
	for {
		mark := strings.IndexByte(line[at:], '"')
		if mark < 0 {
			return -1
		}
		at += mark + 1
		if strings.HasPrefix(line[at:], `"`) {
			at++
			continue
		}
		rest := strings.TrimLeft(line[at:], " ")
		if rest != "" && !strings.HasPrefix(rest, s.sep) {
			return -1
		}
		return len(line) - len(rest)
	}
}

// bare is a cell between two separators. Marks within it are its text. Marks around
// it are not when it holds others that stand for themselves: "Robert "Bob" Smith".
func bare(cell string) (text string, ok bool) {
	marks := strings.Count(cell, `"`)
	inner, opened := strings.CutPrefix(cell, `"`)
	inner, closed := strings.CutSuffix(inner, `"`)
	switch {
	case !opened:
		return cell, true
	case !closed || marks < 2:
		return cell, marks%2 == 0
	case marks%2 == 1 || opens(inner):
		return inner, true
	}
	return cell, true
}

// opens reports whether the first mark begins a word.
func opens(text string) bool {
	at := strings.IndexByte(text, '"')
	return at == 0 || at > 0 && text[at-1] == ' '
}

// newRow makes a row without the empty cells at its end, which a spreadsheet
// writes by the thousand.
func newRow(line int, cells []string) Row {
	last := 0
	for i, cell := range cells {
		if cells[i] = clean(cell); cells[i] != "" {
			last = i + 1
		}
		if len(cell) > maxCell {
			return Row{Line: line, Fault: FaultSize}
		}
	}
	if last > maxColumns {
		return Row{Line: line, Fault: FaultSize}
	}
	return Row{Line: line, Cells: cells[:last:last]}
}

// clean is a cell without what nobody sees at its ends, and without the ="…" that
// keeps a spreadsheet from taking a code for a number.
func clean(cell string) string {
	cell = strings.TrimFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if text, found := strings.CutPrefix(cell, `="`); found {
		if text, found = strings.CutSuffix(text, `"`); found && !strings.Contains(text, `"`) {
			return strings.TrimSpace(text)
		}
	}
	return cell
}
