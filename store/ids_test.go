package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

func TestTableOfIDsFindsEachHoweverItGrows(t *testing.T) {
	t.Parallel()
	var known knownIDs
	known.reset(0)
	const n = 20_000
	for i := range uint64(n) {
		known.add(fmt.Sprint("id ", i), i+1)
	}
	strangers := 0
	for i := range uint64(n) {
		if !slices.Contains(known.candidates(fmt.Sprint("id ", i)), i+1) {
			t.Fatalf("id %d is not found", i)
		}
		strangers += len(known.candidates(fmt.Sprint("stranger ", i)))
	}
	if strangers > n/100 {
		t.Errorf("%d of %d strangers pass for known", strangers, n)
	}
	if bytes := len(known.slots) * 8; bytes > 17*n {
		t.Errorf("the table takes %d bytes for %d ids", bytes, n)
	}
	known.add("beyond every file", mostSeq+1)
	known.add("no event", 0)
	if known.used != n {
		t.Errorf("%d ids of %d", known.used, n)
	}
}

func TestEventWhoseIDSharesAHashIsNew(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	add(t, db, rent("a", "1", 1, june18), rent("b", "1", 1, june18))
	db.ids.add("c", 1) // as if c had the bits of a
	db.ids.add("c", 9) // and of an event that was taken back
	add(t, db, rent("c", "1", 1, june18))
	for i, id := range []string{"a", "b", "c"} {
		if seq, fresh, err := db.Add(rent(id, "1", 1, june18)); seq != uint64(i+1) || fresh || err != nil {
			t.Errorf("%s sent again: %d, %v, %v", id, seq, fresh, err)
		}
	}
}

func TestTransactionThatFailsMakesNoIDKnown(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	add(t, db, rent("before", "1", 1, june18))
	failed := errors.New("failed")
	e := rent("failed", "1", 1, june18)
	encoded, err := encodeEvent(e)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.update(func(tx *bbolt.Tx) error {
		_, fresh, err := db.commits.additions.insert(tx, e, encoded)
		if _, again, _ := db.commits.additions.insert(tx, e, encoded); !fresh || again || err != nil {
			t.Errorf("within the transaction it is new: %v, and again: %v, %v", fresh, again, err)
		}
		return failed
	}); !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if seq := db.repeated("failed"); seq != 0 {
		t.Errorf("it is known as %d", seq)
	}
	add(t, db, rent("other", "1", 1, june18), e) // other has its number now
	if got, want := collect(t, db, core.Query{}), []string{"before", "other", "failed"}; !slices.Equal(got, want) {
		t.Errorf("stored %v, want %v", got, want)
	}
}
