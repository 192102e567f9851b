package store

import (
	"fmt"
	"testing"

	"go.etcd.io/bbolt"
)

// transactions counts those that the file has seen.
func transactions(t *testing.T, db *DB) (id int) {
	t.Helper()
	if err := db.view(func(tx *bbolt.Tx) error {
		id = tx.ID()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestDuplicateWritesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, rent("old", "1", 1, june18))
	repeat := func(when string) {
		t.Helper()
		before := transactions(t, db)
		if seq, fresh, err := db.Add(rent("old", "2", 2, june18)); seq != 1 || fresh || err != nil {
			t.Errorf("%s: Add = %d, %v, %v; want a duplicate of 1", when, seq, fresh, err)
		}
		if now := transactions(t, db); now != before {
			t.Errorf("%s: the duplicate made transaction %d after %d", when, now, before)
		}
	}
	repeat("at once")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	repeat("after a restart")
	if !db.recent.has("old") {
		t.Error("a duplicate is not remembered, and its next repetition is looked up in a transaction again")
	}
}

func TestOfRecentIDsTheLatestAreRemembered(t *testing.T) {
	t.Parallel()
	var r recent
	for i := range 5 * recentIDs {
		id := fmt.Sprint(i)
		if r.has(id) {
			t.Fatalf("%s is remembered before it came", id)
		}
		r.note(id)
	}
	for i := range recentIDs {
		if id := fmt.Sprint(5*recentIDs - 1 - i); !r.has(id) {
			t.Fatalf("%s is forgotten", id)
		}
	}
	if n := len(r.now) + len(r.before); n > 2*recentIDs {
		t.Errorf("%d ids are remembered", n)
	}
}
