package core

import "time"

// TableKind is what a table from outside holds, as flags and remembered layouts spell it.
// Names have the kind of what they name; see TableOfNames.
type TableKind string

// The kinds besides those of names. The last four are AppFolio's reports.
const (
	TableRents       TableKind = "rents"           // expected rents, by lease
	TableIncome      TableKind = "income_register" // receipts
	TableRentRoll    TableKind = "rent_roll"       // units with their tenants, rents and terms
	TableDelinquency TableKind = "delinquency"     // what leases owe, by AppFolio's books
	TableWorkOrders  TableKind = "work_order"
)

// TableOfNames is a table of the names of one kind of things.
func TableOfNames(k NameKind) TableKind { return TableKind(k) }

// Names says which names a table holds; false: it holds something else.
func (k TableKind) Names() (NameKind, bool) {
	for _, kind := range NameKinds() {
		if TableKind(kind) == k {
			return kind, true
		}
	}
	return "", false
}

// Report reports whether k is one of AppFolio's reports.
func (k TableKind) Report() bool {
	switch k {
	case TableIncome, TableRentRoll, TableDelinquency, TableWorkOrders:
		return true
	}
	return false
}

// ReportKinds lists AppFolio's reports in the order in which files that came together are
// taken: a rent roll tells which lease a receipt is for.
func ReportKinds() []TableKind {
	return []TableKind{TableRentRoll, TableIncome, TableWorkOrders, TableDelinquency}
}

// Taken counts what became of the rows of a table.
type Taken struct {
	Added   int `json:"added"`   // not known before
	Changed int `json:"changed"` // known, and otherwise
	Same    int `json:"same"`
}

// ReportsStatus is how the folder goes that AppFolio's reports come into.
type ReportsStatus struct {
	Dir     string                      // empty: none is chosen
	Newest  map[TableKind]ReportArrival // of each kind, by AsOf; nil: none was taken in yet
	Failed  []FailedReport              // the last few that were not, newest first
	Problem error                       // why the folder cannot be looked into; nil: it can
}

// StaleReports is how long after the newest report somebody should look why none comes.
const StaleReports = 3 * 24 * time.Hour

// Latest is as of when the newest report of all kinds is; zero: none was taken in yet.
func (s ReportsStatus) Latest() (at time.Time) {
	for _, r := range s.Newest {
		if of := r.AsOf(); of.After(at) {
			at = of
		}
	}
	return at
}

// ReportArrival is a report that was taken in.
type ReportArrival struct {
	At    time.Time // when it was taken in, UTC
	Named time.Time // when the file was last written, UTC; zero: not known
	File  string    // base name
	Rows  int       // receipts, leases or work orders in it
	Taken Taken
	// LeftOut counts the lines that should have told something and did not. A text beside
	// the file in the folder "done" says which they are.
	LeftOut int
}

// AsOf is when what the report tells was so, as far as is known: it was written then, or
// taken in, whichever is earlier.
func (a ReportArrival) AsOf() time.Time {
	if a.Named.IsZero() || a.Named.After(a.At) {
		return a.At
	}
	return a.Named
}

// FailedReport is a file that was not taken in. It lies in the folder "failed".
type FailedReport struct {
	At   time.Time // UTC
	File string    // base name there
	Why  string    // in words for people
}
