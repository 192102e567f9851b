package store

import (
	"bytes"
	"fmt"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

const (
	concernEvent       = 'e'
	concernQuarantined = 'q'
)

// addConcern puts an event or a quarantined delivery on the list of what needs
// attention, and counts it.
func addConcern(tx *bbolt.Tx, kind byte, seq uint64) error {
	if _, err := appendTo(tx.Bucket(bucketConcerns), append([]byte{kind}, number(seq)...)); err != nil {
		return err
	}
	meta := tx.Bucket(bucketMeta)
	return meta.Put(keyConcerns, number(toNumber(meta.Get(keyConcerns))+1))
}

// MarkHandled takes a concern off the list; core.ErrNotFound when it is not on it.
// See core.Ledger.
func (db *DB) MarkHandled(concern uint64) error {
	found := false
	err := db.update(func(tx *bbolt.Tx) error {
		concerns, key := tx.Bucket(bucketConcerns), number(concern)
		if found = concerns.Get(key) != nil; !found {
			return nil
		}
		meta := tx.Bucket(bucketMeta)
		if err := meta.Put(keyConcerns, number(toNumber(meta.Get(keyConcerns))-1)); err != nil {
			return err
		}
		return concerns.Delete(key)
	})
	if err == nil && !found {
		return fmt.Errorf("mark concern %d handled: %w", concern, core.ErrNotFound)
	}
	return err
}

// Concerns lists the newest limit things that need attention. See core.Reader.
func (db *DB) Concerns(limit int) ([]core.Concern, error) {
	var list []core.Concern
	err := db.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketConcerns).Cursor()
		for k, v := c.Last(); k != nil && len(list) < limit; k, v = c.Prev() {
			concern, err := readConcern(tx, toNumber(k), v)
			if err != nil {
				return err
			}
			list = append(list, concern)
		}
		return nil
	})
	return list, err
}

func readConcern(tx *bbolt.Tx, id uint64, value []byte) (core.Concern, error) {
	seq := toNumber(value[1:])
	if value[0] == concernQuarantined {
		q, err := readQuarantined(tx, seq)
		return core.Concern{ID: id, Quarantined: &q}, err
	}
	e, err := readEvent(tx, seq)
	return core.Concern{ID: id, Event: &e}, err
}

// dropConcerns takes what has been deleted off the list of what needs attention.
func dropConcerns(tx *bbolt.Tx) (dropped int, err error) {
	keys := concernsUpTo(tx, gone(tx, bucketEvents), gone(tx, bucketQuarantine))
	if len(keys) == 0 {
		return 0, nil
	}
	for _, key := range keys {
		if err := tx.Bucket(bucketConcerns).Delete(key); err != nil {
			return 0, err
		}
	}
	meta := tx.Bucket(bucketMeta)
	return len(keys), meta.Put(keyConcerns, number(toNumber(meta.Get(keyConcerns))-uint64(len(keys))))
}

// concernsUpTo finds the concerns of events and of quarantined deliveries up to
// a number of each.
func concernsUpTo(tx *bbolt.Tx, event, delivery uint64) (keys [][]byte) {
	c := tx.Bucket(bucketConcerns).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		last := event
		if v[0] == concernQuarantined {
			last = delivery
		}
		if toNumber(v[1:]) <= last {
			keys = append(keys, bytes.Clone(k))
		}
	}
	return keys
}
