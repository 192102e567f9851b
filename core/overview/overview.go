// Package overview adds up the figures of the window's first page from indexes and
// states.
package overview

import (
	"cmp"
	"slices"
	"time"

	"rentbell/core"
)

// Spans of the overview.
const (
	OverviewDays = 30 // the chart's
	oldWorkOrder = 7 * 24 * time.Hour
)

// Figures are the figures of the first page. Days are those of the time zone
// it was asked for.
type Figures struct {
	Month       core.Total        // payments of this month so far
	MonthBefore core.Total        // payments of the month before, up to the same day and time
	Today       int               // payments today
	Days        []DayTotal        // the last OverviewDays days, oldest first, today last
	OpenOrders  int               // open work orders
	OldOrders   int               // of those, first seen more than a week ago
	Signed      []core.LeaseState // leases signed this month, newest first
	NextMoveIn  core.Date         // the first move-in from today on; zero: none known
	Ending      []core.LeaseState // leases that end within EndingDays, soonest first
	Leases      int
}

// DayTotal is one bar of the chart.
type DayTotal struct {
	Day core.Date
	core.Total
}

// Make adds up the first page for now, in now's own location. It reads
// indexes and states, never the events; still it is not for the UI goroutine of
// a large portfolio.
func Make(r core.Reader, now time.Time) (Figures, error) {
	var o Figures
	if err := o.addPayments(r, now); err != nil {
		return o, err
	}
	orders, err := r.WorkOrders()
	if err != nil {
		return o, err
	}
	for _, w := range orders {
		if !w.Open() {
			continue
		}
		o.OpenOrders++
		if now.Sub(w.FirstSeen) > oldWorkOrder {
			o.OldOrders++
		}
	}
	leases, err := r.Leases()
	if err != nil {
		return o, err
	}
	o.addLeases(leases, now)
	return o, nil
}

func (o *Figures) addPayments(r core.Reader, now time.Time) error {
	today := core.DateOf(now)
	first := today.AddDays(1 - OverviewDays)
	thisMonth := core.Date{Year: today.Year, Month: today.Month, Day: 1}
	lastMonth := thisMonth.AddMonths(-1)
	// As far into last month as now is into this one; where that month is
	// shorter, its last day counts whole.
	until := lastMonth.AddDays(today.Day - 1).In(now.Location()).Add(now.Sub(today.In(now.Location())))
	if end := thisMonth.In(now.Location()); until.After(end) {
		until = end
	}
	start := first.In(now.Location())
	if begin := lastMonth.In(now.Location()); begin.Before(start) {
		start = begin
	}
	quarters, err := r.Totals(start, now.Add(24*time.Hour)) // payments dated ahead of our clock belong to their own day
	if err != nil {
		return err
	}
	o.Days = make([]DayTotal, OverviewDays)
	for i := range o.Days {
		o.Days[i].Day = first.AddDays(i)
	}
	for _, q := range quarters {
		at := q.Start.In(now.Location())
		day := core.DateOf(at)
		if i := first.DaysUntil(day); i >= 0 && i < OverviewDays {
			o.Days[i].Total = o.Days[i].Plus(q)
		}
		switch {
		case day.Year == today.Year && day.Month == today.Month && !today.Before(day):
			o.Month = o.Month.Plus(q)
		case day.Year == lastMonth.Year && day.Month == lastMonth.Month && at.Before(until):
			o.MonthBefore = o.MonthBefore.Plus(q)
		}
		if day == today {
			o.Today += q.Count
		}
	}
	return nil
}

func (o *Figures) addLeases(leases []core.LeaseState, now time.Time) {
	today := core.DateOf(now)
	o.Leases = len(leases)
	for _, l := range leases {
		signed := core.DateOf(l.SignedAt.In(now.Location()))
		if !l.SignedAt.IsZero() && signed.Year == today.Year && signed.Month == today.Month {
			o.Signed = append(o.Signed, l)
		}
		if !l.MoveIn.IsZero() && !l.MoveIn.Before(today) && (o.NextMoveIn.IsZero() || l.MoveIn.Before(o.NextMoveIn)) {
			o.NextMoveIn = l.MoveIn
		}
		if l.EndingSoon(today) {
			o.Ending = append(o.Ending, l)
		}
	}
	slices.SortFunc(o.Signed, func(a, b core.LeaseState) int {
		return cmp.Or(b.SignedAt.Compare(a.SignedAt), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(o.Ending, func(a, b core.LeaseState) int {
		return cmp.Or(b.Ends().DaysUntil(a.Ends()), cmp.Compare(a.ID, b.ID))
	})
}
