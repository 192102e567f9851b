package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// sharedExports begins the keys of exports in what an office shares.
const sharedExports = "exports/"

// ErrOrder: events of another store do not follow the last one here, or one of them is
// here under another number. Nothing was kept.
var ErrOrder = errors.New("the events do not follow those that are here")

// Copy keeps events of another store under the numbers that they have there, all of them in
// one transaction. The first must follow the last one here: ErrOrder.
func (db *DB) Copy(events []core.Event) error {
	encoded, err := encodeEvents(events)
	if err != nil {
		return err
	}
	var refused error
	err = db.update(func(tx *bbolt.Tx) error {
		next, ids := tx.Bucket(bucketEvents).Sequence()+1, map[string]bool{}
		for i, e := range events {
			twice := ids[e.ID] || db.commits.additions.find(tx, e.ID) > 0
			if ids[e.ID] = true; twice || e.Seq != next+uint64(i) {
				refused = fmt.Errorf("%w: event %d", ErrOrder, e.Seq)
				return errUnchanged
			}
		}
		if len(events) == 0 {
			return errUnchanged
		}
		_, err := db.commits.additions.insertAll(tx, events, encoded)
		return err
	})
	return errors.Join(err, refused)
}

// Snapshot copies into a file what a desk begins with: the events and all that follows from
// them, the names, and what was decided about rents. What is quarantined stays here, and so
// does what only this computer needs: its settings, its registration, AppFolio's records.
func (db *DB) Snapshot(ctx context.Context, path string) error {
	return db.copyTo(ctx, path, nil, func(tx *bbolt.Tx) error {
		for gone(tx, bucketQuarantine) < tx.Bucket(bucketQuarantine).Sequence() {
			if err := dropFirst(tx, bucketQuarantine); err != nil {
				return fmt.Errorf("leave the quarantine out: %w", err)
			}
		}
		if _, err := dropConcerns(tx); err != nil {
			return fmt.Errorf("leave the quarantine out: %w", err)
		}
		// The desk gets what was exported from the office. As long as it has not, nothing may
		// say that it had seen it and has forgotten it since.
		if err := dropPrefix(tx.Bucket(bucketShared), []byte(sharedExports)); err != nil {
			return fmt.Errorf("leave exports out: %w", err)
		}
		for _, own := range [][]byte{bucketMemo, bucketReads, bucketRecords, bucketApart} {
			if _, err := emptied(tx, own); err != nil {
				return fmt.Errorf("leave out what this computer alone needs: %w", err)
			}
		}
		return nil
	})
}

// dropPrefix takes the entries of a bucket away whose keys begin so.
func dropPrefix(b *bbolt.Bucket, prefix []byte) error {
	var keys [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	for _, k := range keys {
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

// Encode writes an event for another store's Copy, without its number.
func Encode(e core.Event) ([]byte, error) {
	b, err := encodeEvent(e)
	if err != nil {
		return nil, fmt.Errorf("encode event: %w", err)
	}
	return b, nil
}

// Decode reads what Encode wrote. The error is of the encoding; whether the event may be
// believed is for the caller to know.
func Decode(seq uint64, b []byte) (core.Event, error) { return decodeEvent(seq, b) }
