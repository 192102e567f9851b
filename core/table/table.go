// Package table reads tables as people save, copy and send them: whatever a
// spreadsheet calls CSV or text, and Excel workbooks. It finds the encoding, the separator and the row
// with the titles from the content. It promises that no flaw of one row costs
// another: a row that cannot be read stands in the table with the reason. It must
// never guess what a column holds; who asks for the table knows that, or asks.
package table

import (
	"fmt"
	"io"
	"strings"

	"rentbell/core"
)

const (
	maxSize    = 5 << 20 // bytes of a file
	maxRows    = 100_000 // below the titles
	maxColumns = 256
	maxCell    = 32_767 // bytes; Excel's own limit, in characters
	maxRecord  = 1 << 20
)

// Table is what a file holds.
type Table struct {
	Encoding  Encoding
	Separator rune  // between the cells; a comma where each row has one cell; a tab in a workbook
	Rows      []Row // in the file's order, without blank ones
}

// Row is one row. It may take several lines of the file.
type Row struct {
	Line  int      // its first, from 1
	Cells []string // without white space around them
	Fault Fault    // not empty: the row cannot be told with certainty, and has no cells
}

// Fault says why a row was skipped, for scripts; package ui has the words for people.
// Who reads a kind of tables has more of them.
type Fault string

// The faults of a row, whatever the table holds.
const (
	FaultQuote Fault = "a quotation mark that does not close"
	FaultSize  Fault = "too many columns, or too much text in one"
	FaultWide  Fault = "more cells than there are titles"
)

// Read reads a table. The error is core.ErrTableTooLarge, core.ErrPDF, core.ErrWorkbook, or
// r's own.
func Read(r io.Reader) (Table, error) {
	file, err := readAll(r)
	if err != nil {
		return Table{}, err
	}
	if book, err := isWorkbook(file); err != nil {
		return Table{}, fmt.Errorf("read a table: %w", err)
	} else if book {
		return readWorkbook(file)
	}
	text, encoding := decoded(file)
	lines := lines{text: text, n: 1}
	t := Table{Encoding: encoding}
	if t.Separator = lines.said(); t.Separator == 0 {
		t.Separator = separatorOf(lines)
	}
	for split := newSplitter(t.Separator); lines.left(); {
		row := split.row(&lines)
		if row.blank() {
			continue
		}
		if len(t.Rows) > maxRows { // one of them holds the titles
			return Table{}, core.ErrTableTooLarge
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func readAll(r io.Reader) ([]byte, error) {
	file, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read a table: %w", err)
	}
	if len(file) > maxSize {
		return nil, core.ErrTableTooLarge
	}
	return file, nil
}

func (r Row) blank() bool { return r.Fault == "" && r.filled() == 0 }

// filled counts the cells with text.
func (r Row) filled() (n int) {
	for _, cell := range r.Cells {
		if cell != "" {
			n++
		}
	}
	return n
}

// Cell returns a cell, empty beyond the last and for a column below 0.
func (r Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// Caption reports a row that reports put between the others and that is none of
// its own: the line above a group ("-> Alder Court") and the sum below one.
func (r Row) Caption() bool {
	for _, cell := range r.Cells {
		if cell == "" {
			continue
		}
		if strings.HasPrefix(cell, "->") {
			return true
		}
		first := Title(cell)
		return captions[first] || strings.HasPrefix(first, "total for ")
	}
	return false
}

var captions = map[string]bool{"total": true, "totals": true, "grand total": true, "subtotal": true, "sub total": true}
