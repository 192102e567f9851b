package core

import "time"

// AppFolio tells what was paid and not what should be. What is expected comes from
// people, from tables, from AppFolio's records, or is learned from what was paid.

// RentSource says where an expected rent comes from.
type RentSource string

// The sources, each before the ones that follow.
const (
	RentUnknown  RentSource = ""         // nothing is expected, and nothing is ever late
	RentTyped    RentSource = "typed"    // in the lease's pane
	RentImported RentSource = "imported" // from a table, or a rent roll
	RentTold     RentSource = "told"     // Developer Space's CurrentRent
	RentLearned  RentSource = "learned"  // from what was paid in the six months before
)

// ExpectedRent is what should come for a lease in a month.
type ExpectedRent struct {
	Amount Cents // no figure where Source is RentUnknown
	Source RentSource
	Months int // learned: in how many of the six months before it was paid; else 0
}

// Known reports whether there is a figure.
func (r ExpectedRent) Known() bool { return r.Source != RentUnknown }

// TypedRent is a rent from one month on.
type TypedRent struct {
	From   Month // zero: always
	Amount Cents
}

// LeaseTerms is what people, tables and AppFolio's records say of a lease besides
// its events. The zero LeaseTerms says nothing.
type LeaseTerms struct {
	Typed    []TypedRent // by From, oldest first
	Imported *Cents      // nil: no table has told
	Told     *Cents      // nil: AppFolio has not told
	Rule     *DueRule    // nil: the property's
	// PaysAhead: every payment from the 25th on is for the month that follows.
	PaysAhead bool
	// Notice is when the switch "Notice served" was put on, UTC; zero: it is off.
	Notice time.Time
	// NoticeOn is the day on which notice was served, as the user said; may be zero.
	NoticeOn Date
}

// IsZero reports whether they say nothing.
func (t LeaseTerms) IsZero() bool {
	return len(t.Typed) == 0 && t.Imported == nil && t.Told == nil && t.Rule == nil && !t.PaysAhead && t.Notice.IsZero() && t.NoticeOn.IsZero()
}

// DueRule says when rent is late.
type DueRule struct {
	Due   int `json:"due"`   // day of the month, 1 to 31; beyond the month's end, its last day
	Grace int `json:"grace"` // days after the due day, at least 0; they run on into the next month
}

// DefaultDueRule is due on the 1st, late from the 7th on.
func DefaultDueRule() DueRule { return DueRule{Due: 1, Grace: 5} }

// MostGrace is the longest grace that can be set, in days.
const MostGrace = 60

// Valid reports whether the rule can be used.
func (r DueRule) Valid() bool {
	return r.Due >= 1 && r.Due <= 31 && r.Grace >= 0 && r.Grace <= MostGrace
}

// LateFrom is the first day on which rent for m is late.
func (r DueRule) LateFrom(m Month) Date { return m.Day(r.Due).AddDays(r.Grace + 1) }

// RentState is how a lease stands in a month.
type RentState string

// The states, in the order of the list: what needs somebody first.
const (
	RentLate     RentState = "late"
	RentReturned RentState = "returned" // a payment came back, and the month is open again
	RentPartial  RentState = "partial"
	RentTwice    RentState = "twice"
	RentOpen     RentState = "open" // not all has come, and nobody is told: it is not late yet, or more than two months ago
	RentNotKnown RentState = "not-known"
	RentEarly    RentState = "early" // all has come, before the month began
	RentPaid     RentState = "paid"
)

// LeaseMonth is a lease in one month: what should come and what has.
type LeaseMonth struct {
	Lease string
	Place
	Month    Month
	Expected ExpectedRent
	Rule     DueRule
	Received Cents // net, of what counts for the month
	State    RentState
	DaysLate int      // since the end of grace, from 1; 0 unless late or partial
	Seqs     []uint64 // of the payments that count for the month, oldest first
	Notice   Date     // "Notice served" is on since that day; zero: it is off
}

// LeaseReceipts is a lease in one month, with the payments that count for it, oldest first.
type LeaseReceipts struct {
	LeaseMonth
	Receipts []Skimmed
}

// StillDue is what is missing, never below zero; 0 where the rent is not known.
func (l LeaseMonth) StillDue() Cents {
	if !l.Expected.Known() {
		return 0
	}
	return max(0, l.Expected.Amount.Plus(-l.Received))
}
