package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"rentbell/core"
	"rentbell/core/table"
)

// Columns says which columns of a table hold what, from 0.
type Columns struct {
	ID   int
	Name [][]int // what a row is called: the first of these that it has, of one column or of two joined
	kind int     // -1: none says it
}

// sheet is a table that may hold names.
type sheet struct{ table.Sheet }

// Said are the titles of the columns with ids and names; of two joined ones with a
// plus between them.
func Said(f table.Sheet, c Columns) (id, name string) {
	var parts []string
	for _, column := range c.Name[0] {
		parts = append(parts, f.Title(column))
	}
	return f.Title(c.ID), strings.Join(parts, "+")
}

// Settle finds out by the titles which column is the id of that kind of thing and which
// its name, but for those that a person picked; -1 and none were not. The error is
// core.ErrNoIDColumn or core.ErrColumns where that is not certain: then a person has to
// say, and those are -1 and none that are not certain.
func Settle(of table.Sheet, kind core.NameKind, id int, name []int) (c Columns, err error) {
	f := sheet{of}
	c = Columns{ID: id, Name: [][]int{name}, kind: -1}
	if !f.Titled && id >= 0 && len(name) > 0 {
		return c, nil
	}
	if !f.Titled {
		return f.untitled(kind)
	}
	var unnamed error
	if id < 0 {
		c.ID, err = IDColumn(of, kind)
	}
	if kinds := f.Called("kind"); len(kinds) == 1 && (slices.Contains(f.Called("id"), c.ID) || f.hasKinds(kinds[0])) {
		c.kind = kinds[0]
	}
	if len(name) == 0 {
		c.Name, unnamed = f.nameColumns(kind)
	}
	return c, cmp.Or(err, unnamed)
}

// hasKinds reports whether a column tells one of our kinds anywhere: that of another
// program's list has words of its own.
func (f sheet) hasKinds(column int) bool {
	return slices.ContainsFunc(f.Rows, func(row table.Row) bool {
		return slices.Contains(core.NameKinds(), core.NameKind(strings.ToLower(row.Cell(column))))
	})
}

// untitled are the columns of a table without titles: id, name and maybe kind. It
// is certain when each id has a digit and the names have letters.
func (f sheet) untitled(kind core.NameKind) (Columns, error) {
	named := false
	for _, row := range f.Rows {
		if !strings.ContainsFunc(row.Cell(0), unicode.IsDigit) && !row.Caption() && row.Fault == "" && row.Cell(1) != "" && row.Cell(0) != "" {
			return Columns{ID: -1}, core.ErrColumns
		}
		named = named || strings.ContainsFunc(row.Cell(1), unicode.IsLetter)
	}
	if len(f.Titles) > 3 || !named && kind != core.NameUnit && len(f.Titles) > 1 {
		return Columns{ID: -1}, core.ErrColumns
	}
	return Columns{ID: 0, Name: [][]int{{1}}, kind: 2}, nil
}

// IDColumn is the one with the ids of a kind: "Lease ID" before "ID" before the
// only one that ends in "ID", unless that says that it is of another kind. Errors are
// those of Columns, and then it is -1.
func IDColumn(of table.Sheet, kind core.NameKind) (int, error) {
	f := sheet{of}
	var others []int
	for i, t := range f.Titles {
		if strings.HasSuffix(table.Title(t), " id") {
			others = append(others, i)
		}
	}
	for _, found := range [][]int{
		append(f.Called(string(kind)+" id"), f.Called(string(kind)+"id")...), f.Called("id"), others,
	} {
		switch {
		case len(found) == 0:
			continue
		case len(found) > 1, f.finest(kind, found[0]) != kind:
			return -1, core.ErrColumns
		}
		return found[0], nil
	}
	return -1, core.ErrNoIDColumn
}

// subjects are the things that columns of ids are of, and their kinds; the finer
// come later, as a unit is one of a property. Some have no names.
var subjects = []struct {
	word string
	kind core.NameKind
}{
	{"property", core.NameProperty}, {"vendor", core.NameVendor}, {"unit", core.NameUnit}, {"lease", core.NameLease}, {"occupancy", core.NameLease},
	{"tenant", core.NameTenant}, {"resident", core.NameTenant}, {"work order", ""}, {"bill", ""}, {"owner", ""},
}

// finest is the kind whose ids a column holds by its title; kind where that says
// nothing.
func (f sheet) finest(kind core.NameKind, column int) core.NameKind {
	title := table.Title(f.Titles[column])
	of := kind
	for _, s := range subjects {
		if strings.Contains(title, s.word) {
			of = s.kind
		}
	}
	return of
}

// nameTitles are the titles of what each kind is called, the surest first. A plus
// joins two columns.
var nameTitles = map[core.NameKind][]string{
	core.NameLease:    {"name", "lease name", people, "full name", "tenant name", "tenant", "tenants", "resident name", "resident"},
	core.NameTenant:   {"name", people, "full name", "tenant name", "tenant", "resident name", "resident"},
	core.NameProperty: {"property name", "name", "property"},
	core.NameUnit:     {"unit name", "name", "unit", "unit number"},
	core.NameVendor:   {"vendor name", "name", "company name", "company", "vendor", people},
}

const people = "first name+last name"

// nameColumns are those with names of a kind. Beside two columns for people, who
// may have none, stands the next best, and the other way round.
func (f sheet) nameColumns(kind core.NameKind) ([][]int, error) {
	var found [][]int
	for _, title := range nameTitles[kind] {
		if title == "name" && !f.ownName(kind) {
			continue
		}
		var columns []int
		for part := range strings.SplitSeq(title, "+") {
			columns = append(columns, f.Called(part)...)
		}
		switch want := strings.Count(title, "+") + 1; {
		case len(columns) == want:
			found = append(found, columns)
		case len(columns) > want && len(found) == 0:
			return nil, core.ErrColumns
		}
	}
	switch {
	case len(found) == 0:
		return nil, core.ErrColumns
	case len(found) > 1 && len(found[0])+len(found[1]) == 3:
		return found[:2], nil
	}
	return found[:1], nil
}

// ownName reports whether "Name" can be that of a kind: in a list of tenants with
// the ids of their properties it is not the property's.
func (f sheet) ownName(kind core.NameKind) bool {
	if kind == core.NameLease || kind == core.NameTenant {
		return true
	}
	for i, t := range f.Titles {
		title := table.Title(t)
		if of := f.finest(kind, i); strings.HasSuffix(title, " id") && of != kind && of != core.NameProperty && of != core.NameVendor {
			return false
		}
	}
	return true
}
