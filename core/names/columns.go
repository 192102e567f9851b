package names

import (
	"cmp"
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/core/table"
)

// Columns says which columns of a File hold what, from 0.
type Columns struct {
	ID   int
	Name [][]int // what a row is called: the first of these that it has, of one column or of two joined
	kind int     // -1: none says it
}

// Columns finds out by the titles which column is the id of that kind of thing and
// which its name. The error is core.ErrNoIDColumn or core.ErrColumns where that is
// not certain: then a person has to say.
func (f File) Columns(kind core.NameKind) (Columns, error) { return f.Settle(kind, -1, nil) }

// Settle is Columns with those that a person picked; -1 and none were not. After an
// error those are -1 and none that are not certain.
func (f File) Settle(kind core.NameKind, id int, name []int) (c Columns, err error) {
	c = Columns{ID: id, Name: [][]int{name}, kind: -1}
	if !f.Titled && id >= 0 && len(name) > 0 {
		return c, nil
	}
	if !f.Titled {
		return f.untitled(kind)
	}
	var unnamed error
	if id < 0 {
		c.ID, err = f.IDColumn(kind)
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
func (f File) hasKinds(column int) bool {
	return slices.ContainsFunc(f.Rows, func(row table.Row) bool {
		return slices.Contains(core.NameKinds(), core.NameKind(strings.ToLower(row.Cell(column))))
	})
}

// untitled are the columns of a table without titles: id, name and maybe kind. It
// is certain when each id has a digit and the names have letters.
func (f File) untitled(kind core.NameKind) (Columns, error) {
	named := false
	for _, row := range f.Rows {
		if !hasDigit(row.Cell(0)) && !row.Caption() && row.Fault == "" && row.Cell(1) != "" && row.Cell(0) != "" {
			return Columns{ID: -1}, core.ErrColumns
		}
		named = named || hasLetter(row.Cell(1))
	}
	if len(f.Titles) > 3 || !named && kind != core.NameUnit && len(f.Titles) > 1 {
		return Columns{ID: -1}, core.ErrColumns
	}
	return Columns{ID: 0, Name: [][]int{{1}}, kind: 2}, nil
}

// Called are the columns with a title, as table.Title has it.
func (f File) Called(title string) (columns []int) {
	for i, t := range f.Titles {
		if table.Title(t) == title {
			columns = append(columns, i)
		}
	}
	return columns
}

// IDColumn is the one with the ids of a kind: "Lease ID" before "ID" before the
// only one that ends in "ID", unless that says that it is of another kind. Errors are
// those of Columns, and then it is -1.
func (f File) IDColumn(kind core.NameKind) (int, error) {
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
func (f File) finest(kind core.NameKind, column int) core.NameKind {
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
func (f File) nameColumns(kind core.NameKind) ([][]int, error) {
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
func (f File) ownName(kind core.NameKind) bool {
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
