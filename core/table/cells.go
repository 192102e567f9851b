package table

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

// style is how a workbook shows the numbers in a cell, as far as it is not the number.
type style struct {
	date   bool
	digits int // shown at least, with zeros in front
}

// readStyles reads the styles that cells name by their number.
func (w *workbook) readStyles() error {
	codes, inCells := map[string]string{}, false
	return w.each(w.relations["styles"], func(_ *xmlPart, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if len(codes) < maxStyles {
				codes[attribute(e, "numFmtId")] = attribute(e, "formatCode")
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells && len(w.styles) < maxStyles {
				w.styles = append(w.styles, styleOf(attribute(e, "numFmtId"), codes))
			}
		}
		return nil
	})
}

// styleOf reads a number format: one of the file's own, or one of those that are built in
// (ECMA-376, part 1, 18.8.30), of which only dates matter.
func styleOf(id string, codes map[string]string) style {
	if code, own := codes[id]; own {
		if code != "" && strings.Trim(code, "0") == "" {
			return style{digits: len(code)}
		}
		return style{date: showsDate(code)}
	}
	n, _ := strconv.Atoi(id) // no number is none of these
	return style{date: n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58}
}

// showsDate reports whether a format has a year or a day in it, besides texts in quotation
// marks, colours and conditions.
func showsDate(code string) bool {
	var bare strings.Builder
	quoted, bracketed, escaped := false, false, false
	for _, r := range code {
		switch {
		case escaped:
			escaped = false
		case quoted:
			quoted = r != '"'
		case bracketed:
			bracketed = r != ']'
		case r == '"':
			quoted = true
		case r == '[':
			bracketed = true
		case r == '\\', r == '_', r == '*':
			escaped = true
		default:
			bare.WriteRune(r)
		}
	}
	return strings.ContainsAny(strings.ToLower(bare.String()), "yd")
}

// readRows reads a sheet. A row has the number by which a workbook shows it.
func (w *workbook) readRows(part string) (rows []Row, err error) {
	s := sheetRows{book: w}
	err = w.each(part, func(p *xmlPart, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			return s.begin(e)
		case "c":
			return s.cell(p, e)
		}
		return nil
	})
	if err == nil {
		err = s.end()
	}
	return s.rows, err
}

// sheetRows gathers the rows of a sheet.
type sheetRows struct {
	book  *workbook
	rows  []Row
	line  int // of the row that is read; 0: none is
	cells []string
	wide  bool // it has a value beyond the last column that is read
}

// lastLine is the last row of a sheet of Excel's.
const lastLine = 1 << 20

// begin begins a row and ends the one before. Rows are in order; one that is not counts
// behind the one before.
func (s *sheetRows) begin(e xml.StartElement) error {
	if err := s.end(); err != nil {
		return err
	}
	n, err := strconv.Atoi(attribute(e, "r"))
	if err != nil || n <= s.line || n > lastLine {
		n = s.line + 1
	}
	s.line = n
	return nil
}

func (s *sheetRows) end() error {
	row := newRow(s.line, s.cells)
	if s.wide {
		row = Row{Line: s.line, Fault: FaultSize}
	}
	s.cells, s.wide = nil, false
	if row.blank() {
		return nil
	}
	if len(s.rows) > maxRows { // one of them holds the titles
		return core.ErrTableTooLarge
	}
	s.rows = append(s.rows, row)
	return nil
}

func (s *sheetRows) cell(p *xmlPart, e xml.StartElement) error {
	column := columnNamed(attribute(e, "r"))
	if column < 0 {
		column = len(s.cells) // it stands behind the one before
	}
	text, err := p.text(e, "v", "t")
	if err != nil {
		return err
	}
	text = s.book.shown(text, attribute(e, "t"), attribute(e, "s"))
	switch {
	case text == "" || s.line == 0:
	case column >= maxColumns:
		s.wide = true
	default:
		for len(s.cells) <= column {
			s.cells = append(s.cells, "")
		}
		s.cells[column] = text
	}
	return nil
}

// columnNamed is the column of a cell like "AB12", from 0; -1: that is no cell.
func columnNamed(cell string) int {
	column := 0
	for i, r := range cell {
		if r < 'A' || r > 'Z' {
			if i == 0 || r < '1' || r > '9' {
				return -1
			}
			return column - 1
		}
		column = min(column*26+int(r-'A')+1, math.MaxInt16)
	}
	return -1
}

// shown is the value of a cell as people see it, but with all of an amount's cents, and
// with a date in full.
func (w *workbook) shown(value, kind, styled string) string {
	switch kind {
	case "s":
		if n, err := strconv.Atoi(value); err == nil && n >= 0 && n < len(w.texts) {
			return w.texts[n]
		}
		return ""
	case "b":
		return map[string]string{"0": "FALSE", "1": "TRUE"}[value]
	case "", "n":
	default: // text, the text of a formula, an error, or a date as text
		return value
	}
	number, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	var s style
	if n, err := strconv.Atoi(styled); err == nil && n >= 0 && n < len(w.styles) {
		s = w.styles[n]
	}
	if s.date {
		if date := dateOf(number, w.date1904); date != "" {
			return date
		}
	}
	text := strconv.FormatFloat(number, 'g', 15, 64) // Excel knows no more digits either
	if s.digits > len(text) && strings.Trim(text, "0123456789") == "" {
		text = strings.Repeat("0", s.digits-len(text)) + text
	}
	return text
}

// dateOf is the date that a number of days stands for, with the time of day where it has
// one; empty: none.
func dateOf(days float64, from1904 bool) string {
	const last = 2958466 // January 1, 10000
	if !(days >= 1 && days < last) {
		return ""
	}
	first := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from1904:
		first = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	case days < 60: // Excel has a February 29, 1900
		first = first.AddDate(0, 0, 1)
	}
	whole := math.Floor(days)
	at := first.AddDate(0, 0, int(whole)).Add(time.Duration(math.Round((days-whole)*24*60)) * time.Minute)
	if at.Hour() == 0 && at.Minute() == 0 {
		return at.Format(time.DateOnly)
	}
	return at.Format("2006-01-02 15:04")
}
