package core

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
)

// A file of names is a table with the columns id and name, and maybe kind:
// whatever a spreadsheet saves as CSV.

const (
	maxNamesFile = 5 << 20 // bytes
	maxNamesRows = 100_000
)

// NameImport is what a file of names holds.
type NameImport struct {
	Names   map[NameKey]string // cleaned
	Skipped []SkippedName      // by line
}

// SkippedName is a row that names nothing.
type SkippedName struct {
	Line  int // from 1
	Fault NameFault
}

// NameFault says why a row was skipped; package ui has the words.
type NameFault string

// Why a row of a file of names is skipped.
const (
	FaultNoID     NameFault = "no-id"
	FaultLongID   NameFault = "long-id"
	FaultNoName   NameFault = "no-name" // empty, or nothing that can be seen
	FaultLongName NameFault = "long-name"
	FaultNotText  NameFault = "not-text" // not in UTF-8, or an id with control characters
	FaultKind     NameFault = "kind"     // of no kind that has names
	FaultTwice    NameFault = "twice"    // an earlier row names the same thing
)

// ReadNames reads a file of names. Rows without a kind of their own are of the
// given one. The first row may name the columns. The error is ErrNamesTooLarge,
// or r's own.
func ReadNames(r io.Reader, kind NameKind) (NameImport, error) {
	file, err := io.ReadAll(io.LimitReader(r, maxNamesFile+1))
	if err != nil {
		return NameImport{}, fmt.Errorf("read names: %w", err)
	}
	if len(file) > maxNamesFile {
		return NameImport{}, ErrNamesTooLarge
	}
	file = bytes.TrimPrefix(file, []byte(ByteOrderMark))
	rows := csv.NewReader(bytes.NewReader(file))
	rows.Comma, rows.FieldsPerRecord, rows.LazyQuotes, rows.ReuseRecord = separator(file), -1, true, true
	found := NameImport{Names: map[NameKey]string{}}
	columns := nameColumns{id: 0, name: 1, kind: 2}
	for n := 0; ; n++ {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return NameImport{}, fmt.Errorf("read names: %w", err)
		}
		if n > maxNamesRows {
			return NameImport{}, ErrNamesTooLarge
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
		return slices.IndexFunc(cells, func(cell string) bool { return is(strings.ToLower(CleanName(cell))) })
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
	return nameRow{disarmed(cell(c.id)), disarmed(cell(c.name)), strings.ToLower(cell(c.kind))}
}

// disarmed takes off the apostrophe that an export puts before what a
// spreadsheet would run; text that is kept needs none.
func disarmed(cell string) string {
	if bare, marked := strings.CutPrefix(cell, "'"); marked && StartsFormula(bare) {
		return strings.TrimSpace(bare)
	}
	return cell
}

// add takes a row, or notes why not.
func (f *NameImport) add(line int, row nameRow, kind NameKind) {
	if row == (nameRow{}) {
		return // separators alone, as below the last row of a sheet
	}
	key, fault := row.key(kind)
	if _, twice := f.Names[key]; fault == "" && twice {
		fault = FaultTwice
	}
	if fault != "" {
		f.Skipped = append(f.Skipped, SkippedName{line, fault})
		return
	}
	f.Names[key] = CleanName(row.name)
}

// key is what a row names; fault says what is wrong with it.
func (r nameRow) key(kind NameKind) (key NameKey, fault NameFault) {
	if r.kind != "" {
		kind = NameKind(r.kind)
	}
	switch {
	case !utf8.ValidString(r.id), !utf8.ValidString(r.name), strings.IndexFunc(r.id, unicode.IsControl) >= 0:
		return key, FaultNotText
	case r.id == "":
		return key, FaultNoID
	case len(r.id) > maxNameID:
		return key, FaultLongID
	case utf8.RuneCountInString(r.name) > MaxName:
		return key, FaultLongName
	case CleanName(r.name) == "":
		return key, FaultNoName
	case !slices.Contains(NameKinds(), kind):
		return key, FaultKind
	}
	return NameKey{kind, strings.Clone(r.id)}, "" // the row's memory is the whole line's
}

// WriteNames writes the names that the user gave as a file that ReadNames reads:
// UTF-8 with a mark, sorted by kind and id.
func WriteNames(w io.Writer, n *NameTable) error {
	var keys []NameKey
	for key, name := range n.All() {
		if name.Given != "" {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b NameKey) int {
		order := slices.Index(NameKinds(), a.Kind) - slices.Index(NameKinds(), b.Kind)
		if order != 0 {
			return order
		}
		return strings.Compare(a.ID, b.ID)
	})
	rows := [][]string{{ByteOrderMark + "id", "name", "kind"}}
	for _, key := range keys {
		rows = append(rows, []string{Inert(key.ID), Inert(n.Of(key).Given), string(key.Kind)})
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write names: %w", err)
	}
	return nil
}
