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
		k, certain = guessByTitles(s)
	}
	if k == "" {
		k, c = guessByValues(s)
		return k, c, false
	}
	c, _ = Settle(s, k, nil) // it fits
	return k, c, certain
}

// guessByTitles is the likeliest of the kinds whose columns are certain by the titles.
func guessByTitles(s table.Sheet) (k core.TableKind, certain bool) {
	if saysKinds(s) {
		return core.TableOfNames(core.NameLease), true
	}
	reports, others := fitting(s, core.ReportKinds()), fitting(s, ownKinds())
	if k, certain := guessReport(s, reports); k != "" {
		tenants := slices.Contains(others, core.TableOfNames(core.NameTenant)) // a directory of them has those who left, too
		return k, certain && !tenants
	}
	switch {
	case len(others) > 0: // of a table with rents and names it is rents, as names are in every table
		return others[0], len(others) == 1
	case len(reports) > 0:
		return reports[0], false
	}
	return "", false
}

// ownKinds are those that are no reports.
func ownKinds() []core.TableKind {
	kinds := []core.TableKind{core.TableRents}
	for _, k := range core.NameKinds() {
		kinds = append(kinds, core.TableOfNames(k))
	}
	return kinds
}

// fitting are those kinds whose columns are certain.
func fitting(s table.Sheet, kinds []core.TableKind) (fit []core.TableKind) {
	for _, k := range kinds {
		if _, err := Settle(s, k, nil); err == nil {
			fit = append(fit, k)
		}
	}
	return fit
}

// guessReport is the report that says its name above the titles, or else, of those with a
// title that no other has, the one with the most columns. Empty: none is one of these.
func guessReport(s table.Sheet, fit []core.TableKind) (k core.TableKind, certain bool) {
	most := 0
	for _, report := range fit {
		if namedAbove(s, report) {
			return report, true
		}
		c, _ := Settle(s, report, nil) // it fits
		switch {
		case !telltale(s, report, c) || len(c) < most:
		case len(c) == most:
			certain = false
		default:
			k, most, certain = report, len(c), true
		}
	}
	return k, certain
}

// namedAbove reports whether a line above the titles is the name of a report.
func namedAbove(s table.Sheet, k core.TableKind) bool {
	name := table.Title(string(k))
	return slices.ContainsFunc(s.Above(), func(row table.Row) bool { return table.Title(row.Cell(0)) == name })
}

// telltales are words in the titles of a report that no other table has there.
var telltales = map[core.TableKind][]string{
	core.TableIncome:      {"receipt", "received", "payer"},
	core.TableRentRoll:    {"from", "start", "to", "end", "expires"},
	core.TableDelinquency: {"receivable", "due", "owed"},
	core.TableWorkOrders:  {"work order"},
}

func telltale(s table.Sheet, k core.TableKind, c Columns) bool {
	for _, at := range c {
		title := " " + table.Title(s.Title(at)) + " "
		if slices.ContainsFunc(telltales[k], func(word string) bool { return strings.Contains(title, " "+word+" ") }) {
			return true
		}
	}
	return false
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
