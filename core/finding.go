package core

import (
	"fmt"
	"time"
)

// FindingKind is a kind of Finding, in the words of rentbelld radar.
type FindingKind string

// The kinds.
const (
	FindNotice    FindingKind = "notice"     // money came although notice was served
	FindReturned  FindingKind = "returned"   // a payment was taken back
	FindRefund    FindingKind = "refund"     // money went out without a payment it takes back
	FindLate      FindingKind = "late"       // nothing has come
	FindPartial   FindingKind = "partial"    // less has come than should
	FindTwice     FindingKind = "twice"      // the same payment came twice, it seems
	FindNoVendor  FindingKind = "no_vendor"  // an open work order that nobody was given
	FindUntouched FindingKind = "untouched"  // an open work order that has not changed for days
	FindLeaseEnds FindingKind = "lease_ends" // a lease ends without a successor
)

// FindingKinds lists them in the order in which people should look at them.
func FindingKinds() []FindingKind {
	return []FindingKind{FindNotice, FindReturned, FindLate, FindPartial, FindTwice, FindRefund, FindNoVendor, FindUntouched, FindLeaseEnds}
}

// Finding is what should have come and did not, or came and should not. It follows
// from what is stored, at one time.
type Finding struct {
	Kind      FindingKind
	Lease     string    // empty for a work order's
	WorkOrder string    // empty for a lease's
	Month     Month     // late, partial, twice; returned: that of the payment
	Amount    Cents     // returned, refund (positive there), twice, notice
	Expected  Cents     // late, partial, twice
	Received  Cents     // late, partial, twice
	Hours     int       // no_vendor: whole hours
	Days      int       // untouched: the level reached; lease_ends: days left
	Level     int       // lease_ends: 90, 60, 30 or 7, the countdown's step that was passed last; untouched: the ladder's, from 1; else 0
	Since     time.Time // UTC; zero where SinceDay or Ends counts
	SinceDay  Date      // late, partial: the first day after grace
	Ends      Date      // lease_ends
	Seqs      []uint64  // of the events that it rests on
}

// FindingKey tells findings apart: the bell tells each key once, and a snooze or a mark
// belongs to a key. A work order that changes, a lease with a new end, the next level of
// untouched and the next step of a countdown have new keys.
type FindingKey string

// Key is what f is known by.
func (f Finding) Key() FindingKey {
	switch f.Kind {
	case FindLate, FindPartial:
		return FindingKey(fmt.Sprintf("%s|%s|%s", f.Kind, f.Month, f.Lease))
	case FindNoVendor:
		return FindingKey(fmt.Sprintf("%s|%d|%s", f.Kind, f.lastSeq(), f.WorkOrder))
	case FindUntouched:
		return FindingKey(fmt.Sprintf("%s|%d.%d|%s", f.Kind, f.lastSeq(), f.Days, f.WorkOrder))
	case FindLeaseEnds:
		return FindingKey(fmt.Sprintf("%s|%s.%d|%s", f.Kind, f.Ends, f.Level, f.Lease))
	}
	return FindingKey(fmt.Sprintf("%s|%d|%s", f.Kind, f.lastSeq(), f.Lease))
}

// StillDue is what is missing of a month's rent, for the kinds that have one.
func (f Finding) StillDue() Cents { return max(0, f.Expected.Plus(-f.Received)) }

// lastSeq is the newest of the events that it rests on.
func (f Finding) lastSeq() uint64 {
	if len(f.Seqs) == 0 {
		return 0
	}
	return f.Seqs[len(f.Seqs)-1]
}

// AtOnce reports whether it is told like an emergency: through quiet hours, never
// gathered, never snoozed.
func (f Finding) AtOnce() bool { return f.Kind == FindNotice }

// NeedsAttention reports whether somebody should look at it, be it told or not. A refund
// is no trouble, an untouched work order is given until the second step of its ladder,
// and a lease until it ends soon.
func (f Finding) NeedsAttention() bool {
	switch f.Kind {
	case FindRefund:
		return false
	case FindUntouched:
		return f.Level >= 2
	case FindLeaseEnds:
		return f.Days <= EndingDays
	}
	return true
}

// Step is when an untouched work order goes a step further on its ladder, UTC, and how
// many days are over then. It is zero for other findings, and on the last step.
func (f Finding) Step() (at time.Time, days int) {
	if f.Kind != FindUntouched || f.Level < 1 {
		return at, 0
	}
	ladder := WorkOrderClock{}.Ladder()
	if f.Days < ladder[f.Level-1] {
		ladder = WorkOrderClock{Urgent: true}.Ladder()
	}
	if f.Level == len(ladder) {
		return at, 0
	}
	days = ladder[f.Level]
	return f.Since.Add(time.Duration(days) * 24 * time.Hour), days
}

// Mark is what became of a finding.
type Mark struct {
	Told    bool      // the bell has told it, or never will
	Snoozed time.Time // it is out of sight until then, UTC; zero: it is not
	Handled time.Time // when somebody marked it, UTC; zero: nobody has
}

// Hidden reports whether a finding with this mark stands in no list at now.
func (m Mark) Hidden(now time.Time) bool { return !m.Handled.IsZero() || now.Before(m.Snoozed) }

// Found is a finding with what became of it, and with the names of what it is about.
type Found struct {
	Finding
	Mark  Mark
	Place Place  // of the lease or work order, as far as it is known
	Title string // of a work order; may be empty
	// Number is what people call a work order; empty: they go by its id.
	Number string
}

// WorkOrderClock is how long a work order has waited.
type WorkOrderClock struct {
	Changed   time.Time // UTC: when its status or vendor changed last
	NoVendor  time.Time // UTC: since when it is open without a vendor; zero: it has one, or is closed
	Urgent    bool      // its ladder is the short one
	Untouched int       // the highest level reached, in days; 0: none yet
}

// Ladder is after how many days without a change an open work order is found.
func (c WorkOrderClock) Ladder() [3]int {
	if c.Urgent {
		return [3]int{1, 3, 7}
	}
	return [3]int{3, 7, 14}
}

// Patience is how long an open work order may have no vendor.
func (c WorkOrderClock) Patience() time.Duration {
	if c.Urgent {
		return 4 * time.Hour
	}
	return 24 * time.Hour
}
