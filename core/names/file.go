package names

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"rentbell/core"
	"rentbell/core/table"
)

// File is a table that holds names.
type File struct {
	Encoding  table.Encoding
	Separator rune
	Titled    bool        // its first line holds titles
	Titles    []string    // of its columns; their numbers from 1 where they have none
	Rows      []table.Row // below the titles
}

// deepestTitles is the row by which titles are looked for that a person names.
const deepestTitles = 15

// Open reads a table. Its titles are those of the row that has all the given ones,
// or else of the one that is likely to hold them. The error is
// core.ErrNamesTooLarge, or r's own.
func Open(r io.Reader, titles ...string) (File, error) {
	t, err := table.Read(r)
	if errors.Is(err, table.ErrTooLarge) {
		return File{}, core.ErrNamesTooLarge
	} else if err != nil {
		return File{}, fmt.Errorf("read names: %w", err)
	}
	f := File{Encoding: t.Encoding, Separator: t.Separator, Rows: t.Rows}
	head := t.Head()
	for i, row := range t.Rows[:min(len(t.Rows), deepestTitles)] {
		if len(titles) > 0 && !slices.ContainsFunc(titles, func(title string) bool { return columnOf(row.Cells, title) < 0 }) {
			head = i
			break
		}
	}
	if head < 0 && len(t.Rows) > 0 && t.Rows[0].Fault == "" && !slices.ContainsFunc(t.Rows[0].Cells, hasDigit) {
		head = 0 // an id would have digits; a person is asked in any case
	}
	if head >= 0 {
		f.Titled, f.Titles, f.Rows = true, slices.Clone(t.Rows[head].Cells), t.Rows[head+1:]
	}
	f.numberTitles()
	return f, nil
}

// OpenFile is Open for the file at a path. core.ErrNotFile when something else has
// that path: it might never end.
func OpenFile(path string, titles ...string) (File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return File{}, fmt.Errorf("look at a file of names: %w", err)
	}
	if !info.Mode().IsRegular() {
		return File{}, fmt.Errorf("open %s: %w", path, core.ErrNotFile)
	}
	file, err := os.Open(path)
	if err != nil {
		return File{}, fmt.Errorf("open a file of names: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	return Open(file, titles...)
}

// numberTitles gives each column without a title its number.
func (f *File) numberTitles() {
	if !f.Titled {
		for _, row := range f.Rows {
			f.Titles = append(f.Titles, make([]string, max(0, len(row.Cells)-len(f.Titles)))...)
		}
	}
	for i, title := range f.Titles {
		if title == "" {
			f.Titles[i] = strconv.Itoa(i + 1)
		}
	}
}

// Column returns the column with a title, as it is written or else by its words;
// -1: none has it, or several.
func (f File) Column(title string) int { return columnOf(f.Titles, title) }

func columnOf(cells []string, title string) int {
	for _, same := range []func(string) bool{
		func(cell string) bool { return cell == strings.TrimSpace(title) },
		func(cell string) bool { return table.Title(cell) != "" && table.Title(cell) == table.Title(title) },
	} {
		if at := slices.IndexFunc(cells, same); at >= 0 {
			if slices.ContainsFunc(cells[at+1:], same) {
				return -1
			}
			return at
		}
	}
	return -1
}

func hasDigit(cell string) bool { return strings.ContainsFunc(cell, unicode.IsDigit) }

func hasLetter(cell string) bool { return strings.ContainsFunc(cell, unicode.IsLetter) }

// Said are the titles of the columns with ids and names; of two joined ones with a
// plus between them.
func (f File) Said(c Columns) (id, name string) {
	var parts []string
	for _, column := range c.Name[0] {
		parts = append(parts, f.Title(column))
	}
	return f.Title(c.ID), strings.Join(parts, "+")
}

// Title is the title of a column, or its number from 1 where it has none.
func (f File) Title(column int) string {
	if column < 0 || column >= len(f.Titles) {
		return strconv.Itoa(column + 1)
	}
	return f.Titles[column]
}

// HeadLine are the titles as they stand in the file, for people to copy.
func (f File) HeadLine() string { return strings.Join(f.Titles, string(f.Separator)) }
