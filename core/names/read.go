package names

import (
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
	Skipped []table.Skipped         // by line
}

// Why a row of a file of names is skipped.
const (
	FaultNoID     table.Fault = "no id"
	FaultLongID   table.Fault = "the id is too long"
	FaultChanged  table.Fault = "a spreadsheet has changed the id" // to 4.4E+18, 20931.0 or 20,931
	FaultNoName   table.Fault = "no name"                          // empty, or nothing that can be seen
	FaultLongName table.Fault = "the name is too long"
	FaultNotText  table.Fault = "letters that cannot be read" // or an id with control characters
	FaultKind     table.Fault = "no kind that has names"
	FaultTwice    table.Fault = "an earlier line has the same id"
)

// Read takes the names out of the columns. Rows without a kind of their own are of the
// given one. Sums, lines above a group, titles that come again and rows with neither id
// nor name are passed over.
func Read(s table.Sheet, c Columns, kind core.NameKind) Import {
	found := Import{Names: map[core.NameKey]string{}}
	found.Skipped = s.Take(func(row table.Row) table.Fault { return found.add(row, c, kind) })
	return found
}

// add takes a row, or says why not.
func (f *Import) add(row table.Row, c Columns, kind core.NameKind) (fault table.Fault) {
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
func FaultOfID(id string) table.Fault {
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
func (r nameRow) key(kind core.NameKind) (key core.NameKey, fault table.Fault) {
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
