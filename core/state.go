package core

import (
	"strings"
	"time"
)

// WorkOrderState is a work order as it stands now, folded from its events.
type WorkOrderState struct {
	WorkOrder           // the newest event's content; names keep their last known value
	FirstSeen time.Time // when its first event happened
	Updated   time.Time // when its newest event happened
	LastSeq   uint64    // the newest event
}

// Open reports whether work is left: AppFolio closes a work order with a status
// that starts with "Completed" or with "Canceled", in whatever spelling.
func (w WorkOrderState) Open() bool {
	s := strings.ToLower(w.Status)
	return !strings.HasPrefix(s, "complete") && !strings.HasPrefix(s, "cancel")
}

// LeaseState is a lease as it stands now, folded from its events. A lease that
// Rentbell only knows from its payments has zero dates.
type LeaseState struct {
	Place
	ID       string
	UnitID   string
	SignedAt time.Time // zero: no lease.signed seen
	MoveIn   Date
	Months   int
	Expired  bool // a lease.expired was seen after the last signing
	Vacate   Date
	LastSeq  uint64
	Updated  time.Time
}

// Ends is the last day: the vacate date, or the day before the term is over.
// It is zero for month-to-month leases and when the dates are not known.
func (l LeaseState) Ends() Date {
	switch {
	case l.Expired:
		return l.Vacate
	case l.MoveIn.IsZero() || l.Months <= 0:
		return Date{}
	}
	return l.MoveIn.AddMonths(l.Months).AddDays(-1)
}

// EndingDays is within how many days a lease ends that is ending soon.
const EndingDays = 60

// EndingSoon reports whether the lease ends today or within EndingDays.
func (l LeaseState) EndingSoon(today Date) bool {
	if l.Ends().IsZero() {
		return false
	}
	days := today.DaysUntil(l.Ends())
	return days >= 0 && days <= EndingDays
}

// LeaseEnd is the end of a lease, and how it came to be.
type LeaseEnd struct {
	Place
	Lease   string
	Ends    Date      // the last day, as it is or, of an end that is gone, as it was
	Gone    bool      // the lease goes on: it has been signed again from month to month
	Changes int       // how often it has become another, or has gone or come back
	Changed time.Time // when what tells it happened, UTC
}

// TenantState is a tenant as last heard of.
type TenantState struct {
	Tenant
	Created time.Time
	LastSeq uint64
}

// Concern is one item under Needs attention: an event or a quarantined
// delivery, until somebody marks it handled.
type Concern struct {
	ID          uint64 // for MarkHandled
	Event       *Event // nil for a quarantined delivery
	Quarantined *Quarantined
	// Count is how many quarantined deliveries of one reason the item stands for: of a
	// flood it shows the newest, and all are handled at once. Otherwise 1.
	Count int
}

// Total is the sum of the payments of one stretch of time.
type Total struct {
	Start  time.Time // UTC
	Count  int
	Amount Cents
}

// Plus returns the sum of both, with the start of t.
func (t Total) Plus(o Total) Total {
	return Total{t.Start, t.Count + o.Count, t.Amount.Plus(o.Amount)}
}

// Summary are the figures that every screen shows.
type Summary struct {
	Events         int
	LastSeq        uint64 // the newest event's; 0: none yet
	Feeds          map[Feed]int
	Gone           map[Feed]int // rows that came before those of Feeds and were deleted for their age
	Quarantined    int
	Attention      int // open concerns
	OpenWorkOrders int
	LastEvent      time.Time // when the newest event was received; zero: none yet
	Rejected       Tally     // deliveries kept out for their signature
	Duplicates     Tally     // deliveries sent again, kept once
}

// Tally counts what leaves nothing else behind.
type Tally struct {
	Count int
	Last  time.Time // zero: never
	Hours []Hour    // of the last day or so, oldest first; hours without any left out
}

// Hour is a part of a Tally.
type Hour struct {
	Since int64 // hours since 1970, UTC
	Count int
}

// tallyHours is how many hours a Tally tells apart: a day, and the one that has begun.
const tallyHours = 25

// Add returns t with one more at a time. Its Hours are its own.
func (t Tally) Add(at time.Time) Tally { return t.Plus(1, at) }

// Plus returns t with n more at a time. Its Hours are its own.
func (t Tally) Plus(n int, at time.Time) Tally {
	hour := at.Unix() / 3600
	hours := make([]Hour, 0, len(t.Hours)+1)
	for _, h := range t.Hours {
		if h.Since > hour-tallyHours && h.Since <= hour { // later ones: the clock has been put back
			hours = append(hours, h)
		}
	}
	if last := len(hours) - 1; last >= 0 && hours[last].Since == hour {
		hours[last].Count += n
	} else {
		hours = append(hours, Hour{hour, n})
	}
	return Tally{Count: t.Count + n, Last: at.UTC(), Hours: hours}
}

// Since counts those from a time within the last day on, to the hour.
func (t Tally) Since(from time.Time) int {
	n := 0
	for _, h := range t.Hours {
		if h.Since >= from.Unix()/3600 {
			n += h.Count
		}
	}
	return n
}
