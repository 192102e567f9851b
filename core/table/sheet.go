package table

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"rentbell/core"
)

// Sheet is a table with its titles.
type Sheet struct {
	Encoding  Encoding
	Separator rune
	Titled    bool     // a line of it holds titles
	TitledAt  int      // which one, from 1; 0: none
	Titles    []string // of its columns; their numbers from 1 where they have none
	Rows      []Row    // below the titles

	all []Row // with those above
}

// deepestTitles is the row by which titles are looked for that a person names.
const deepestTitles = 15

// Open reads a table. Its titles are those of the row that has all the given ones,
// or else of the one that is likely to hold them. Errors are those of Read.
func Open(r io.Reader, titles ...string) (Sheet, error) {
	t, err := Read(r)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Encoding: t.Encoding, Separator: t.Separator, Rows: t.Rows, all: t.Rows}
	if len(titles) > 0 {
		named, found := s.Retitled(func(cells []string) bool {
			return !slices.ContainsFunc(titles, func(title string) bool { return columnOf(cells, title) < 0 })
		})
		if found {
			return named, nil
		}
	}
	head := t.Head()
	if head < 0 && len(t.Rows) > 0 && t.Rows[0].Fault == "" && !slices.ContainsFunc(t.Rows[0].Cells, hasDigit) {
		head = 0 // an id would have digits; a person is asked in any case
	}
	return s.under(head), nil
}

// Retitled is the table with the first row, of those that may hold the titles, that are
// the right ones; false: none is.
func (s Sheet) Retitled(right func(titles []string) bool) (Sheet, bool) {
	for i, row := range s.all[:min(len(s.all), deepestTitles)] {
		if right(row.Cells) {
			return s.under(i), true
		}
	}
	return s, false
}

// Above are the rows above the titles, in which reports say what they are.
func (s Sheet) Above() []Row {
	if !s.Titled {
		return nil
	}
	return s.all[:len(s.all)-len(s.Rows)-1]
}

// under is the table with the titles of a row; -1: there are none.
func (s Sheet) under(head int) Sheet {
	if s.Titled = head >= 0; s.Titled {
		s.TitledAt = s.all[head].Line
		s.Titles, s.Rows = slices.Clone(s.all[head].Cells), s.all[head+1:]
	}
	s.numberTitles()
	return s
}

// OpenFile is Open for the file at a path. core.ErrNoTable, with core.ErrNotFile, when
// something else has that path: it might never end.
func OpenFile(path string, titles ...string) (Sheet, error) {
	file, err := ReadFile(path)
	if err != nil {
		return Sheet{}, err
	}
	return Open(bytes.NewReader(file), titles...)
}

// ReadFile returns what the file at a path holds, for Open. Errors are those of OpenFile.
func ReadFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look at a table: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("open %s: %w: %w", path, core.ErrNoTable, core.ErrNotFile)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open a table: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	return readAll(file)
}

// numberTitles gives each column without a title its number.
func (s *Sheet) numberTitles() {
	if !s.Titled {
		for _, row := range s.Rows {
			s.Titles = append(s.Titles, make([]string, max(0, len(row.Cells)-len(s.Titles)))...)
		}
	}
	for i, title := range s.Titles {
		if title == "" {
			s.Titles[i] = strconv.Itoa(i + 1)
		}
	}
}

// Column returns the column with a title, as it is written or else by its words;
// -1: none has it, or several.
func (s Sheet) Column(title string) int { return columnOf(s.Titles, title) }

func columnOf(cells []string, title string) int {
	for _, same := range []func(string) bool{
		func(cell string) bool { return cell == strings.TrimSpace(title) },
		func(cell string) bool { return Title(cell) != "" && Title(cell) == Title(title) },
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

// Title is the title of a column, or its number from 1 where it has none.
func (s Sheet) Title(column int) string {
	if column < 0 || column >= len(s.Titles) {
		return strconv.Itoa(column + 1)
	}
	return s.Titles[column]
}

// HeadLine are the titles as they stand in the file, for people to copy.
func (s Sheet) HeadLine() string { return strings.Join(s.Titles, string(s.Separator)) }

// Called are the columns with a title, as Title has it.
func (s Sheet) Called(title string) (columns []int) {
	for i, t := range s.Titles {
		if Title(t) == title {
			columns = append(columns, i)
		}
	}
	return columns
}

// Skipped is a row that should tell something and does not.
type Skipped struct {
	Line  int // from 1
	Fault Fault
}

// Take calls take with every row but those whose fault is known already and titles that
// come again. It returns what was skipped, with the reasons that take gave.
func (s Sheet) Take(take func(Row) Fault) (skipped []Skipped) {
	for _, row := range s.Rows {
		fault := row.Fault
		switch {
		case fault != "", s.Titled && slices.Equal(row.Cells, s.Titles):
		case s.Titled && len(row.Cells) > len(s.Titles):
			fault = FaultWide
		default:
			fault = take(row)
		}
		if fault != "" {
			skipped = append(skipped, Skipped{row.Line, fault})
		}
	}
	return skipped
}
