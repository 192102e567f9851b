package store

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// pruned makes a store of n old events and n new ones of the same subjects,
// deletes the old and closes it.
func pruned(t testing.TB, n int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	db := openUnsynced(t, dir)
	for i := range 2 * n {
		e := sample(i)
		e.ReceivedAt = longAgo
		if i >= n {
			e.ReceivedAt = june18
		}
		e.OccurredAt = e.ReceivedAt.Add(e.OccurredAt.Sub(june18))
		add(t, db, e)
		if i%10 == 3 {
			if _, _, err := db.Quarantine(core.Quarantined{ReceivedAt: e.ReceivedAt, Reason: core.ReasonNotObject, Body: fmt.Append(nil, "odd ", i)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	add(t, db,
		event("late", june18, core.WorkOrder{ID: "open", Status: "Scheduled"}),
		rent("late rent", "paid before", 1, june18))
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
	remember(t, db, uint64(n+n/2))
	if err := db.SaveNames(map[core.NameKey]core.Name{{Kind: core.NameLease, ID: "7"}: {Given: "Apt 7"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Prune(t.Context(), newYear); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// outliving makes a store whose states are mostly those of deleted events.
func outliving(t testing.TB) (dir string) {
	t.Helper()
	dir = t.TempDir()
	db := openUnsynced(t, dir)
	date := func(year int) core.Date { return core.Date{Year: year, Month: 6, Day: 30} }
	add(t, db,
		event("1", longAgo, core.WorkOrder{Place: core.Place{Unit: "4"}, ID: "open", Status: "Assigned", Title: "Boiler"}),
		event("2", longAgo, core.LeaseSigned{Place: core.Place{Tenant: "Zoe"}, Lease: "runs", MoveIn: date(2021), Months: 120}),
		rent("3", "paid", 1, longAgo),
		event("4", longAgo, core.Tenant{Place: core.Place{Property: "Alder Court"}, ID: "tenant", Email: "zoe@example.com"}),
		event("5", longAgo, core.WorkOrder{ID: "touched", Status: "New", Title: "Door", Priority: "Urgent"}),
	)
	if _, err := db.Prune(t.Context(), newYear); err != nil {
		t.Fatal(err)
	}
	add(t, db,
		rent("6", "runs", 1, june18),
		rent("7", "new", 1, june18),
		event("8", june18, core.WorkOrder{ID: "touched", Status: "Scheduled", Vendor: "Tolliver"}),
		event("9", june18, core.Tenant{ID: "tenant", PropertyID: "p"}),
		event("10", longAgo.AddDate(-1, 0, 0), core.LeaseSigned{Lease: "runs", MoveIn: date(2020), Months: 12}), // sent late
	)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestStoreThatWasPrunedIsFine(t *testing.T) {
	t.Parallel()
	for name, dir := range map[string]string{"all kinds": pruned(t, 150), "states alone": outliving(t)} {
		if r := checked(t, dir); !r.Fine() {
			t.Errorf("%s: %+v", name, r)
		}
		db := open(t, dir)
		if _, err := db.Compact(t.Context()); err != nil {
			t.Fatal(err)
		}
		backup := filepath.Join(t.TempDir(), "backup.db")
		if err := errors.Join(db.Backup(t.Context(), backup, june18, nil), db.Close()); err != nil {
			t.Fatal(err)
		}
		if r := checked(t, dir); !r.Fine() {
			t.Errorf("%s, compacted: %+v", name, r)
		}
		into := t.TempDir()
		db = open(t, into)
		c, err := db.Examine(t.Context(), backup, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = c.Adopt("aside.db"); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if r := checked(t, into); !r.Fine() {
			t.Errorf("%s, restored: %+v", name, r)
		}
	}
}

func TestRepairKeepsWhatOutlivesItsEvents(t *testing.T) {
	t.Parallel()
	for name, dir := range map[string]string{"all kinds": pruned(t, 150), "states alone": outliving(t)} {
		want, wantMeta := everything(t, dir), metaOf(t, dir)
		repairAndCompare(t, dir, want)
		if got := metaOf(t, dir); !reflect.DeepEqual(got, wantMeta) {
			t.Errorf("%s: meta is %v, was %v", name, got, wantMeta)
		}
		db := open(t, dir)
		if _, fresh, err := db.Add(sample(0)); name == "all kinds" && (fresh || err != nil) {
			t.Errorf("%s: a deleted event that is sent again is new: %v, %v", name, fresh, err)
		}
		if _, fresh, err := db.Add(rent("3", "paid", 1, june18)); name == "states alone" && (fresh || err != nil) {
			t.Errorf("%s: a deleted event that is sent again is new: %v, %v", name, fresh, err)
		}
		if _, err := db.Prune(t.Context(), june18.AddDate(1, 0, 0)); err != nil {
			t.Errorf("%s: prune after the repair: %v", name, err)
		}
	}
}

func metaOf(t testing.TB, dir string) map[string]uint64 {
	t.Helper()
	db, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // it was only read
	all := map[string]uint64{}
	if err := db.view(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketMeta).ForEach(func(k, v []byte) error {
			if n := toNumber(v); n > 0 {
				all[string(k)] = n
			}
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryPartOfAPrunedStoreThatDiffersIsFound(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(filepath.Join(pruned(t, 150), FileName))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"known", "payments.n", "workorders.n", "leases.n", "tenants.n", "payments", "latest", "workorders", "leases", "tenants", "totals"} {
		dir := stored(t, whole)
		tamper(t, dir, func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(part))
			k, v := b.Cursor().First()
			if part == "known" {
				k, v = b.Cursor().Last() // of an event that is there
			}
			return b.Put(slices.Clone(k), append(slices.Clone(v), 1))
		})
		if r := checked(t, dir); len(r.Differences) != 1 || r.Differences[0].Part != part {
			t.Errorf("%s: %+v", part, r)
		}
		if _, err := Repair(t.Context(), dir, june18); err != nil {
			t.Errorf("%s: %v", part, err)
		}
		if r := checked(t, dir); !r.Fine() {
			t.Errorf("%s, repaired: %+v", part, r)
		}
	}
}

func TestEventsLostFromAPrunedStoreLeaveNoHoles(t *testing.T) {
	t.Parallel()
	const n = 150
	dir := pruned(t, n)
	tamper(t, dir, func(tx *bbolt.Tx) error {
		return errors.Join(tx.Bucket(bucketEvents).Delete(number(n+5)), tx.Bucket(bucketEvents).Delete(number(n+50)))
	})
	if r := checked(t, dir); r.Lost != 2 {
		t.Errorf("%+v, want 2 lost", r)
	}
	if done, err := Repair(t.Context(), dir, june18); err != nil || done.Lost != 2 || done.Events != n {
		t.Fatalf("Repair = %+v, %v", done, err)
	}
	if r := checked(t, dir); !r.Fine() {
		t.Errorf("after the repair: %+v", r)
	}
	c := everything(t, dir)
	if c.Events[0].Seq != n+1 || c.Exports[0].LastSeq != n+n/2-2 {
		t.Errorf("the first event is %d; exports %+v", c.Events[0].Seq, c.Exports)
	}
	db := open(t, dir)
	if _, fresh, err := db.Add(sample(n + 49)); !fresh || err != nil {
		t.Errorf("a lost event that is sent again: %v, %v", fresh, err)
	}
	if _, fresh, err := db.Add(sample(49)); fresh || err != nil {
		t.Errorf("a deleted event that is sent again: %v, %v", fresh, err)
	}
}

func TestDamagedStoreThatWasPrunedIsSaved(t *testing.T) {
	t.Parallel()
	dir := pruned(t, 300)
	whole, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	pageSize, of, live := recordPages(t, whole)
	want := everything(t, dir)
	for name, damage := range damages {
		r := rand.New(rand.NewPCG(7, 1))
		content, hit := bytes.Clone(whole), map[uint64]bool{}
		for range 1 + r.IntN(8) {
			id := live[r.IntN(len(live))]
			hit[id] = true
			damage(r, content[int(id)*pageSize:][:pageSize])
		}
		t.Run(name, func(t *testing.T) { t.Parallel(); assertSaved(t, content, want, of, hit) })
	}
}

// stranger is a bucket that this version knows nothing of.
var stranger = []byte("stranger")

func TestBucketThatNobodyKnowsIsTakenAlong(t *testing.T) {
	t.Parallel()
	dir := filled(t, 30)
	tamper(t, dir, func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket(stranger)
		if err != nil {
			return err
		}
		return errors.Join(b.Put([]byte("key"), []byte("value")), b.Put([]byte("empty"), nil), b.SetSequence(7))
	})
	if r := checked(t, dir); !r.Fine() {
		t.Errorf("%+v", r)
	}
	if _, err := Repair(t.Context(), dir, june18); err != nil {
		t.Fatal(err)
	}
	db := open(t, dir)
	assertStranger(t, "repaired", db)
	if _, err := db.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	assertStranger(t, "compacted", db)
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := db.Backup(t.Context(), backup, june18, nil); err != nil {
		t.Fatal(err)
	}
	c, err := db.Examine(t.Context(), backup, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	assertStranger(t, "restored", db)
}

func assertStranger(t *testing.T, what string, db *DB) {
	t.Helper()
	if err := db.view(func(tx *bbolt.Tx) error {
		b := tx.Bucket(stranger)
		if b == nil || string(b.Get([]byte("key"))) != "value" || b.Get([]byte("empty")) == nil || b.Sequence() != 7 {
			t.Errorf("%s: the bucket is not what it was", what)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestBackupOfAnOlderVersionIsRestoredWithAllBuckets(t *testing.T) {
	t.Parallel()
	old := filled(t, 30)
	tamper(t, old, func(tx *bbolt.Tx) error {
		return errors.Join(tx.DeleteBucket(bucketNames), tx.DeleteBucket(bucketReads), tx.DeleteBucket(bucketRecords))
	})
	db := open(t, t.TempDir())
	c, err := db.Examine(t.Context(), filepath.Join(old, FileName), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveNames(map[core.NameKey]core.Name{{Kind: core.NameLease, ID: "1"}: {Given: "Apt 1"}}); err != nil {
		t.Error(err)
	}
}

func TestWhatACheckOrARepairLeftIsClearedAway(t *testing.T) {
	t.Parallel()
	dir := filled(t, 3)
	for _, name := range []string{"rentbell-check-123.tmp", "rentbell-repair-123.tmp", "rentbell-damaged-2026.db", "notes.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := names(t, dir), []string{"notes.tmp", "rentbell-damaged-2026.db", FileName}; !slices.Equal(got, want) {
		t.Errorf("left are %v, want %v", got, want)
	}
}
