package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"rentbell/core"
)

// knock is a doorbell of a work order.
func knock(id, entity string, at time.Time) core.Event {
	return core.Event{ID: id, Type: "work_orders", OccurredAt: at, ReceivedAt: at,
		Detail: core.Doorbell{Topic: "work_orders", Entity: entity, Change: "update"}, Body: []byte(`{"topic":"work_orders"}`)}
}

func reads(t testing.TB, db *DB) []core.Lookup {
	t.Helper()
	all, err := db.Lookups(100)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func settle(t testing.TB, db *DB, s core.Settlement) int {
	t.Helper()
	fresh, err := db.Settle(s)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func TestTenDoorbellsOfOneWorkOrderAreOneRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	for i := range 10 {
		add(t, db, knock(fmt.Sprint("d", i), "wo-1", june18.Add(time.Duration(i)*time.Second)))
	}
	if _, fresh, err := db.Add(knock("d9", "wo-1", june18.Add(time.Hour))); fresh || err != nil { // sent twice: no ring
		t.Fatalf("fresh %v, %v", fresh, err)
	}
	add(t, db, knock("other", "wo-2", june18))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	want := []core.Lookup{
		{Topic: "work_orders", ID: "wo-2", Rings: 1, First: june18, Due: june18, At: june18},
		{Topic: "work_orders", ID: "wo-1", Rings: 10, First: june18, Due: june18.Add(9 * time.Second), At: june18.Add(9 * time.Second)},
	}
	if got := reads(t, db); !slices.Equal(got, want) {
		t.Errorf("after a restart: got %+v, want %+v", got, want)
	}
	if got, err := db.Lookups(1); err != nil || !slices.Equal(got, want[:1]) {
		t.Errorf("the first: got %+v, %v", got, err)
	}
}

func TestReadThatRangAgainMeanwhileStays(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	add(t, db, knock("d1", "wo-1", june18), knock("d2", "wo-2", june18))
	taken := reads(t, db)
	add(t, db, knock("d3", "wo-1", june18.Add(time.Minute)))

	settle(t, db, core.Settlement{Done: taken})
	left := reads(t, db)
	if len(left) != 1 || left[0].ID != "wo-1" || left[0].Rings != 2 {
		t.Fatalf("got %+v, want wo-1, which rang again", left)
	}
	later := left[0]
	later.Due, later.Tries = june18.Add(time.Hour), 1
	add(t, db, knock("d4", "wo-1", june18.Add(2*time.Minute)))
	settle(t, db, core.Settlement{Later: []core.Lookup{later}})
	if got := reads(t, db); got[0].Tries != 0 || !got[0].Due.Equal(june18.Add(2*time.Minute)) {
		t.Errorf("got %+v, want the ring to count, not the pause from before it", got)
	}
}

func TestDoorbellTellsThatAThingIsGone(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	e := knock("d1", "wo-1", june18)
	e.Detail = core.Doorbell{Topic: "work_orders", Entity: "wo-1", Change: "destroy"}
	add(t, db, e)
	if got := reads(t, db); !got[0].Gone {
		t.Errorf("got %+v, want it gone", got)
	}
	kept, err := db.Event(1)
	if err != nil || kept.Detail != e.Detail || string(kept.Data()) != string(e.Body) {
		t.Errorf("got %+v, %v, want the doorbell as it came", kept, err)
	}
}

func TestLatestChangeSaysWhetherAThingIsGone(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		changes []string // in the order of their arrival; each happened at the second it names
		gone    bool
	}{
		{"in order", []string{"1 update", "2 destroy"}, true},
		{"out of order", []string{"2 destroy", "1 update"}, true},
		{"in the same second", []string{"1 destroy", "1 update"}, true},
		{"back again", []string{"1 destroy", "2 update"}, false},
	}
	for _, tt := range tests {
		db := open(t, t.TempDir())
		var latest time.Time
		for i, change := range tt.changes {
			e := knock(fmt.Sprint("d", i), "wo-1", june18)
			second, what := int(change[0]-'0'), change[2:]
			e.OccurredAt = june18.Add(time.Duration(second) * time.Second)
			e.Detail = core.Doorbell{Topic: "work_orders", Entity: "wo-1", Change: what}
			if e.OccurredAt.After(latest) {
				latest = e.OccurredAt
			}
			add(t, db, e)
		}
		if got := reads(t, db)[0]; got.Gone != tt.gone || !got.At.Equal(latest) {
			t.Errorf("%s: gone %v at %v, want %v at %v", tt.name, got.Gone, got.At, tt.gone, latest)
		}
	}
}

func TestLearnedNamesStandBehindGivenOnes(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	unit, vendor := core.NameKey{Kind: core.NameUnit, ID: "7"}, core.NameKey{Kind: core.NameVendor, ID: "7"}
	if err := db.SaveNames(map[core.NameKey]core.Name{unit: {Given: "The attic"}}); err != nil {
		t.Fatal(err)
	}
	settle(t, db, core.Settlement{Names: map[core.NameKey]string{unit: "4B", vendor: "Oak Line"}})
	settle(t, db, core.Settlement{Names: map[core.NameKey]string{vendor: ""}})
	got, err := db.Names()
	if want := map[core.NameKey]core.Name{unit: {Given: "The attic", Learned: "4B"}}; err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

func TestSettlementIsKeptOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, knock("d1", "wo-1", june18))
	s := core.Settlement{
		Events: []core.Event{rent("receipt:7", "1", 145000, june18)},
		Records: []core.Record{
			{RecordKey: core.RecordKey{Kind: "receipt", ID: "7"}, Value: []byte("145000")},
			{RecordKey: core.RecordKey{Kind: "receipts", ID: "8"}, Value: []byte("another kind")},
		},
		Done:      reads(t, db),
		Wanted:    []core.Lookup{{Topic: "charges", ID: "c", Rings: 1, First: june18, Due: june18}},
		Bookmarks: map[string]time.Time{"receipts": june18},
	}
	if fresh := settle(t, db, s); fresh != 1 {
		t.Errorf("%d events are new, want 1", fresh)
	}
	if fresh := settle(t, db, s); fresh != 0 {
		t.Errorf("the second time %d events are new", fresh)
	}
	settle(t, db, core.Settlement{Bookmarks: map[string]time.Time{"leases": june18.Add(time.Hour)}})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got := collect(t, db, core.Query{}); !slices.Equal(got, []string{"d1", "receipt:7"}) {
		t.Errorf("events: %v", got)
	}
	if value, err := db.Record(core.RecordKey{Kind: "receipt", ID: "7"}); err != nil || string(value) != "145000" {
		t.Errorf("record: %q, %v", value, err)
	}
	for name, want := range map[string]time.Time{"receipts": june18, "leases": june18.Add(time.Hour), "never": {}} {
		if at, err := db.ReadUpTo(name); err != nil || !at.Equal(want) {
			t.Errorf("bookmark %s: %v, %v, want %v", name, at, err, want)
		}
	}
	if got := reads(t, db); len(got) != 1 || got[0].Topic != "charges" {
		t.Errorf("to be read: %+v", got)
	}
	settle(t, db, core.Settlement{Records: []core.Record{{RecordKey: core.RecordKey{Kind: "receipt", ID: "7"}}}})
	if value, err := db.Record(core.RecordKey{Kind: "receipt", ID: "7"}); err != nil || value != nil {
		t.Errorf("a forgotten record: %q, %v", value, err)
	}
}

func TestRecordsOfAKindAreWalked(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	var s core.Settlement
	want := map[string]string{}
	for i := range 2*recordBatch + 3 {
		id := fmt.Sprint("lease-", i)
		want[id] = fmt.Sprint(i)
		s.Records = append(s.Records, core.Record{RecordKey: core.RecordKey{Kind: "lease", ID: id}, Value: []byte(want[id])},
			core.Record{RecordKey: core.RecordKey{Kind: "leases", ID: id}, Value: []byte("another kind")})
	}
	settle(t, db, s)
	got := map[string]string{}
	if err := db.EachRecord(t.Context(), "lease", func(id string, value []byte) error {
		got[id] = string(value)
		return nil
	}); err != nil || !maps.Equal(got, want) {
		t.Errorf("got %d records, %v, want %d", len(got), err, len(want))
	}
	enough := errors.New("enough")
	if err := db.EachRecord(t.Context(), "lease", func(string, []byte) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("got %v", err)
	}
}

func TestBatchIsKeptWhole(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	add(t, db, knock("d1", "wo-1", june18))
	fresh, err := db.AddAll(core.Delivery{
		Events: []core.Event{knock("d1", "wo-1", june18), knock("d2", "wo-2", june18), knock("d2", "wo-2", june18)},
		Strays: []core.Quarantined{{ReceivedAt: june18, Reason: core.ReasonOtherAccount, Body: []byte(`{}`)}},
	})
	if err != nil || fresh != (core.Kept{Events: 1, Strays: 1}) {
		t.Errorf("%+v are new, %v, want one of each", fresh, err)
	}
	s, err := db.Summary()
	if err != nil || s.Events != 2 || s.Quarantined != 1 || s.Duplicates.Count != 2 || s.Attention != 1 {
		t.Errorf("got %+v, %v", s, err)
	}
}

func TestPublicKeysSurviveARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	if keys, err := db.PublicKeys(); keys != nil || err != nil {
		t.Errorf("a new store: %q, %v", keys, err)
	}
	if err := db.SavePublicKeys([]byte(`{"keys":[]}`)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if keys, err := open(t, dir).PublicKeys(); string(keys) != `{"keys":[]}` || err != nil {
		t.Errorf("after a restart: %q, %v", keys, err)
	}
}

func TestRepairKeepsNamesAndWhatWasReadBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, knock("d1", "wo-1", june18), knock("d2", "wo-2", june18))
	key := core.RecordKey{Kind: "workorder", ID: "wo-1"}
	settle(t, db, core.Settlement{Done: reads(t, db)[:1], Records: []core.Record{{RecordKey: key, Value: []byte("New")}},
		Bookmarks: map[string]time.Time{"leases": june18}})
	want, lease := reads(t, db), core.NameKey{Kind: core.NameLease, ID: "1"}
	if err := db.SaveNames(map[core.NameKey]core.Name{lease: {Given: "Dana"}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err := Check(t.Context(), dir); err != nil || !r.Fine() {
		t.Errorf("check: %+v, %v", r, err)
	}
	if _, err := Repair(t.Context(), dir, june18); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got := reads(t, db); !slices.Equal(got, want) {
		t.Errorf("to be read: %+v, want %+v", got, want)
	}
	if names, err := db.Names(); err != nil || names[lease].Given != "Dana" {
		t.Errorf("names: %v, %v", names, err)
	}
	if value, err := db.Record(key); err != nil || string(value) != "New" {
		t.Errorf("record: %q, %v", value, err)
	}
	if at, err := db.ReadUpTo("leases"); err != nil || !at.Equal(june18) {
		t.Errorf("bookmark: %v, %v", at, err)
	}
}
