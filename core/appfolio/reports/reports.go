// Package reports reads AppFolio's own reports, as an office downloads them or gets them
// by e-mail: the income register, the rent roll, the delinquency and the work order
// report. It turns their rows into records, whatever period or part of the portfolio a file
// is of, and never compares them with what is known: package readback does. It must never
// guess which column holds what, and leaves no row out in silence: what cannot be read of
// a receipt is said in its record.
package reports

import (
	"strings"
	"unicode/utf8"

	"rentbell/core"
	"rentbell/core/appfolio/records"
	"rentbell/core/table"
)

// Report is what a file holds. Only the part of its kind is set.
type Report struct {
	Kind     core.TableKind
	AsOf     core.Date // the day it is of, or was made on; zero: it does not say
	Receipts []Receipt
	Leases   []Lease // of a rent roll
	Orders   []WorkOrder
	Debts    []Debt
}

// Count is how many receipts, leases, work orders or debts there are.
func (r Report) Count() int {
	return len(r.Receipts) + len(r.Leases) + len(r.Orders) + len(r.Debts)
}

// Receipt is money received: the rows that share a number, or one without.
type Receipt struct {
	records.Receipt
	Lease string // the id of the lease or occupancy, where the report has one
}

// Lease is a row of a rent roll that somebody lives in.
type Lease struct {
	Place
	ID                           string // of the lease or occupancy; empty: the report has none
	Tenant                       string // as AppFolio writes it
	Status                       string // "Current", "Notice"…
	Rent                         core.Cents
	RentKnown                    bool
	MoveIn, Start, End           core.Date // zero: not told
	Unread                       string    // the dates that cannot be read, as records.Lease has them
	TenantID, PropertyID, UnitID string
}

// WorkOrder is a job in its present state.
type WorkOrder struct {
	Place
	Number, Status, Vendor, Priority, Description, Tenant string

	Created, Scheduled core.Date // zero: not told
}

// Debt is what a lease owes, by AppFolio's books.
type Debt struct {
	Place
	Lease, Tenant string
	Amount        core.Cents // above zero
}

// Why a row is skipped, besides what is wrong with every table.
const (
	FaultNoPlace   table.Fault = "neither a unit nor a lease"
	FaultNoNumber  table.Fault = "no number"
	FaultNumber    table.Fault = "the number is too long"
	FaultRent      table.Fault = "the rent is no amount of dollars" // the lease is read all the same
	FaultRentBelow table.Fault = "the rent is below zero"           // likewise
	FaultAmount    table.Fault = "the amount is no amount of dollars"
	FaultTwice     table.Fault = "an earlier line has the same id"
)

// Read takes the rows, by columns that Settle returned without an error. Sums, lines above
// a group, titles that come again, vacant units and those that owe nothing are passed over.
func Read(s table.Sheet, k core.TableKind, c Columns) (Report, []table.Skipped) {
	r := reader{columns: c, report: Report{Kind: k, AsOf: asOf(s)}, seen: map[string]bool{}}
	skipped := s.Take(func(row table.Row) table.Fault {
		r.row = row
		if r.caption() {
			return ""
		}
		switch k {
		case core.TableIncome:
			r.receipt()
		case core.TableRentRoll:
			return r.lease()
		case core.TableWorkOrders:
			return r.order()
		case core.TableDelinquency:
			return r.debt()
		}
		return ""
	})
	r.gather()
	return r.report, skipped
}

// reader reads a report row by row.
type reader struct {
	columns Columns
	report  Report
	row     table.Row
	group   string          // the property of the rows, where they do not say it
	seen    map[string]bool // ids

	receipts register
}

// caption takes a line between the rows: one above a group, a sum, or a note.
func (r *reader) caption() bool {
	filled, first := 0, ""
	for _, cell := range r.row.Cells {
		if cell != "" {
			filled++
		}
		if first == "" {
			first = cell
		}
	}
	group, arrow := strings.CutPrefix(first, "->")
	switch {
	case arrow:
		r.group = groupName(group)
	case r.row.Caption():
	case filled == 1 && r.row.Cells[0] != "":
		r.group = groupName(first)
	default:
		return false
	}
	return true
}

// asOf is the day that the lines above the titles say: "As of: 06/18/2026", or else
// "Exported On: 06/18/2026 02:02 PM".
func asOf(s table.Sheet) (day core.Date) {
	for _, title := range []string{"exported on", "as of"} {
		for _, row := range s.Above() {
			name, text, _ := strings.Cut(row.Cell(0), ":")
			if text = strings.TrimSpace(text); text == "" {
				text = row.Cell(1)
			}
			if d, err := core.ReadDate(text); err == nil && table.Title(name) == title {
				day = d
			}
		}
	}
	return day
}

// text is the cell of a role on one line, of a length that can be kept and shown.
func (r *reader) text(role Role) string { return r.textUpTo(role, longestText) }

const longestText = 500 // characters; no report needs more, and each is kept in an event

func (r *reader) textUpTo(role Role, most int) string {
	text := core.OneLine(core.Meant(r.row.Cell(r.columns.of(role))))
	if utf8.RuneCountInString(text) > most {
		text = core.OneLine(string([]rune(text)[:most]))
	}
	return strings.Clone(text) // the row's memory is the whole file's
}

// id is the cell of a role that names a thing; empty where it can be no id.
func (r *reader) id(role Role) string {
	id := strings.TrimSpace(core.Meant(r.row.Cell(r.columns.of(role))))
	if len(id) > longestID || core.OneLine(id) != id {
		return ""
	}
	return strings.Clone(id)
}

const longestID = 100 // bytes, as of AppFolio's records

// date is the cell of a role as a day; said is the text of one that is none.
func (r *reader) date(role Role) (d core.Date, said string) {
	text := r.text(role)
	d, err := core.ReadDate(text)
	if err != nil || d.Year < 1 {
		return core.Date{}, text
	}
	return d, ""
}
