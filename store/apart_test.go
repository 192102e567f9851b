package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

func apart(body string) core.Quarantined {
	return core.Quarantined{ReceivedAt: june18, Reason: core.ReasonNotObject, Body: []byte(body)}
}

func setApart(t *testing.T, db *DB, q core.Quarantined, fresh bool) {
	t.Helper()
	if _, isNew, err := db.Quarantine(q); err != nil || isNew != fresh {
		t.Errorf("%s %s: new %v, %v; want %v", q.SampleOf, q.Body, isNew, err, fresh)
	}
}

func TestQuarantineKeepsABodyOnceForEver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	setApart(t, db, apart("odd"), true)
	other := apart("odd")
	other.Reason = core.ReasonNoID
	setApart(t, db, other, false)
	setApart(t, db, apart("odd "), true)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	setApart(t, db, apart("odd"), false)
	fresh, err := db.AddAll(core.Delivery{Strays: []core.Quarantined{apart("odd"), apart("even"), apart("even")}})
	if err != nil || fresh != (core.Kept{Strays: 1}) {
		t.Errorf("of a batch %+v are new, %v", fresh, err)
	}
	if _, err := db.Prune(t.Context(), june18.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	setApart(t, db, apart("odd"), false) // as an id stays known
	if s, err := db.Summary(); err != nil || s.Quarantined != 0 || s.Attention != 0 {
		t.Errorf("after a prune: %+v, %v", s, err)
	}
}

func TestSampleIsKeptOnceWhateverItsBody(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	sample := func(of, body string) core.Quarantined {
		q := apart(body)
		q.SampleOf = of
		return q
	}
	setApart(t, db, sample("a", "1"), true)
	setApart(t, db, sample("a", "2"), false)
	setApart(t, db, sample("b", "1"), true)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	setApart(t, db, sample("a", "3"), false)
}

// TestQuarantineOfAnOldFileGetsItsIdentity opens a file as a version leaves it that
// knows of no identities: without the bucket, or with one that has fallen behind.
func TestQuarantineOfAnOldFileGetsItsIdentity(t *testing.T) {
	t.Parallel()
	for _, behind := range []bool{false, true} {
		dir := t.TempDir()
		db := open(t, dir)
		for i := range 5 {
			setApart(t, db, apart(fmt.Sprint(i)), true)
		}
		if err := db.update(func(tx *bbolt.Tx) error {
			if !behind {
				return tx.DeleteBucket(bucketApart)
			}
			known := tx.Bucket(bucketApart)
			if err := known.Delete(identityOf(apart("4"))); err != nil {
				return err
			}
			return known.SetSequence(4)
		}); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = open(t, dir)
		for i := range 5 {
			setApart(t, db, apart(fmt.Sprint(i)), false)
		}
		setApart(t, db, apart("new"), true)
	}
}

func TestIdentitiesInABackupAreThoseOfItsBodies(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	from := open(t, dir)
	setApart(t, from, apart("odd"), true)
	add(t, from, rent("a", "1", 1, june18))
	if err := from.Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, dir, func(tx *bbolt.Tx) error {
		known := tx.Bucket(bucketApart)
		return errors.Join(known.Delete(identityOf(apart("odd"))), known.Put(identityOf(apart("genuine")), number(1)), known.Put(identityOf(apart("also")), number(0)))
	})
	db := open(t, t.TempDir())
	if _, err := examine(t, db, filepath.Join(dir, FileName)).Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	setApart(t, db, apart("odd"), false)
	setApart(t, db, apart("genuine"), true)
	setApart(t, db, apart("also"), true)
}

func TestIdentitiesOfDeletedBodiesInABackupAreNotBelieved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	from := open(t, dir)
	old := apart("old")
	old.ReceivedAt = june18.AddDate(-9, 0, 0)
	setApart(t, from, old, true)
	setApart(t, from, apart("kept"), true)
	add(t, from, rent("a", "1", 1, june18))
	if _, err := from.Prune(t.Context(), june18.AddDate(-5, 0, 0)); err != nil {
		t.Fatal(err)
	}
	setApart(t, from, old, false) // here it is known for ever
	if err := from.Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, dir, func(tx *bbolt.Tx) error { return tx.Bucket(bucketApart).Put(identityOf(apart("genuine")), number(1)) })
	db := open(t, t.TempDir())
	if _, err := examine(t, db, filepath.Join(dir, FileName)).Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	setApart(t, db, apart("kept"), false)
	setApart(t, db, apart("genuine"), true)
}
