package store

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// fill stores n events of every kind, some late and some that need attention,
// quarantined deliveries, handled concerns, and what Rentbell remembers.
func fill(t testing.TB, db *DB, n int) {
	t.Helper()
	for i := range n {
		add(t, db, sample(i))
		if i%10 == 3 {
			if _, _, err := db.Quarantine(core.Quarantined{ReceivedAt: june18, Reason: core.ReasonNotObject, Body: fmt.Append(nil, "odd ", i)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	concerns, err := db.Concerns(n)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range concerns {
		if i%3 == 0 {
			if err := db.MarkHandled(c.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	remember(t, db, uint64(n))
}

func remember(t testing.TB, db *DB, lastSeq uint64) {
	t.Helper()
	s := core.DefaultSettings()
	s.Address = "https://oakline.ngrok.app"
	db.CountRejected(june18)
	for _, err := range []error{
		db.SaveSettings(s),
		db.SaveRegistration(core.Registration{Address: "https://a/webhooks/appfolio", At: june18, Salt: []byte{1}, Fingerprint: []byte{2}}),
		db.SavePresence(core.Presence{Opened: june18, Gaps: []core.Gap{{From: june18, To: june18.Add(time.Hour), Reason: core.GapOff}}}),
		db.SaveExports([]core.PastExport{{At: june18, Format: core.FormatXero, Rows: 2, LastSeq: lastSeq, File: "June.csv"}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// sample is the nth of events that differ in kind, subject and order.
func sample(n int) core.Event {
	at := june18.Add(time.Duration(n%17-n) * time.Minute)
	id, place := fmt.Sprint(n%23), core.Place{Tenant: fmt.Sprint("Tenant ", n%5), Property: "Alder Court"}
	e := core.Event{ID: fmt.Sprint("evt_", n), Type: "t", OccurredAt: at, ReceivedAt: june18.Add(time.Duration(n) * time.Second),
		Body: fmt.Appendf(nil, `{"id":"evt_%d"}`, n)}
	switch n % 7 {
	case 0, 1:
		e.Detail = core.Payment{Place: place, Lease: id, Amount: core.Cents(n*100 - 500), AmountKnown: true, Method: "Card"}
	case 2:
		e.Detail = core.WorkOrder{Place: place, ID: id, Status: []string{"New", "Completed"}[n%2], Vendor: "Tolliver"}
	case 3:
		e.Detail = core.LeaseSigned{Place: place, Lease: id, MoveIn: core.Date{Year: 2026, Month: 7, Day: 1}, Months: 12}
	case 4:
		e.Detail = core.LeaseExpired{Place: place, Lease: id, UnitID: "u", Vacate: core.Date{Year: 2026, Month: 6, Day: 30}}
	case 5:
		e.Detail = core.Tenant{Place: place, ID: id, Email: "zoe@example.com"}
		e.Attention = core.Attention{Reason: core.ReasonNoProperty}
	}
	return e
}

// contents is everything that a store answers.
type contents struct {
	Summary      core.Summary
	Events       []core.Event
	Quarantined  []core.Quarantined
	Concerns     []core.Concern
	Feeds        map[core.Feed][]core.Event
	History      []core.Event
	Totals       []core.Total
	WorkOrders   []core.WorkOrderState
	Leases       []core.LeaseState
	Tenants      []core.TenantState
	Settings     core.Settings
	Registration core.Registration
	Presence     core.Presence
	Exports      []core.PastExport
}

// everything reads a store whole and closes it.
func everything(t testing.TB, dir string) contents {
	t.Helper()
	db, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // it was only read
	c := contents{Feeds: map[core.Feed][]core.Event{}}
	all := func(errs ...error) {
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var e [10]error
	c.Summary, e[0] = db.Summary()
	c.Concerns, e[1] = db.Concerns(1e6)
	c.History, e[2] = db.History(core.Subject{Kind: "lease", ID: "7"}, 1e6)
	c.Totals, e[3] = db.Totals(june18.AddDate(-100, 0, 0), june18.AddDate(100, 0, 0))
	c.WorkOrders, e[4] = db.WorkOrders()
	c.Leases, e[5] = db.Leases()
	c.Tenants, e[6] = db.Tenants()
	c.Settings, e[7] = db.Settings()
	c.Registration, e[8] = db.Registration()
	c.Presence, e[9] = db.Presence()
	all(e[:]...)
	var err2 error
	c.Exports, err2 = db.Exports()
	all(err2,
		db.Each(t.Context(), core.Query{}, func(e core.Event) error { c.Events = append(c.Events, e); return nil }),
		db.EachQuarantined(t.Context(), func(q core.Quarantined) error { c.Quarantined = append(c.Quarantined, q); return nil }))
	for _, feed := range []core.Feed{core.FeedPayments, core.FeedWorkOrders, core.FeedLeases, core.FeedTenants} {
		page, err := db.Page(feed, 0, 1e6)
		all(err)
		c.Feeds[feed] = page
	}
	return c
}

// filled makes a store of n events and closes it.
func filled(t testing.TB, n int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	db := openUnsynced(t, dir)
	fill(t, db, n)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// openUnsynced opens a store that does not wait for the disk: to fill it takes
// hundreds of commits, and no test looks at what a power cut would leave of them.
func openUnsynced(t testing.TB, dir string) *DB {
	t.Helper()
	db := open(t, dir)
	db.bolt.NoSync = true
	return db
}

// stored makes a data directory with a file of this content.
func stored(t testing.TB, content []byte) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func checked(t testing.TB, dir string) Report {
	t.Helper()
	r, err := Check(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestStoreThatWasOnlyAddedToIsFine(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 7, 300} {
		dir := filled(t, n)
		before := names(t, dir)
		if r := checked(t, dir); !r.Fine() || r.Events != n {
			t.Errorf("%d events: %+v", n, r)
		}
		if after := names(t, dir); !slices.Equal(before, after) {
			t.Errorf("a check left %v, there was %v", after, before)
		}
	}
}

func names(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// tamper changes a closed store behind its back.
func tamper(t testing.TB, dir string, fn func(tx *bbolt.Tx) error) {
	t.Helper()
	bolt, err := bbolt.Open(filepath.Join(dir, FileName), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := bolt.Update(fn); err != nil {
		t.Fatal(err)
	}
	if err := bolt.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestEveryPartThatDiffersIsFoundAndRepaired(t *testing.T) {
	t.Parallel()
	dir := filled(t, 120)
	want := everything(t, dir)
	whole, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	derived := []string{"known", "payments.n", "workorders.n", "leases.n", "tenants.n", "payments", "latest",
		"workorders", "leases", "tenants", "totals", "meta"}
	changes := map[string]func(b *bbolt.Bucket) error{
		"one missing": func(b *bbolt.Bucket) error { k, _ := b.Cursor().Last(); return b.Delete(k) },
		"one wrong":   func(b *bbolt.Bucket) error { k, v := b.Cursor().First(); return b.Put(k, append(slices.Clone(v), 1)) },
		"one more":    func(b *bbolt.Bucket) error { return b.Put([]byte("~"), nil) },
	}
	for _, part := range derived {
		for what, change := range changes {
			if part == "meta" && what != "one wrong" {
				continue // the last is the schema itself, and what nobody knows there is kept
			}
			t.Run(part+", "+what, func(t *testing.T) {
				t.Parallel()
				dir := stored(t, whole)
				tamper(t, dir, func(tx *bbolt.Tx) error { return change(tx.Bucket([]byte(part))) })
				if r := checked(t, dir); len(r.Differences) != 1 || r.Differences[0].Part != part {
					t.Errorf("%+v", r)
				}
				repairAndCompare(t, dir, want)
			})
		}
	}
}

// repairAndCompare repairs a store and holds it to what it should be.
func repairAndCompare(t *testing.T, dir string, want contents) {
	t.Helper()
	old, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	done, err := Repair(t.Context(), dir, june18)
	if err != nil || done.Lost != 0 || done.Events != len(want.Events) {
		t.Fatalf("Repair = %+v, %v", done, err)
	}
	if r := checked(t, dir); !r.Fine() {
		t.Errorf("after the repair: %+v", r)
	}
	if got := everything(t, dir); !reflect.DeepEqual(got, want) {
		t.Error("the repaired store says something else")
	}
	if kept, err := os.ReadFile(done.Aside); err != nil || !slices.Equal(kept, old) {
		t.Errorf("the old file is not what it was: %v", err)
	}
}

func TestCheckLeavesAStoreInUseAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	fill(t, db, 20)
	if _, err := Check(t.Context(), dir); err == nil {
		t.Error("Check of a store in use succeeded")
	}
	if _, err := Repair(t.Context(), dir, june18); err == nil {
		t.Error("Repair of a store in use succeeded")
	}
	add(t, db, rent("after", "1", 1, june18))
}
