package overview_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/overview"
	"rentbell/store"
	"rentbell/store/ledgertest"
)

func TestOverviewCountsByTheReadersOwnDays(t *testing.T) {
	denver, err := time.LoadLocation("America/Denver")
	if err != nil {
		t.Fatal(err)
	}
	at := func(m time.Month, d, hour int) time.Time { return time.Date(2026, m, d, hour, 0, 0, 0, denver) }
	db, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // nothing in it is wanted any more
	n := 0
	add := func(when time.Time, d core.Detail) {
		t.Helper()
		n++
		if _, _, err := db.Add(core.Event{ID: fmt.Sprint(n), Type: "t", OccurredAt: when.UTC(), ReceivedAt: when.UTC(), Detail: d, Body: []byte("{}")}); err != nil {
			t.Fatal(err)
		}
	}
	rent := func(cents core.Cents) core.Payment { return core.Payment{Lease: "1", Amount: cents, AmountKnown: true} }
	add(at(6, 18, 9), rent(1))
	add(at(6, 18, 0), rent(2))
	add(at(6, 17, 23), rent(4)) // already the 18th in UTC
	add(at(5, 31, 23), rent(8)) // June in UTC
	add(at(5, 18, 9), rent(16))
	add(at(5, 18, 11), rent(32)) // later in May than now is in June
	add(at(4, 30, 9), rent(64))
	add(at(6, 1, 9), core.WorkOrder{ID: "old", Status: "Waiting"})
	add(at(6, 17, 9), core.WorkOrder{ID: "young", Status: "New"})
	add(at(6, 17, 9), core.WorkOrder{ID: "done", Status: "Completed"})
	add(at(6, 2, 9), core.LeaseSigned{Lease: "a", MoveIn: date(2026, 6, 20), Months: 12})
	add(at(5, 31, 23), core.LeaseSigned{Lease: "b", MoveIn: date(2026, 6, 10), Months: 1})

	o, err := overview.Make(db, at(6, 18, 10))
	if err != nil {
		t.Fatal(err)
	}
	if o.Month.Amount != 1+2+4 || o.Month.Count != 3 || o.MonthBefore.Amount != 16 || o.Today != 2 {
		t.Errorf("payments: %+v, before %+v, today %d", o.Month, o.MonthBefore, o.Today)
	}
	if len(o.Days) != overview.OverviewDays || o.Days[29].Day != date(2026, 6, 18) || o.Days[29].Amount != 3 ||
		o.Days[28].Amount != 4 || o.Days[11].Amount != 8 || o.Days[0].Day != date(2026, 5, 20) {
		t.Errorf("days: %+v", o.Days)
	}
	if o.OpenOrders != 2 || o.OldOrders != 1 {
		t.Errorf("work orders: %d open, %d old", o.OpenOrders, o.OldOrders)
	}
	if len(o.Signed) != 1 || o.Signed[0].ID != "a" || o.NextMoveIn != date(2026, 6, 20) || len(o.Ending) != 1 || o.Ending[0].ID != "b" {
		t.Errorf("leases: signed %+v, next %v, ending %+v", o.Signed, o.NextMoveIn, o.Ending)
	}
}

// counted fails the test that goes through events to count them.
type counted struct {
	core.Reader
	t *testing.T
}

func (c counted) Each(context.Context, core.Query, func(core.Event) error) error {
	c.t.Error("events were gone through")
	return nil
}

func (c counted) Skim(context.Context, core.Query, func([]core.Skimmed) error) error {
	c.t.Error("payments were gone through")
	return nil
}

func TestOverviewNeverRecounts(t *testing.T) {
	june := time.Date(2026, 6, 18, 12, 0, 0, 0, time.UTC)
	db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-18T09:00:00Z", ledgertest.Cents(100)), ledgertest.Paid(t, "b", "2026-05-18T09:00:00Z", ledgertest.Cents(200)))
	if _, err := overview.Make(counted{db, t}, june); err != nil {
		t.Fatal(err)
	}
}
