package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// odd is a payment that needs attention.
func odd(n int, at time.Time) core.Event {
	e := rent(fmt.Sprint("odd ", n), "1", 1, at)
	e.ReceivedAt = at
	e.Attention = core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}
	return e
}

// wasHandled expects which events were handled, and how many still need attention.
func wasHandled(t *testing.T, db *DB, left int, want ...uint64) {
	t.Helper()
	got, _, err := db.Handled()
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("handled are %v, %v; want %v", got, err, want)
	}
	if s, err := db.Summary(); err != nil || s.Attention != left {
		t.Errorf("%d need attention, %v; want %d", s.Attention, err, left)
	}
}

func TestHandledEventsAreKnownByTheirNumbers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, odd(1, june18), rent("fine", "1", 1, june18), odd(3, june18), odd(4, june18))
	if _, _, err := db.Quarantine(core.Quarantined{ReceivedAt: june18, Reason: core.ReasonNotObject, Body: []byte("?")}); err != nil {
		t.Fatal(err)
	}
	list, err := db.Concerns(10)
	if err != nil {
		t.Fatal(err)
	}
	wasHandled(t, db, 4)
	if err := db.MarkHandled(list[0].ID, list[3].ID); err != nil { // the quarantined one, and event 1
		t.Fatal(err)
	}
	wasHandled(t, db, 2, 1)
	for range 2 {
		if err := db.HandleEvents([]uint64{1, 2, 4, 5, 4711}); err != nil {
			t.Fatal(err)
		}
		wasHandled(t, db, 1, 1, 4)
	}
	snapshot := t.TempDir() + "/snapshot.db"
	if err := db.Snapshot(t.Context(), snapshot); err != nil {
		t.Fatal(err)
	}
	other := open(t, t.TempDir())
	c, err := other.Examine(t.Context(), snapshot, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	wasHandled(t, other, 1, 1, 4)
}

func TestWhatWasDeletedIsHandledNoMore(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	add(t, db, odd(1, june18), odd(2, june18), odd(3, june18.AddDate(1, 0, 0)), odd(4, june18.AddDate(1, 0, 0)))
	if err := db.HandleEvents([]uint64{1, 3}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Prune(t.Context(), june18.AddDate(0, 1, 0)); err != nil {
		t.Fatal(err)
	}
	wasHandled(t, db, 1, 3)
	if _, deleted, err := db.Handled(); err != nil || deleted != 2 {
		t.Errorf("deleted up to %d, %v", deleted, err)
	}
	if err := db.HandleEvents([]uint64{1, 2}); err != nil {
		t.Fatal(err)
	}
	wasHandled(t, db, 1, 3)
}

func TestARepairGivesHandledEventsTheirNewNumbers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, odd(1, june18), odd(2, june18), odd(3, june18), odd(4, june18))
	if err := db.HandleEvents([]uint64{1, 3}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, dir, func(tx *bbolt.Tx) error { return tx.Bucket(bucketEvents).Delete(number(2)) })
	if _, err := Repair(t.Context(), dir, june18); err != nil {
		t.Fatal(err)
	}
	wasHandled(t, open(t, dir), 1, 1, 2)
}
