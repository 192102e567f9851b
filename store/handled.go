package store

import (
	"bytes"
	"fmt"

	"go.etcd.io/bbolt"
)

// The bucket handled has, as its keys, the numbers of events that needed attention and
// that somebody has handled. The list of concerns only lacks them, and an office has to
// know which they are.

// Handled returns the numbers of the events that were marked handled, in order, and the
// number up to which events were deleted. See core.SharedMemo.
func (db *DB) Handled() (events []uint64, deleted uint64, err error) {
	err = db.view(func(tx *bbolt.Tx) error {
		deleted = gone(tx, bucketEvents)
		handled, last := tx.Bucket(bucketHandled), tx.Bucket(bucketEvents).Sequence()
		if handled == nil { // an older file, opened for reading only
			return nil
		}
		c := handled.Cursor()
		for k, _ := c.Seek(number(deleted + 1)); k != nil && len(events) < mostDecisions; k, _ = c.Next() {
			if len(k) == len(number(0)) && toNumber(k) <= last {
				events = append(events, toNumber(k))
			}
		}
		return nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("read what was handled: %w", err)
	}
	return events, deleted, nil
}

// HandleEvents takes the concerns of events off the list. See core.SharedMemo.
func (db *DB) HandleEvents(events []uint64) error {
	meant := make(map[uint64]bool, len(events))
	for _, seq := range events {
		meant[seq] = true
	}
	var keys [][]byte
	if err := db.view(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketConcerns).ForEach(func(k, v []byte) error {
			if v[0] == concernEvent && meant[toNumber(v[1:])] {
				keys = append(keys, bytes.Clone(k))
			}
			return nil
		})
	}); err != nil {
		return fmt.Errorf("find what was handled: %w", err)
	}
	return db.handle(keys)
}

// NumbersOf finds events by their ids. See core.SharedMemo.
func (db *DB) NumbersOf(ids []string) (events []uint64, err error) {
	meant := make(map[string]bool, len(ids))
	for _, id := range ids {
		meant[id] = true
	}
	err = db.view(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketKnown).ForEach(func(seq, value []byte) error {
			if _, id := decodeID(value); meant[string(id)] {
				events = append(events, toNumber(seq))
			}
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("look up events by their ids: %w", err)
	}
	return events, nil
}

// noteHandled notes which events some concerns are of.
func noteHandled(tx *bbolt.Tx, keys [][]byte) error {
	concerns, handled := tx.Bucket(bucketConcerns), tx.Bucket(bucketHandled)
	for _, key := range keys {
		value := concerns.Get(key)
		if value == nil || value[0] != concernEvent {
			continue
		}
		if err := handled.Put(bytes.Clone(value[1:]), []byte{}); err != nil {
			return err
		}
	}
	return nil
}

// forgetHandled forgets it of the events up to a number.
func forgetHandled(tx *bbolt.Tx, last uint64) error {
	handled := tx.Bucket(bucketHandled)
	var keys [][]byte
	c := handled.Cursor()
	for k, _ := c.First(); k != nil && bytes.Compare(k, number(last)) <= 0; k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	for _, k := range keys {
		if err := handled.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
