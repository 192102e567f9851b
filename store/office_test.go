package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

func officeEvent(n int) core.Event {
	at := time.Date(2026, 6, 1, 10, n, 0, 0, time.UTC)
	return core.Event{
		Seq: uint64(n), ID: fmt.Sprint("evt-", n), Type: core.TypePaymentReceived, OccurredAt: at, ReceivedAt: at,
		Detail: core.Payment{Lease: "L-1", Amount: core.Cents(n * 100), AmountKnown: true, Method: "ACH"}, Body: fmt.Appendf(nil, `{"id":"evt-%d","data":{}}`, n),
	}
}

func openOffice(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestEventsOfAnotherStoreKeepTheirNumbers(t *testing.T) {
	here, there := openOffice(t), openOffice(t)
	for n := 1; n <= 3; n++ {
		if _, _, err := there.Add(officeEvent(n)); err != nil {
			t.Fatal(err)
		}
	}
	var events []core.Event
	if err := there.Each(t.Context(), core.Query{}, func(e core.Event) error {
		b, err := store.Encode(e)
		if err != nil {
			return err
		}
		e, err = store.Decode(e.Seq, b)
		events = append(events, e)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := here.Copy(events[:2]); err != nil {
		t.Fatal(err)
	}
	for what, wrong := range map[string][]core.Event{
		"a gap": {officeEvent(4)}, "events that are here": events[:2], "one id twice": {events[2], {Seq: 4, ID: "evt-3"}}, "an id that is here": {{Seq: 3, ID: "evt-1"}},
	} {
		if err := here.Copy(wrong); !errors.Is(err, store.ErrOrder) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := errors.Join(here.Copy(nil), here.Copy(events[2:])); err != nil {
		t.Fatal(err)
	}
	got, err := here.Event(3)
	if err != nil || got.ID != "evt-3" || string(got.Body) != string(events[2].Body) {
		t.Errorf("event 3 is %+v, %v", got, err)
	}
	if s, err := here.Summary(); err != nil || s.Feeds[core.FeedPayments] != 3 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestASnapshotLeavesOutWhatIsThisComputersOwn(t *testing.T) {
	db := openOffice(t)
	key := core.NameKey{Kind: core.NameLease, ID: "L-1"}
	_, _, first := db.Add(officeEvent(1))
	_, _, second := db.Quarantine(core.Quarantined{ReceivedAt: time.Now(), Reason: core.ReasonNotObject, Body: []byte("no event")})
	if err := errors.Join(first, second,
		db.SaveNames(map[core.NameKey]core.Name{key: {Given: "Ana"}}),
		db.SaveRegistration(core.Registration{Address: "https://oakline.example"}),
	); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "snapshot.db")
	if err := db.Snapshot(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	desk := openOffice(t)
	c, err := desk.Examine(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	s, err := desk.Summary()
	if err != nil || s.LastSeq != 1 || s.Quarantined != 0 || s.Attention != 0 {
		t.Errorf("the desk has %+v, %v", s, err)
	}
	if r, err := desk.Registration(); err != nil || r.Address != "" {
		t.Errorf("the desk has the registration of %q, %v", r.Address, err)
	}
	if names, err := desk.Names(); err != nil || names[key].Given != "Ana" {
		t.Errorf("the desk has the names %v, %v", names, err)
	}
	if h, err := db.Holdings(); err != nil || !h.Backup.IsZero() || h.Quarantined != 1 {
		t.Errorf("the receiver has %+v, %v", h, err)
	}
}

// portfolio is three years of an office: an event every ten days.
func portfolio() (events []core.Event) {
	date := func(year int) core.Date { return core.Date{Year: year, Month: 6, Day: 30} }
	for n := 1; n <= 108; n++ {
		at := time.Date(2023, 7, 1, 10, 0, 0, 0, time.UTC).AddDate(0, 0, 10*n)
		if n == 40 {
			at = at.AddDate(2, 0, 0) // the receiver's clock was wrong
		}
		e := officeEvent(n)
		e.OccurredAt, e.ReceivedAt = at, at
		switch lease := fmt.Sprint("L-", n%9); n % 4 {
		case 0:
			e.Type, e.Detail = core.TypeWorkOrderUpdated, core.WorkOrder{ID: fmt.Sprint("W-", n%7), Status: []string{"New", "Completed"}[n%2]}
		case 1:
			e.Type, e.Detail = core.TypeLeaseSigned, core.LeaseSigned{Lease: lease, MoveIn: date(2023), Months: 12}
		case 2:
			e.Type, e.Detail = core.TypeTenantCreated, core.Tenant{ID: fmt.Sprint("T-", n%5)}
		default:
			e.Detail = core.Payment{Lease: lease, Amount: core.Cents(n * 100), AmountKnown: true}
		}
		events = append(events, e)
	}
	return events
}

// told is what a store tells of its events, and of what follows from them.
func told(t *testing.T, db *store.DB) string {
	t.Helper()
	var text strings.Builder
	if err := db.Each(t.Context(), core.Query{}, func(e core.Event) error {
		fmt.Fprintf(&text, "%d %s %v %s\n", e.Seq, e.ID, e.Detail, e.Body)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	leases, errLeases := db.Leases()
	orders, errOrders := db.WorkOrders()
	tenants, errTenants := db.Tenants()
	totals, errTotals := db.Totals(time.Time{}, time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	s, errSummary := db.Summary()
	if err := errors.Join(errLeases, errOrders, errTenants, errTotals, errSummary); err != nil {
		t.Fatal(err)
	}
	s.Quarantined, s.Attention = 0, 0 // the receiver's own
	fmt.Fprintln(&text, leases, orders, tenants, totals, s)
	return text.String()
}

func TestADeskDeletesWhatItsReceiverHasDeleted(t *testing.T) {
	receiver, awake, asleep, begun := openOffice(t), openOffice(t), openOffice(t), openOffice(t)
	all := portfolio()
	if err := errors.Join(receiver.Copy(all), awake.Copy(all), asleep.Copy(all[:70])); err != nil {
		t.Fatal(err)
	}
	if _, _, err := receiver.Quarantine(core.Quarantined{ReceivedAt: all[0].ReceivedAt, Reason: core.ReasonNotObject, Body: []byte("no event")}); err != nil {
		t.Fatal(err)
	}
	before := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	gone, err := receiver.Prune(t.Context(), before)
	if err != nil || gone.Events != 39 || gone.Quarantined != 1 {
		t.Fatalf("the receiver deleted %+v, %v", gone, err)
	}
	upTo := uint64(gone.Events)
	got, err := awake.PruneTo(t.Context(), upTo, before)
	if err != nil || got.Events != gone.Events || got.Payments != gone.Payments {
		t.Errorf("the desk deleted %+v, %v; the receiver %+v", got, err, gone)
	}
	if _, err := asleep.PruneTo(t.Context(), upTo, before); err != nil {
		t.Fatal(err)
	}
	if err := asleep.Copy(all[70:]); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "snapshot.db")
	if err := receiver.Snapshot(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	c, err := begun.Examine(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	if got, err := begun.PruneTo(t.Context(), upTo, before); err != nil || got != (core.Expired{}) {
		t.Errorf("a snapshot after it still had %+v, %v", got, err)
	}
	want := told(t, receiver)
	for name, desk := range map[string]*store.DB{"that was there": awake, "that came back": asleep, "that began with a snapshot": begun} {
		if got := told(t, desk); got != want {
			t.Errorf("a desk %s has\n%s\nthe receiver\n%s", name, got, want)
		}
	}
	if _, fresh, err := awake.Add(all[0]); fresh || err != nil {
		t.Errorf("a deleted event is taken for a new one, %v", err)
	}
}

func TestASnapshotOfAStoreThatWasClosedIsAnError(t *testing.T) {
	db, dir := openOffice(t), t.TempDir()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "snapshot.db")
	if err := db.Snapshot(t.Context(), path); err == nil {
		t.Error("it is made")
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".rentbell-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file is there: %v", err)
	}
}
