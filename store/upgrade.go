package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"go.etcd.io/bbolt"

	"rentbell/core"
	"rentbell/core/machine"
)

// The buckets of schema 1 that this schema has no more, or otherwise:
//
//	ids       event id          -> seq
//	earlier   seq               -> seq of the same subject's event before it
//	payments  time, nanos, seq  -> nothing
//	X.n       n, dense from 1   -> seq: the rows of feed X
//
// Its records have no spans. All else is as it is now.
var (
	bucketIDs1     = []byte("ids")
	bucketEarlier1 = []byte("earlier")
)

// schemaOf is what a file says of itself; 0: nothing.
func schemaOf(tx *bbolt.Tx) uint64 {
	meta := tx.Bucket(bucketMeta)
	if meta == nil {
		return 0
	}
	return toNumber(meta.Get(keySchema))
}

// upgrade writes a file of schema 1 anew, beside it, and goes on with the new one. Until
// that is proven and synced the old file has the store's name, and whenever the process
// ends the name leads to one of the two, whole. The old file is not kept: all of it is
// in the new one, and it takes as much room.
func (db *DB) upgrade(ctx context.Context, progress func(done, total int)) error {
	old := false
	if err := db.bolt.View(func(tx *bbolt.Tx) error {
		if empty(tx) {
			return nil
		}
		old = schemaOf(tx) == 1
		return checkSchema(tx)
	}); err != nil || !old {
		return err
	}
	if err := db.roomFor(sizeOf(db.path)); err != nil {
		return err
	}
	if err := inspect(ctx, db.path, provenWhole); err != nil { // all of it is read
		return err
	}
	_, err := db.goOnWithCopy(ctx, progress, func(from, to *bbolt.Tx) error {
		if err := createBuckets(to); err != nil {
			return err
		}
		return sameRecords(from, to)
	})
	return err
}

// roomFor makes sure that the disk has room for so many bytes beside the data. Where
// the system does not say, the disk itself will.
func (db *DB) roomFor(bytes int64) error {
	free, err := machine.New(filepath.Dir(db.path)).FreeSpace()
	if err != nil || free >= uint64(bytes) {
		return nil
	}
	return &core.NoRoomError{Missing: uint64(bytes) - free}
}

// copies reports whether a bucket is copied as it is.
func (c *copying) copies(name []byte) bool {
	if !c.old {
		return true
	}
	for _, other := range append(renewed(), bucketIDs1, bucketEarlier1) {
		if bytes.Equal(name, other) {
			return false
		}
	}
	return true
}

// renewed are the buckets that are made of the events anew.
func renewed() [][]byte {
	names := [][]byte{bucketKnown, bucketPayments}
	for _, feed := range feeds() {
		names = append(names, feedBucket(feed))
	}
	return names
}

// beginUpgrade makes the buckets that are not copied, and finds out how much there is to
// do.
func (c *copying) beginUpgrade(from, to *bbolt.Tx) error {
	for _, name := range [][]byte{bucketIDs1, bucketEarlier1} {
		if from.Bucket(name) == nil {
			return fmt.Errorf("%w: there is no bucket %s", core.ErrDamaged, name)
		}
	}
	c.total = held(from, bucketEvents)
	if c.deleted = gone(from, bucketEvents) > 0; c.deleted {
		c.total += int(c.mark)
	}
	for _, name := range renewed() {
		b, err := to.CreateBucketIfNotExists(name)
		if err == nil {
			err = b.SetSequence(gone(from, name)) // of a feed: the rows that were deleted
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// carryDeletedID carries an id over whose event was deleted; the others are in their
// records.
func (c *copying) carryDeletedID(from, to *bbolt.Tx, id, seq []byte) error {
	c.done++
	n := toNumber(seq)
	if n > gone(from, bucketEvents) {
		return nil
	}
	if n == 0 || to.Bucket(bucketKnown).Get(seq) != nil {
		return fmt.Errorf("%w: event %d has two ids", core.ErrDamaged, n)
	}
	return putID(to, n, string(id), 0)
}

// upgradeEvent writes an event anew, with its id and its row.
func (c *copying) upgradeEvent(from, to *bbolt.Tx, k, v []byte) error {
	e, err := decodeEvent(toNumber(k), v)
	if err != nil {
		return fmt.Errorf("%w: %w", core.ErrDamaged, err)
	}
	record, err := encodeEvent(e)
	if err != nil {
		return err
	}
	if err := to.Bucket(bucketEvents).Put(k, record); err != nil {
		return err
	}
	if err := putID(to, e.Seq, e.ID, toNumber(from.Bucket(bucketEarlier1).Get(k))); err != nil {
		return err
	}
	c.done++
	if p, isPayment := e.Detail.(core.Payment); isPayment {
		err = putPayment(to, e, p)
	}
	return errors.Join(err, putRow(to, e))
}

// sameRecords holds a new file to the old one: it has as many of everything, and its
// payments come to the totals that were counted as they arrived.
func sameRecords(from, to *bbolt.Tx) error {
	for _, p := range layout() {
		before := p.name
		if bytes.Equal(before, bucketKnown) {
			before = bucketIDs1
		}
		if p.growth == anywhere {
			continue // compared entry by entry
		}
		was, is := entries(from, before), entries(to, p.name)
		if slices.ContainsFunc(feeds(), func(f core.Feed) bool { return bytes.Equal(p.name, feedBucket(f)) }) {
			is = held(to, p.name)
		}
		if was != is {
			return fmt.Errorf("%w: %d entries of %s make %d of %s", core.ErrDamaged, was, before, is, p.name)
		}
	}
	sums := totals{}
	var s core.Skimmed
	for key, row := range payments(to, core.Query{}, nil) {
		s.Seq, s.At = toNumber(key[12:]), keyTime(key)
		if err := decodeRow(string(row), false, &s); err != nil {
			return err
		}
		if s.AmountKnown {
			sums.add(s.At, s.Amount)
		}
	}
	return sums.equal(from)
}

// entries counts those of a bucket.
func entries(tx *bbolt.Tx, name []byte) (n int) {
	b := tx.Bucket(name)
	if b == nil {
		return 0
	}
	c := b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		n++
	}
	return n
}

// equal holds totals to those that tx has saved.
func (t totals) equal(tx *bbolt.Tx) error {
	n := 0
	if err := tx.Bucket(bucketTotals).ForEach(func(quarter, saved []byte) error {
		n++
		count, sum := decodeTotal(saved)
		if t[toNumber(quarter)] != (total{count, sum}) {
			return fmt.Errorf("%w: the payments do not come to their totals", core.ErrDamaged)
		}
		return nil
	}); err != nil {
		return err
	}
	if n != len(t) {
		return fmt.Errorf("%w: %d totals for %d", core.ErrDamaged, n, len(t))
	}
	return nil
}
