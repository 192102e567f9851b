package store

import (
	"fmt"
	"slices"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

func TestRowsOfAFeedAreFoundInRunsOfAnyLength(t *testing.T) {
	t.Parallel()
	db := openUnsynced(t, t.TempDir())
	var want []string // oldest first
	for i, run := range []int{1, 5, 0, 2, 1, 40, 1, 1} {
		for j := range run {
			id := fmt.Sprintf("pay%d.%d", i, j)
			e := rent(id, "1", 1, longAgo)
			if i > 4 {
				e = rent(id, "1", 1, june18)
			}
			add(t, db, e)
			want = append(want, id)
		}
		at := longAgo
		if i > 4 {
			at = june18
		}
		add(t, db, event(fmt.Sprint("other", i), at, core.Tenant{ID: "1"}))
	}
	rows := func(when string, want []string) {
		t.Helper()
		for offset := range len(want) + 1 {
			page, err := db.Page(core.FeedPayments, offset, 3)
			newest := slices.Clone(want[max(0, len(want)-offset-3) : len(want)-offset])
			slices.Reverse(newest)
			if err != nil || !slices.Equal(ids(page), newest) {
				t.Fatalf("%s, from row %d: %v, %v; want %v", when, offset, ids(page), err, newest)
			}
		}
	}
	rows("at first", want)
	mustVerify(t, db)
	if err := db.view(func(tx *bbolt.Tx) error {
		if n := entries(tx, feedBucket(core.FeedPayments)); n != 7 {
			t.Errorf("%d entries for 7 runs", n)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for len(want) > 42 { // the old ones go, one at a time
		if err := db.update(func(tx *bbolt.Tx) error {
			e, err := readEvent(tx, gone(tx, bucketEvents)+1)
			if err != nil {
				return err
			}
			if e.Detail.Feed() == core.FeedPayments {
				want = want[1:]
			}
			return forget(tx, e)
		}); err != nil {
			t.Fatal(err)
		}
		rows("after a prune", want)
	}
	mustVerify(t, db)
	if _, err := db.Prune(t.Context(), june18.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	rows("after all are gone", nil)
	add(t, db, rent("new", "1", 1, june18), rent("newer", "1", 1, june18))
	rows("begun anew", []string{"new", "newer"})
	mustVerify(t, db)
}
