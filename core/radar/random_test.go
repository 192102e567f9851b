package radar_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

// zones change their clocks at different times of the year, by an hour, by half an hour
// and never.
var zones = []string{"America/Chicago", "Australia/Lord_Howe", "America/Phoenix"}

// dice throws ledgers of a few leases and work orders, with what makes rules meet: equal
// amounts, days around the 25th and the ends of months, returns, repeats.
type dice struct {
	*rand.Rand
	*ledger
	start time.Time
	days  int
}

func newDice(t testing.TB, seed uint64) *dice {
	d := &dice{Rand: rand.New(rand.NewPCG(seed, 15)), ledger: newLedger(t, zones[seed%3]), days: 500}
	d.start = d.at("2025-08-20")
	d.throwTerms()
	for range 20 + d.IntN(120) {
		d.events = append(d.events, core.Event{Seq: uint64(len(d.events) + 1), OccurredAt: d.moment().UTC(), Detail: d.detail()})
		e := &d.events[len(d.events)-1]
		if signed, is := e.Detail.(core.LeaseSigned); is && signed.Months == 0 && d.one(3) {
			e.Attention = core.Attention{Reason: core.ReasonWrongKind, Field: "term_months"}
		}
		if order, is := e.Detail.(core.WorkOrder); is && order.Vendor == "" && d.one(4) {
			e.Attention = core.Attention{Reason: core.ReasonMissing, Field: "assigned_vendor"}
		}
	}
	return d
}

func pick[T any](d *dice, from ...T) T { return from[d.IntN(len(from))] }

func (d *dice) one(in int) bool { return d.IntN(in) == 0 }

// moment is a time of the ledger: often one of an event, or a whole span after one.
func (d *dice) moment() time.Time {
	if len(d.events) > 0 && d.one(2) {
		at := d.events[d.IntN(len(d.events))].OccurredAt
		span := pick(d, 0, time.Nanosecond, time.Minute, 72*time.Hour, 4*time.Hour, 24*time.Hour, 60*24*time.Hour, 7*24*time.Hour, 30*24*time.Hour)
		return at.Add(span).Add(pick(d, 0, 0, time.Nanosecond, -time.Nanosecond))
	}
	day := core.DateOf(d.start).AddDays(d.IntN(d.days))
	if d.one(2) {
		day = day.InMonth().Day(pick(d, 1, 1, 5, 6, 7, 24, 25, 26, 31))
	}
	hour := pick(d, 0, 0, 1, 2, 3, 9, 23)
	return time.Date(day.Year, day.Month, day.Day, hour, pick(d, 0, 0, 30, 59), 0, 0, d.loc)
}

func (d *dice) lease() string { return pick(d, "L", "M", "N") }

func (d *dice) place() core.Place {
	return core.Place{Tenant: pick(d, "", "Ada"), Property: pick(d, "", "", "Alder Court", "Linden House"), Unit: pick(d, "", "1B")}
}

func (d *dice) detail() core.Detail {
	switch d.IntN(10) {
	case 0:
		return core.LeaseSigned{Place: d.place(), Lease: d.lease(), MoveIn: d.date(), Months: pick(d, 0, 1, 6, 12)}
	case 1:
		if d.one(2) {
			return core.LeaseExpired{Place: d.place(), Lease: d.lease(), Vacate: d.date()}
		}
	case 2, 3:
		return core.WorkOrder{ID: pick(d, "1", "2"), Status: pick(d, "", "New", "Assigned", "Work Done", "Completed No Need To Bill", "Canceled"),
			Vendor: pick(d, "", "Bob", "Eve"), Priority: pick(d, "", "Normal", "Urgent")}
	}
	return core.Payment{Place: d.place(), Lease: d.lease(), Amount: d.amount(), AmountKnown: !d.one(20), Method: pick(d, "ACH", "Check")}
}

func (d *dice) amount() core.Cents {
	return pick[core.Cents](d, 100000, 100000, 100000, 100000, 100000, -100000, -100000, 99900, 99899, 50000, 50000, -50000, 101, 0, -7500)
}

func (d *dice) date() core.Date {
	if d.one(8) {
		return core.Date{}
	}
	return core.DateOf(d.moment().In(d.loc))
}

func (d *dice) throwTerms() {
	rule := func() core.DueRule { return core.DueRule{Due: pick(d, 1, 1, 15, 31), Grace: pick(d, 0, 5, 40)} }
	d.terms.Default = rule()
	d.terms.Properties = map[string]core.DueRule{"Alder Court": rule()}
	for _, id := range []string{"L", "M", "N", "never paid"} {
		d.terms.Leases[id] = d.leaseTerms(rule)
	}
}

func (d *dice) leaseTerms(rule func() core.DueRule) (t core.LeaseTerms) {
	rent := core.Cents(100000)
	switch d.IntN(6) {
	case 0:
		t.Typed = []core.TypedRent{{Amount: rent}, {From: core.DateOf(d.moment()).InMonth(), Amount: 50000}}
	case 1:
		t.Typed = []core.TypedRent{{From: core.DateOf(d.moment()).InMonth(), Amount: rent}}
		t.Imported = &rent
	case 2:
		t.Told = &rent
	}
	if d.one(4) {
		own := rule()
		t.Rule = &own
	}
	if d.one(3) {
		t.Notice = d.moment().UTC()
	}
	t.PaysAhead = d.one(5)
	return t
}

// shuffled are the events in another order, some of them twice.
func (d *dice) shuffled() []core.Event {
	list := append(slices.Clone(d.events), d.events[:len(d.events)/4]...)
	d.Shuffle(len(list), func(i, k int) { list[i], list[k] = list[k], list[i] })
	return list
}

// seeds runs check for many ledgers, each with the seed that makes it again.
func seeds(t *testing.T, n uint64, check func(t *testing.T, d *dice)) {
	for seed := range n {
		check(t, newDice(t, seed))
		if t.Failed() {
			t.Fatalf("with seed %d", seed)
		}
	}
}

func equal(t *testing.T, what string, got, want []core.Finding) {
	t.Helper()
	g, w := spelled(got), spelled(want)
	if g != w {
		t.Errorf("%s:\ngot\n%s\nwant\n%s", what, g, w)
	}
}

// spelled has all that a finding says, the level too, which is not printed.
func spelled(list []core.Finding) string {
	var out strings.Builder
	for _, f := range list {
		fmt.Fprintf(&out, "%+v\n", f)
	}
	return out.String()
}

func TestFindingsAreThoseOfThePlainReference(t *testing.T) {
	kinds := map[core.FindingKind]int{}
	seeds(t, 500, func(t *testing.T, d *dice) {
		book := radar.New(d.loc)
		for _, e := range d.shuffled() {
			book.Add(e)
		}
		for range 6 {
			now := d.moment()
			got := book.Findings(d.terms, now)
			equal(t, now.String(), got, findingsByReference(d.events, d.terms, now, d.loc))
			for _, f := range got {
				kinds[f.Kind]++
			}
		}
	})
	for _, kind := range core.FindingKinds() {
		if kinds[kind] < 20 {
			t.Errorf("only %d findings of kind %s were made", kinds[kind], kind)
		}
	}
}

func TestWatchHasWhatAFullCountHas(t *testing.T) {
	seeds(t, 100, func(t *testing.T, d *dice) {
		book, now := radar.New(d.loc), d.moment()
		watch := radar.NewWatch(book, d.terms, now)
		for _, e := range d.shuffled() {
			switch d.IntN(6) {
			case 0:
				now = d.moment() // also back
			case 1:
				now = watch.NextDue()
			case 2:
				now = now.Add(time.Duration(d.Int64N(int64(40 * 24 * time.Hour))))
			}
			watch.Tick(now)
			equal(t, "after a tick", watch.Findings(), book.Findings(d.terms, now))
			watch.Add(now, e)
			equal(t, "after an event", watch.Findings(), book.Findings(d.terms, now))
			if due := watch.NextDue(); due.After(now) && due.Year() < 2200 {
				early := now.Add(time.Duration(d.Int64N(int64(due.Sub(now)))))
				equal(t, "before anything is due", watch.Findings(), book.Findings(d.terms, early))
			}
		}
	})
}

// tellAll has every step of a work order tell all of it: what one that was closed long
// ago told before is forgotten.
func (d *dice) tellAll() {
	for i := range d.events {
		if order, is := d.events[i].Detail.(core.WorkOrder); is {
			order.Status, order.Priority = cmp.Or(order.Status, "New"), cmp.Or(order.Priority, "Normal")
			d.events[i].Detail, d.events[i].Attention = order, core.Attention{}
		}
	}
}

func TestForgettingChangesNoFinding(t *testing.T) {
	seeds(t, 100, func(t *testing.T, d *dice) {
		d.days = 1200
		for len(d.events) < 400 {
			d.events = append(d.events, core.Event{Seq: uint64(len(d.events) + 1), OccurredAt: d.moment().UTC(), Detail: d.detail()})
		}
		d.tellAll()
		slices.SortFunc(d.events, func(a, b core.Event) int { return a.OccurredAt.Compare(b.OccurredAt) })
		whole, small := radar.New(d.loc), radar.New(d.loc)
		for i, e := range d.events {
			whole.Add(e)
			small.Add(e)
			if i%20 == 0 {
				small.Forget(d.terms, e.OccurredAt)
				equal(t, e.OccurredAt.String(), small.Findings(d.terms, e.OccurredAt), whole.Findings(d.terms, e.OccurredAt))
				for _, id := range []string{"L", "M", "N"} {
					m := core.MonthOf(e.OccurredAt.In(d.loc))
					got, want := small.Lease(id, m, 7, d.terms, e.OccurredAt), whole.Lease(id, m, 7, d.terms, e.OccurredAt)
					if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
						t.Errorf("%s\ngot\n%s\nwant\n%s", m, g, w)
					}
				}
			}
		}
	})
}
