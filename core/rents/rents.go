// Package rents reads expected rents from tables: lists that people keep, and rent
// rolls. The way a table is opened, and what an id is, are those of package names. It
// promises exact amounts, and that each row that should name a rent and does not is
// reported. It must never guess which column holds the rents.
package rents

import (
	"strings"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/table"
)

// Columns says which columns of a file hold what, from 0. A column of -1 is not certain.
type Columns struct{ Lease, Rent int }

// Import is what a table holds.
type Import struct {
	Rents   map[string]core.Cents // by lease id; never below zero
	Skipped []table.Skipped       // by line
}

// Why a row of a table of rents is skipped, besides what is wrong with its id.
const (
	FaultNoRent table.Fault = "no rent"
	FaultAmount table.Fault = "the rent is no amount of dollars"
	FaultBelow  table.Fault = "the rent is below zero"
)

// rentTitles are the titles of what a lease's tenant is to pay, the surest first. What a
// unit would bring on the market is no such thing.
var rentTitles = [][]string{
	{"rent", "monthly rent", "current rent", "rent amount", "expected rent", "alquiler", "renta", "miete", "loyer", "租金"},
	{"charge", "rent charge", "monthly charge"},
}

// Settle finds out by the titles which columns count, but for those that a person picked;
// -1 was not. The error is core.ErrNoIDColumn or core.ErrRentColumns where that is not
// certain: then a person has to say.
func Settle(f table.Sheet, picked Columns) (Columns, error) {
	c := picked
	if !f.Titled {
		return untitled(f, picked)
	}
	if c.Lease < 0 {
		var err error
		if c.Lease, err = names.IDColumn(f, core.NameLease); err != nil {
			return c, err
		}
	}
	if c.Rent < 0 {
		if c.Rent = rentColumn(f); c.Rent < 0 {
			return c, core.ErrRentColumns
		}
	}
	if c.Lease == c.Rent {
		return c, core.ErrRentColumns
	}
	return c, nil
}

func rentColumn(f table.Sheet) int {
	for _, titles := range rentTitles {
		var found []int
		for _, title := range titles {
			found = append(found, f.Called(title)...)
		}
		switch len(found) {
		case 0:
			continue
		case 1:
			return found[0]
		}
		return -1
	}
	return -1
}

// untitled is about a table without titles. It is certain where a person said both, or
// where there are two columns, and the second has dollars and cents.
func untitled(f table.Sheet, picked Columns) (Columns, error) {
	if picked.Lease >= 0 && picked.Rent >= 0 && picked.Lease != picked.Rent {
		return picked, nil
	}
	money := len(f.Rows) == 0 // nothing is no reason to ask
	for _, row := range f.Rows {
		if row.Fault != "" || row.Caption() {
			continue
		}
		cell := row.Cell(1)
		if _, err := core.ReadAmount(cell); err != nil || len(row.Cells) > 2 {
			return Columns{-1, -1}, core.ErrRentColumns
		}
		money = money || strings.ContainsAny(cell, "$.")
	}
	if !money || picked != (Columns{-1, -1}) {
		return Columns{-1, -1}, core.ErrRentColumns
	}
	return Columns{0, 1}, nil
}

// Read takes the rents out of the columns. Sums, lines above a group, titles that come
// again and rows with neither id nor rent are passed over.
func Read(f table.Sheet, c Columns) Import {
	found := Import{Rents: map[string]core.Cents{}}
	found.Skipped = f.Take(func(row table.Row) table.Fault { return found.add(row, c) })
	return found
}

func (i *Import) add(row table.Row, c Columns) table.Fault {
	id, rent := names.Meant(row.Cell(c.Lease)), names.Meant(row.Cell(c.Rent))
	if row.Caption() || id == "" && rent == "" {
		return ""
	}
	if fault := names.FaultOfID(id); fault != "" {
		return fault
	}
	if _, twice := i.Rents[id]; twice {
		return names.FaultTwice
	}
	amount, fault := amountOf(rent)
	if fault == "" {
		i.Rents[strings.Clone(id)] = amount // the row's memory is the whole file's
	}
	return fault
}

func amountOf(text string) (core.Cents, table.Fault) {
	if text == "" {
		return 0, FaultNoRent
	}
	amount, err := core.ReadAmount(text)
	switch {
	case err != nil:
		return 0, FaultAmount
	case amount < 0:
		return 0, FaultBelow
	}
	return amount, ""
}
