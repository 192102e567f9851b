package store

import (
	"fmt"
	"maps"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// called are names of leases by their ids.
func called(given map[string]string) map[core.NameKey]core.Name {
	names := map[core.NameKey]core.Name{}
	for id, text := range given {
		names[core.NameKey{Kind: core.NameLease, ID: id}] = core.Name{Given: text}
	}
	return names
}

// asOf holds the names of a moment against what they should be.
func asOf(t *testing.T, db *DB, renames uint64, want map[core.NameKey]core.Name) {
	t.Helper()
	if got, err := db.NamesAsOf(renames); err != nil || !maps.Equal(got, want) {
		t.Errorf("after %d changes: %v, %v, want %v", renames, got, err, want)
	}
}

// exportedAt is an export that was made after so many changes of names.
func exportedAt(renames uint64) core.PastExport {
	return core.PastExport{Recipe: core.Recipe{SHA256: "ab", Renames: renames}}
}

func TestNamesOfAnEarlierTimeAreKnownWhileAnExportOfItIsRemembered(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	first, second := called(map[string]string{"1": "Ana", "2": "Bo"}), called(map[string]string{"1": "Anna", "2": "Bo", "3": "Cy"})
	third := maps.Clone(second)
	third[core.NameKey{Kind: core.NameLease, ID: "1"}] = core.Name{Given: "Anna", Learned: "A."}
	delete(third, core.NameKey{Kind: core.NameLease, ID: "2"})
	var moments []uint64
	now := func() {
		n, err := db.Renames()
		if err != nil {
			t.Fatal(err)
		}
		moments = append(moments, n)
	}
	save := func(names map[core.NameKey]core.Name) {
		if err := db.SaveNames(names); err != nil {
			t.Fatal(err)
		}
	}
	now()
	save(first)
	now()
	save(second)
	now()
	if _, err := db.Settle(core.Settlement{Names: map[core.NameKey]string{{Kind: core.NameLease, ID: "1"}: "A."}}); err != nil {
		t.Fatal(err)
	}
	save(map[core.NameKey]core.Name{{Kind: core.NameLease, ID: "2"}: {}})
	now()
	save(third) // changes nothing
	now()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	for i, want := range []map[core.NameKey]core.Name{nil, first, second, third, third} {
		asOf(t, db, moments[i], want)
	}
	if moments[3] != moments[4] {
		t.Errorf("saving the same names is a change: %v", moments)
	}

	if err := db.SaveExports([]core.PastExport{exportedAt(moments[3]), exportedAt(moments[2]), {}}); err != nil {
		t.Fatal(err)
	}
	asOf(t, db, moments[2], second)
	if n := renamesKept(t, db); n != int(moments[3]-moments[2]) {
		t.Errorf("%d changes are kept, want %d", n, moments[3]-moments[2])
	}
	if err := db.SaveExports(nil); err != nil {
		t.Fatal(err)
	}
	if n, err := db.Renames(); err != nil || n != moments[3] || renamesKept(t, db) != 0 {
		t.Errorf("without exports %d changes are kept, the last is %d, %v", renamesKept(t, db), n, err)
	}
	save(first)
	asOf(t, db, moments[3], third)
}

func renamesKept(t *testing.T, db *DB) (n int) {
	t.Helper()
	if err := db.view(func(tx *bbolt.Tx) error {
		n = tx.Bucket(bucketRenames).Stats().KeyN
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheOldestChangesOfNamesGoFirst(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	for half := range 2 {
		names := map[core.NameKey]core.Name{}
		for i := range mostRenames/2 + 1 {
			names[core.NameKey{Kind: core.NameLease, ID: fmt.Sprint(i)}] = core.Name{Given: fmt.Sprint(half)}
		}
		if err := db.SaveNames(names); err != nil {
			t.Fatal(err)
		}
	}
	if n := renamesKept(t, db); n != mostRenames {
		t.Errorf("%d changes are kept", n)
	}
}

// TestAChangeOfNamesThatCannotBeReadIsPassedOver: a file may come from anybody.
func TestAChangeOfNamesThatCannotBeReadIsPassedOver(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	if err := db.SaveNames(called(map[string]string{"1": "Ana"})); err != nil {
		t.Fatal(err)
	}
	if err := db.update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketRenames)
		if err := b.Put(number(2), []byte("no CBOR")); err != nil {
			return err
		}
		return b.Put(number(3), nil)
	}); err != nil {
		t.Fatal(err)
	}
	asOf(t, db, 1, called(map[string]string{"1": "Ana"}))
	asOf(t, db, 0, nil)
}

func TestABackupBringsNoExportThatWasOnlyBegun(t *testing.T) {
	t.Parallel()
	from := open(t, t.TempDir())
	past := []core.PastExport{{File: "june.csv"}, {File: "july.csv", Dir: "/home/somebody", Begun: true, Recipe: core.Recipe{SHA256: "ab", Files: 1}}}
	if err := from.SaveExports(past); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := from.Backup(t.Context(), backup, june18, nil); err != nil {
		t.Fatal(err)
	}
	db := open(t, t.TempDir())
	found, err := db.Examine(t.Context(), backup, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := found.Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	if got, err := db.Exports(); err != nil || len(got) != 1 || got[0] != past[0] {
		t.Errorf("restored %+v, %v", got, err)
	}
}
