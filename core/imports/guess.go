package imports

import (
	"slices"
	"strings"
	"unicode"

	"rentbell/core"
	"rentbell/core/table"
)

// Guess says what a table is likely to hold, by its titles or else by its values, and which
// columns have what. Only what is certain may be imported without a person: of one kind
// alone, and each column by its title. An empty kind: nothing is likely.
func Guess(s table.Sheet) (k core.TableKind, c Columns, certain bool) {
	if s.Titled {
		fitting := fittingKinds(s)
		if len(fitting) > 0 {
			c, _ := Settle(s, fitting[0], nil) // it fits
			return fitting[0], c, len(fitting) == 1
		}
	}
	k, c = guessByValues(s)
	return k, c, false
}

// fittingKinds are those whose columns are certain by the titles, the likeliest first. Of
// a table with rents and names it is rents, as names are in every table.
func fittingKinds(s table.Sheet) (fitting []core.TableKind) {
	if saysKinds(s) {
		return []core.TableKind{core.TableOfNames(core.NameLease)}
	}
	kinds := append(core.ReportKinds(), core.TableRents)
	for _, k := range core.NameKinds() {
		kinds = append(kinds, core.TableOfNames(k))
	}
	for _, k := range kinds {
		if roles, _ := Roles(k); len(roles) == 0 {
			continue
		}
		if _, err := Settle(s, k, nil); err == nil {
			fitting = append(fitting, k)
		}
	}
	if len(fitting) > 0 && fitting[0].Report() && !slices.ContainsFunc(fitting[1:], core.TableKind.Report) {
		return fitting[:1] // it has the columns of names and rents, and more
	}
	return fitting
}

// saysKinds reports whether each row says which kind of thing it names, as in a file that
// Rentbell has written.
func saysKinds(s table.Sheet) bool {
	kinds, ids, names := s.Called("kind"), s.Called("id"), s.Called("name")
	return len(kinds) == 1 && len(ids) == 1 && len(names) == 1 && len(s.Rows) > 0 &&
		!slices.ContainsFunc(s.Rows, func(row table.Row) bool {
			return row.Fault == "" && !slices.Contains(core.NameKinds(), core.NameKind(strings.ToLower(row.Cell(kinds[0]))))
		})
}

// mostWeighed is how many rows tell what a column holds.
const mostWeighed = 500

// guessByValues looks for a column of ids, and one of rents or of names.
func guessByValues(s table.Sheet) (core.TableKind, Columns) {
	ids, rents, names := -1, -1, -1
	for column := range s.Titles {
		switch w := weigh(s, column); {
		case w.most(w.money) && rents < 0:
			rents = column
		case w.most(w.codes) && ids < 0:
			ids = column
		case w.most(w.words) && names < 0:
			names = column
		}
	}
	switch {
	case ids >= 0 && rents >= 0:
		return core.TableRents, Columns{RoleLease: ids, RoleRent: rents}
	case ids >= 0 && names >= 0:
		return core.TableOfNames(core.NameLease), Columns{RoleID: ids, RoleName: names}
	}
	return "", nil
}

// weight counts the cells of a column by what they look like.
type weight struct{ filled, codes, money, dates, words int }

func weigh(s table.Sheet, column int) (w weight) {
	for _, row := range s.Rows[:min(len(s.Rows), mostWeighed)] {
		cell := row.Cell(column)
		if cell == "" || row.Caption() {
			continue
		}
		w.filled++
		_, noAmount := core.ReadAmount(cell)
		_, noDate := core.ReadDate(cell)
		switch {
		case noDate == nil:
			w.dates++
		case noAmount == nil && strings.ContainsAny(cell, ".$"):
			w.money++
		case strings.ContainsFunc(cell, unicode.IsDigit) && !strings.ContainsFunc(cell, unicode.IsSpace):
			w.codes++
		case strings.ContainsFunc(cell, unicode.IsLetter):
			w.words++
		}
	}
	return w
}

// most reports whether nine of ten cells are of a sort.
func (w weight) most(n int) bool { return n > 0 && n*10 >= w.filled*9 }
