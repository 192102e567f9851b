package names

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
)

// A file of names is a table with the columns id and name, and maybe kind:
// whatever a spreadsheet saves as CSV.

const (
	maxNamesFile = 5 << 20 // bytes
	maxNamesRows = 100_000
)

// Import is what a file of names holds.
type Import struct {
	Names   map[core.NameKey]string // cleaned
	Skipped []Skipped               // by line
}

// Skipped is a row that names nothing.
type Skipped struct {
	Line  int // from 1
	Fault Fault
}

// Fault says why a row was skipped; package ui has the words.
type Fault string

// Why a row of a file of names is skipped.
const (
	FaultNoID     Fault = "no-id"
	FaultLongID   Fault = "long-id"
	FaultNoName   Fault = "no-name" // empty, or nothing that can be seen
	FaultLongName Fault = "long-name"
	FaultNotText  Fault = "not-text" // not in UTF-8, or an id with control characters
	FaultKind     Fault = "kind"     // of no kind that has names
	FaultTwice    Fault = "twice"    // an earlier row names the same thing
)

// Read reads a file of names. Rows without a kind of their own are of the
// given one. The first row may name the columns. The error is ErrNamesTooLarge,
// or r's own.
func Read(r io.Reader, kind core.NameKind) (Import, error) {
	file, err := io.ReadAll(io.LimitReader(r, maxNamesFile+1))
	if err != nil {
		return Import{}, fmt.Errorf("read names: %w", err)
	}
	if len(file) > maxNamesFile {
		return Import{}, core.ErrNamesTooLarge
	}
	file = bytes.TrimPrefix(file, []byte(core.ByteOrderMark))
	rows := csv.NewReader(bytes.NewReader(file))
	rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes, rows.ReuseRecord = separator(file), -1, true, true
	found := Import{Names: map[core.NameKey]string{}}
	columns := nameColumns{id: 0, name: 1, kind: 2}
	for n := 0; ; n++ {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return Import{}, fmt.Errorf("read names: %w", err)
		}
		if n > maxNamesRows {
			return Import{}, core.ErrNamesTooLarge
		}
		if head, ok := headOf(cells); n == 0 && ok {
			columns = head
			continue
		}
		line, _ := rows.FieldPos(0)
		found.add(line, columns.row(cells), kind)
	}
}

// separator is what stands between the cells of the first line: a comma, a
// semicolon where the comma is for decimals, or a tab.
func separator(file []byte) rune {
	line, _, _ := bytes.Cut(file, []byte("\n"))
	best, most := ',', 0
	for _, r := range ",;\t" {
		if n := bytes.Count(line, []byte(string(r))); n > most {
			best, most = r, n
		}
	}
	return best
}

// nameColumns says where the cells of a row are; -1: nowhere.
type nameColumns struct{ id, name, kind int }

// headOf reads the names of columns; ok is false for a row that holds none.
func headOf(cells []string) (c nameColumns, ok bool) {
	at := func(is func(string) bool) int {
		return slices.IndexFunc(cells, func(cell string) bool { return is(strings.ToLower(core.CleanName(cell))) })
	}
	c = nameColumns{
		id: at(func(s string) bool {
			return s == "id" || strings.HasSuffix(s, "_id") || strings.HasSuffix(s, " id")
		}),
		name: at(func(s string) bool { return s == "name" }),
		kind: at(func(s string) bool { return s == "kind" }),
	}
	return c, c.id >= 0 && c.name >= 0
}

// nameRow is one row as it is written.
type nameRow struct{ id, name, kind string }

func (c nameColumns) row(cells []string) nameRow {
	cell := func(i int) string {
		if i < 0 || i >= len(cells) {
			return ""
		}
		return strings.TrimSpace(cells[i])
	}
	return nameRow{core.Meant(cell(c.id)), core.Meant(cell(c.name)), strings.ToLower(cell(c.kind))}
}

// add takes a row, or notes why not.
func (f *Import) add(line int, row nameRow, kind core.NameKind) {
	if row == (nameRow{}) {
		return // separators alone, as below the last row of a sheet
	}
	key, fault := row.key(kind)
	if _, twice := f.Names[key]; fault == "" && twice {
		fault = FaultTwice
	}
	if fault != "" {
		f.Skipped = append(f.Skipped, Skipped{line, fault})
		return
	}
	f.Names[key] = core.CleanName(row.name)
}

// key is what a row names; fault says what is wrong with it.
func (r nameRow) key(kind core.NameKind) (key core.NameKey, fault Fault) {
	if r.kind != "" {
		kind = core.NameKind(r.kind)
	}
	switch {
	case !utf8.ValidString(r.id), !utf8.ValidString(r.name), strings.IndexFunc(r.id, unicode.IsControl) >= 0:
		return key, FaultNotText
	case r.id == "":
		return key, FaultNoID
	case len(r.id) > core.MaxNameID:
		return key, FaultLongID
	case utf8.RuneCountInString(r.name) > core.MaxName:
		return key, FaultLongName
	case core.CleanName(r.name) == "":
		return key, FaultNoName
	case !slices.Contains(core.NameKinds(), kind):
		return key, FaultKind
	}
	return core.NameKey{Kind: kind, ID: strings.Clone(r.id)}, "" // the row's memory is the whole line's
}

// Write writes the names that the user gave as a file that ReadNames reads:
// UTF-8 with a mark, sorted by kind and id.
func Write(w io.Writer, n *Table) error {
	var keys []core.NameKey
	for key, name := range n.All() {
		if name.Given != "" {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b core.NameKey) int {
		order := slices.Index(core.NameKinds(), a.Kind) - slices.Index(core.NameKinds(), b.Kind)
		if order != 0 {
			return order
		}
		return strings.Compare(a.ID, b.ID)
	})
	rows := []byte(core.ByteOrderMark + "id,name,kind\n")
	for _, key := range keys {
		rows = append(core.AppendCell(rows, key.ID), ',')
		rows = append(core.AppendCell(rows, n.Of(key).Given), ',')
		rows = append(core.AppendCell(rows, string(key.Kind)), '\n')
	}
	if _, err := w.Write(rows); err != nil {
		return fmt.Errorf("write names: %w", err)
	}
	return nil
}
