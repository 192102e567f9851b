// Package imports is the one importer of tables from outside: it knows what each kind of
// table holds, finds out which column is what, and takes the rows. Packages names, rents
// and, of AppFolio's reports, reports know their own rows. It reads alone: who asks keeps
// what was found. It must never guess: where columns are not certain, a person says which
// they are.
package imports

import (
	"maps"

	"rentbell/core"
	"rentbell/core/appfolio/reports"
	"rentbell/core/names"
	"rentbell/core/rents"
	"rentbell/core/table"
)

// Role is what a column holds, as --columns and remembered layouts spell it.
type Role string

// The roles of columns of names and of rents. Those of reports are with their package.
const (
	RoleID    Role = "id"
	RoleName  Role = "name"
	RoleFirst Role = "first_name" // with RoleLast in place of a column of names
	RoleLast  Role = "last_name"
	// RoleMiddle is between the two; people say it with --columns alone.
	RoleMiddle Role = "middle_name"
	RoleLease  Role = "lease"
	RoleRent   Role = "rent"
)

// Columns says which column holds what, from 0. Roles that no column has are left out.
type Columns map[Role]int

// Found is what a table holds, by the columns that were settled. Only the part of its
// kind is set.
type Found struct {
	Kind    core.TableKind
	Names   map[core.NameKey]string // cleaned
	Rents   map[string]core.Cents   // by lease id
	Report  reports.Report
	Skipped []table.Skipped // by line
}

// Count is how many names, rents, receipts, leases or work orders were found.
func (f Found) Count() int { return len(f.Names) + len(f.Rents) + f.Report.Count() }

// Roles are what columns of a kind of tables can hold. Those that are needed come first.
func Roles(k core.TableKind) (roles []Role, needed int) {
	if k == core.TableRents {
		return []Role{RoleLease, RoleRent}, 2
	}
	if _, yes := k.Names(); yes {
		return []Role{RoleID, RoleName, RoleFirst, RoleLast}, 2
	}
	all, needed := reports.Roles(k)
	for _, role := range all {
		roles = append(roles, Role(role))
	}
	return roles, needed
}

// Settle finds out which columns hold what, but for those that a person picked. The error
// is core.ErrNoIDColumn, core.ErrColumns, core.ErrRentColumns or a *reports.ColumnsError
// where that is not certain; then a person has to say, and what is certain comes with it.
func Settle(s table.Sheet, k core.TableKind, picked Columns) (Columns, error) {
	if k == core.TableRents {
		c, err := rents.Settle(s, rents.Columns{Lease: picked.of(RoleLease), Rent: picked.of(RoleRent)})
		return certain(Columns{RoleLease: c.Lease, RoleRent: c.Rent}), err
	}
	if k.Report() {
		c, err := reports.Settle(s, k, ofReport(picked))
		return fromReport(c), err
	}
	kind, _ := k.Names()
	c, err := picked.ofNames(s, kind)
	return columnsOfNames(c), err
}

// Read takes the rows, by columns that Settle returned without an error.
func Read(s table.Sheet, k core.TableKind, c Columns) Found {
	found := Found{Kind: k}
	if k == core.TableRents {
		read := rents.Read(s, rents.Columns{Lease: c.of(RoleLease), Rent: c.of(RoleRent)})
		found.Rents, found.Skipped = read.Rents, read.Skipped
		return found
	}
	if k.Report() {
		found.Report, found.Skipped = reports.Read(s, k, ofReport(c))
		return found
	}
	if kind, yes := k.Names(); yes {
		columns, _ := c.ofNames(s, kind) // an error was told by Settle
		read := names.Read(s, columns, kind)
		found.Names, found.Skipped = read.Names, read.Skipped
	}
	return found
}

// Said are the titles of the columns that Read goes by, by role. Of a name that is in two
// columns they stand under RoleName, with a plus between them.
func Said(s table.Sheet, k core.TableKind, c Columns) map[Role]string {
	said := map[Role]string{}
	if kind, yes := k.Names(); yes {
		columns, _ := c.ofNames(s, kind) // an error was told by Settle
		said[RoleID], said[RoleName] = names.Said(s, columns)
		return said
	}
	for role, at := range c {
		said[role] = s.Title(at)
	}
	return said
}

// of is the column of a role; -1: none has it.
func (c Columns) of(r Role) int {
	if at, has := c[r]; has {
		return at
	}
	return -1
}

// name are the columns of a name; nil: none was picked.
func (c Columns) name() []int {
	switch first, middle, last := c.of(RoleFirst), c.of(RoleMiddle), c.of(RoleLast); {
	case c.of(RoleName) >= 0:
		return []int{c.of(RoleName)}
	case first >= 0 && middle >= 0 && last >= 0:
		return []int{first, middle, last}
	case first >= 0 && last >= 0:
		return []int{first, last}
	}
	return nil
}

// ofNames are the columns of a table of names. Which of two ways to be called comes first
// is for the kind to say, unless a person picked them.
func (c Columns) ofNames(s table.Sheet, kind core.NameKind) (names.Columns, error) {
	if usual, err := names.Settle(s, kind, c.of(RoleID), nil); err == nil && maps.Equal(columnsOfNames(usual), c) {
		return usual, nil
	}
	return names.Settle(s, kind, c.of(RoleID), c.name())
}

func columnsOfNames(c names.Columns) Columns {
	found := certain(Columns{RoleID: c.ID})
	for _, name := range c.Name {
		switch len(name) {
		case 1:
			found[RoleName] = name[0]
		case 2:
			found[RoleFirst], found[RoleLast] = name[0], name[1]
		case 3:
			found[RoleFirst], found[RoleMiddle], found[RoleLast] = name[0], name[1], name[2]
		}
	}
	return found
}

// certain leaves out columns that are not certain, which are below 0.
func certain(c Columns) Columns {
	maps.DeleteFunc(c, func(_ Role, at int) bool { return at < 0 })
	return c
}

func ofReport(c Columns) reports.Columns {
	of := reports.Columns{}
	for role, at := range c {
		of[reports.Role(role)] = at
	}
	return of
}

func fromReport(c reports.Columns) Columns {
	from := Columns{}
	for role, at := range c {
		from[Role(role)] = at
	}
	return from
}
