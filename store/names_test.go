package store

import (
	"maps"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

func TestNamesSurviveReopening(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	lease, unit := core.NameKey{Kind: core.NameLease, ID: "1"}, core.NameKey{Kind: core.NameUnit, ID: "1\x00b"}
	gone := core.NameKey{Kind: core.NameVendor, ID: "v"}
	want := map[core.NameKey]core.Name{lease: {Given: "Zoë", Learned: "Z."}, unit: {Learned: "2A"}}
	for _, batch := range []map[core.NameKey]core.Name{
		{lease: {Given: "Somebody"}, gone: {Given: "Tolliver"}},
		{lease: want[lease], unit: want[unit], gone: {}},
	} {
		if err := db.SaveNames(batch); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := open(t, dir).Names()
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

// TestFilesFromBeforeNamesGetTheirBucket takes it away, as no version of the
// schema says that it is there.
func TestFilesFromBeforeNamesGetTheirBucket(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, rent("e1", "1", 1, june18))
	if err := db.update(func(tx *bbolt.Tx) error { return tx.DeleteBucket(bucketNames) }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	reader, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	if names, err := reader.Names(); err != nil || len(names) > 0 {
		t.Errorf("an old file, only read: %v, %v", names, err)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if err := db.SaveNames(map[core.NameKey]core.Name{{Kind: core.NameLease, ID: "1"}: {Given: "Zoë"}}); err != nil {
		t.Fatal(err)
	}
	if e, err := db.Event(1); err != nil || e.ID != "e1" {
		t.Errorf("event 1 is %v, %v", e.ID, err)
	}
}
