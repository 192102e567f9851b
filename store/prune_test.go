package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

var (
	longAgo = time.Date(2021, 3, 5, 9, 0, 0, 0, time.UTC)
	newYear = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
)

// mustVerify counts the store through.
func mustVerify(t testing.TB, db *DB) {
	t.Helper()
	if r, err := audit(context.Background(), db.path, db.view); err != nil || !r.Fine() {
		t.Errorf("%+v, %v", r, err)
	}
}

// addAtOnce stores events in few commits.
func addAtOnce(t testing.TB, db *DB, events []core.Event) {
	t.Helper()
	for some := range slices.Chunk(events, 5000) {
		addAll(t, db, some)
	}
}

// fillYears stores n old payments and n new ones, of one lease.
func fillYears(t testing.TB, db *DB, n int) {
	t.Helper()
	var events []core.Event
	for i := range 2 * n {
		at := longAgo.Add(time.Duration(i) * time.Minute)
		if i >= n {
			at = june18.Add(time.Duration(i) * time.Minute)
		}
		events = append(events, rent(fmt.Sprint("pay", i), "1", 100, at))
	}
	addAtOnce(t, db, events)
}

func TestPruneDeletesWhatIsOldAndKnowsItsIds(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	const n = 2*pruneStep + 7
	fillYears(t, db, n)
	if _, _, err := db.Quarantine(core.Quarantined{ReceivedAt: longAgo, Reason: core.ReasonNoID, Body: []byte("x")}); err != nil {
		t.Fatal(err)
	}
	want, err := db.Expired(t.Context(), newYear)
	if err != nil || want != (core.Expired{Events: n, Payments: n, Quarantined: 1, Concerns: 1}) {
		t.Fatalf("Expired = %+v, %v", want, err)
	}
	if got, err := db.Prune(t.Context(), newYear); err != nil || got != want {
		t.Fatalf("Prune = %+v, %v; foretold was %+v", got, err, want)
	}
	if got, err := db.Prune(t.Context(), newYear); err != nil || got != (core.Expired{}) {
		t.Errorf("a second Prune = %+v, %v", got, err)
	}
	mustVerify(t, db)
	if seq, fresh, err := db.Add(rent("pay0", "1", 100, june18)); fresh || err != nil || seq != 1 {
		t.Errorf("a deleted event that is sent again: %d, %v, %v", seq, fresh, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	mustVerify(t, db)
	for _, feed := range []core.Feed{core.FeedActivity, core.FeedPayments} {
		page, err := db.Page(feed, n-3, 10)
		if err != nil || !slices.Equal(ids(page), []string{fmt.Sprint("pay", n+2), fmt.Sprint("pay", n+1), fmt.Sprint("pay", n)}) {
			t.Errorf("the end of %s: %v, %v", feed, ids(page), err)
		}
	}
	add(t, db, rent("next", "1", 1, june18))
	s, err := db.Summary()
	if err != nil || s.Events != n+1 || s.Feeds[core.FeedPayments] != n+1 || s.LastSeq != 2*n+1 || s.Quarantined != 0 || s.Attention != 0 {
		t.Errorf("Summary = %+v, %v", s, err)
	}
	if got := collect(t, db, core.Query{}); len(got) != n+1 || got[0] != fmt.Sprint("pay", n) {
		t.Errorf("Each walks %d events from %s on", len(got), got[0])
	}
	history, err := db.History(core.Subject{Kind: "lease", ID: "1"}, 10*n)
	if err != nil || len(history) != n+1 {
		t.Errorf("the lease has a history of %d, %v", len(history), err)
	}
}

func TestPruneKeepsWhatIsOpen(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	date := func(year int) core.Date { return core.Date{Year: year, Month: 6, Day: 30} }
	add(t, db,
		event("1", longAgo, core.WorkOrder{ID: "open", Status: "Assigned"}),
		event("2", longAgo, core.WorkOrder{ID: "closed", Status: "Completed"}),
		event("3", longAgo, core.LeaseSigned{Lease: "runs", MoveIn: date(2021), Months: 120}),
		event("4", longAgo, core.LeaseSigned{Lease: "monthly", MoveIn: date(2021)}),
		event("5", longAgo, core.LeaseSigned{Lease: "over", MoveIn: date(2021), Months: 12}),
		event("6", longAgo, core.LeaseExpired{Lease: "left", Vacate: date(2022)}),
		rent("7", "paid once", 1, longAgo),
		rent("8", "pays", 1, longAgo),
		event("9", longAgo, core.Tenant{ID: "tenant"}),
		rent("10", "pays", 1, june18),
	)
	if _, err := db.Prune(t.Context(), newYear); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, db)
	orders, err := db.WorkOrders()
	if err != nil || len(orders) != 1 || orders[0].ID != "open" {
		t.Errorf("work orders %+v, %v", orders, err)
	}
	leases, err := db.Leases()
	var names []string
	for _, l := range leases {
		names = append(names, l.ID)
	}
	if err != nil || !slices.Equal(names, []string{"monthly", "pays", "runs"}) {
		t.Errorf("leases %v, %v", names, err)
	}
	if tenants, err := db.Tenants(); err != nil || len(tenants) != 1 {
		t.Errorf("tenants %v, %v", tenants, err)
	}
	if s, err := db.Summary(); err != nil || s.OpenWorkOrders != 1 {
		t.Errorf("%d open work orders, %v", s.OpenWorkOrders, err)
	}
	add(t, db, event("11", june18, core.WorkOrder{ID: "open", Status: "Completed"}))
	if s, err := db.Summary(); err != nil || s.OpenWorkOrders != 0 {
		t.Errorf("%d open work orders after the last was done, %v", s.OpenWorkOrders, err)
	}
}

func TestClockThatWasWrongKeepsMoreAndNeverLess(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	add(t, db, rent("old", "1", 1, longAgo), rent("ahead", "1", 1, june18), rent("behind", "1", 1, longAgo))
	if got, err := db.Prune(t.Context(), newYear); err != nil || got.Events != 1 {
		t.Errorf("Prune = %+v, %v", got, err)
	}
	if got := collect(t, db, core.Query{}); !slices.Equal(got, []string{"ahead", "behind"}) {
		t.Errorf("left are %v", got)
	}
}

func TestPruneOfEverythingLeavesAStoreThatGoesOn(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	add(t, db, rent("a", "1", 1, longAgo), rent("b", "1", 1, longAgo))
	if _, err := db.Prune(t.Context(), newYear); err != nil {
		t.Fatal(err)
	}
	if s, err := db.Summary(); err != nil || s.Events != 0 || s.LastSeq != 2 {
		t.Errorf("Summary = %+v, %v", s, err)
	}
	if h, err := db.Holdings(); err != nil || h.Removed != 2 || !h.Oldest.IsZero() {
		t.Errorf("Holdings = %+v, %v", h, err)
	}
	if totals, err := db.Totals(time.Time{}, june18); err != nil || len(totals) != 0 {
		t.Errorf("totals %v, %v", totals, err)
	}
	var count uint64
	var sum core.Cents
	if err := db.view(func(tx *bbolt.Tx) error {
		count, sum = decodeTotal(tx.Bucket(bucketMeta).Get(keyGoneTotals))
		return nil
	}); err != nil || count != 2 || sum != 2 {
		t.Errorf("gone are %d payments of %d, %v", count, sum, err)
	}
	add(t, db, rent("c", "1", 1, june18))
	mustVerify(t, db)
}
