package names

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
	"rentbell/core/table"
)

// Import is what a file of names holds.
type Import struct {
	Names   map[core.NameKey]string // cleaned
	Skipped []Skipped               // by line
}

// Skipped is a row that names nothing and should.
type Skipped struct {
	Line  int // from 1
	Fault Fault
}

// Fault says why a row was skipped, for scripts; package ui has the words for
// people.
type Fault string

// Why a row of a file of names is skipped.
const (
	FaultNoID     Fault = "no id"
	FaultLongID   Fault = "the id is too long"
	FaultChanged  Fault = "a spreadsheet has changed the id" // to 4.4E+18, 20931.0 or 20,931
	FaultNoName   Fault = "no name"                          // empty, or nothing that can be seen
	FaultLongName Fault = "the name is too long"
	FaultNotText  Fault = "letters that cannot be read" // or an id with control characters
	FaultKind     Fault = "no kind that has names"
	FaultTwice    Fault = "an earlier line has the same id"
	FaultWide     Fault = "more cells than there are titles"
	FaultQuote          = Fault(table.FaultQuote)
	FaultSize           = Fault(table.FaultSize)
)

// Read reads a file of names whose titles say which columns to take. Rows without
// a kind of their own are of the given one. The error is one of Open or of
// File.Columns.
func Read(r io.Reader, kind core.NameKind) (Import, error) {
	f, err := Open(r)
	if err != nil {
		return Import{}, err
	}
	c, err := f.Columns(kind)
	if err != nil {
		return Import{}, err
	}
	return f.Names(c, kind), nil
}

// Names takes the names out of the columns. Sums, lines above a group, titles that
// come again and rows with neither id nor name are passed over.
func (f File) Names(c Columns, kind core.NameKind) Import {
	found := Import{Names: map[core.NameKey]string{}}
	found.Skipped = f.Take(func(row table.Row) Fault { return found.add(row, c, kind) })
	return found
}

// Take calls take with every row but those whose fault is known already and titles that
// come again. It returns what was skipped, with the reasons that take gave.
func (f File) Take(take func(table.Row) Fault) (skipped []Skipped) {
	for _, row := range f.Rows {
		fault := Fault(row.Fault)
		switch {
		case fault != "", f.Titled && slices.Equal(row.Cells, f.Titles):
		case f.Titled && len(row.Cells) > len(f.Titles):
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

// add takes a row, or says why not.
func (f *Import) add(row table.Row, c Columns, kind core.NameKind) (fault Fault) {
	named := c.row(row)
	if named.id == "" && named.name == "" || row.Caption() && (named.id == "" || named.name == "") {
		return ""
	}
	key, fault := named.key(kind)
	switch { // a sum that has a figure in the other column
	case fault != "" || !row.Caption():
	case isCaption(named.id):
		fault = FaultNoID
	case isCaption(named.name):
		fault = FaultNoName
	}
	if _, twice := f.Names[key]; fault == "" && twice {
		fault = FaultTwice
	}
	if fault == "" {
		f.Names[key] = core.CleanName(Meant(core.CleanName(named.name))) // an export marks what is clean
	}
	return fault
}

func isCaption(cell string) bool { return table.Row{Cells: []string{cell}}.Caption() }

// nameRow is one row as it is written.
type nameRow struct{ id, name, kind string }

func (c Columns) row(row table.Row) nameRow {
	r := nameRow{id: Meant(row.Cell(c.ID)), kind: strings.ToLower(row.Cell(c.kind))}
	for _, columns := range c.Name {
		var parts []string
		for _, column := range columns {
			if cell := Meant(row.Cell(column)); cell != "" {
				parts = append(parts, cell)
			}
		}
		if r.name = strings.Join(parts, " "); r.name != "" {
			break
		}
	}
	return r
}

// Meant is a cell as it was before an export made it harmless.
func Meant(cell string) string { return strings.TrimSpace(core.Meant(cell)) }

// unseen reports what no id has and no export keeps.
func unseen(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == utf8.RuneError
}

// changed is a number as a spreadsheet shows it, and AppFolio never does.
var changed = regexp.MustCompile(`^[0-9]+([.,][0-9]+)?[eE]\+[0-9]+$|^[0-9]+[.,]0+$|^[0-9]{1,3}([.,][0-9]{3})+$`)

// FaultOfID says what is wrong with an id as a table has it; empty: nothing.
func FaultOfID(id string) Fault {
	switch {
	case !utf8.ValidString(id), strings.ContainsFunc(id, unseen):
		return FaultNotText
	case id == "":
		return FaultNoID
	case len(id) > core.MaxNameID:
		return FaultLongID
	case changed.MatchString(id):
		return FaultChanged
	}
	return ""
}

// key is what a row names; fault says what is wrong with it.
func (r nameRow) key(kind core.NameKind) (key core.NameKey, fault Fault) {
	if r.kind != "" {
		kind = core.NameKind(r.kind)
	}
	if fault := FaultOfID(r.id); fault != "" {
		return key, fault
	}
	switch {
	case !utf8.ValidString(r.name):
		return key, FaultNotText
	case utf8.RuneCountInString(r.name) > core.MaxName:
		return key, FaultLongName
	case core.CleanName(r.name) == "":
		return key, FaultNoName
	case !slices.Contains(core.NameKinds(), kind):
		return key, FaultKind
	}
	return core.NameKey{Kind: kind, ID: strings.Clone(r.id)}, "" // the row's memory is the whole file's
}
