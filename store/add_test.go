package store

import (
	"fmt"
	"slices"
	"testing"

	"rentbell/core"

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
	if db.repeated("old") != 1 {
		t.Error("a duplicate is not remembered, and its next repetition is looked up in a transaction again")
	}
}

func TestBucketsThatGrowAtTheirEndFillTheirPages(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	for i := range 300 {
		add(t, db, rent(fmt.Sprint("event ", i), "1", 1, june18))
	}
	err := db.view(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketEvents, bucketPayments, bucketKnown, feedBucket(core.FeedPayments)} {
			s := tx.Bucket(name).Stats()
			if filled := float64(s.LeafInuse) / float64(s.LeafAlloc); s.LeafPageN > 1 && filled < 0.75 {
				t.Errorf("pages of bucket %s are filled to %.2f", name, filled)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
func TestClockThatIsPutBackAYearLosesNothingAndKeepsTheOrder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	year := june18.AddDate(-1, 0, 0)
	add(t, db, rent("a", "1", 100, june18), rent("b", "1", 100, year), rent("c", "1", 100, june18))
	db.CountRejected(june18)
	db.CountRejected(year)
	db.Touch(june18)
	db.Touch(year)
	if _, fresh, err := db.Add(rent("a", "1", 100, year)); fresh || err != nil {
		t.Errorf("the same event a year earlier is new: %v, %v", fresh, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if r := checked(t, dir); !r.Fine() {
		t.Errorf("%+v", r)
	}
	db = open(t, dir)
	if !db.Touched().Equal(year) {
		t.Errorf("touched %v, want %v", db.Touched(), year)
	}
	page, err := db.Page(core.FeedPayments, 0, 10)
	if want := []string{"c", "b", "a"}; err != nil || !slices.Equal(ids(page), want) {
		t.Errorf("feed = %v, %v; want %v", ids(page), err, want)
	}
	history, err := db.History(core.Subject{Kind: "lease", ID: "1"}, 10)
	if want := []string{"c", "b", "a"}; err != nil || !slices.Equal(ids(history), want) {
		t.Errorf("history = %v, %v; want %v", ids(history), err, want)
	}
	if got, want := collect(t, db, core.Query{}), []string{"a", "b", "c"}; !slices.Equal(got, want) {
		t.Errorf("stored %v, want %v", got, want)
	}
	totals, err := db.Totals(year, june18.AddDate(0, 0, 1))
	if err != nil || len(totals) != 2 || totals[0].Count != 1 || totals[1].Count != 2 {
		t.Errorf("totals = %+v, %v", totals, err)
	}
	if s, err := db.Summary(); err != nil || s.Rejected.Count != 2 || s.Rejected.Since(year) != 1 {
		t.Errorf("summary = %+v, %v", s, err)
	}
}
