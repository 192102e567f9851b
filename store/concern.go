package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

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

// MarkHandled takes concerns off the list; core.ErrNotFound when none of them is on it.
// See core.Ledger.
func (db *DB) MarkHandled(concerns ...uint64) error {
	var keys [][]byte
	if err := db.view(func(tx *bbolt.Tx) error {
		for _, c := range concerns {
			keys = append(keys, db.floods.with(tx, c)...)
		}
		return nil
	}); err != nil {
		return err
	}
	if len(keys) == 0 {
		return fmt.Errorf("mark concerns %v handled: %w", concerns, core.ErrNotFound)
	}
	return db.handle(keys)
}

// handle takes concerns off the list, because somebody has handled them.
func (db *DB) handle(keys [][]byte) error {
	for step := range slices.Chunk(keys, pruneStep) {
		if err := db.update(func(tx *bbolt.Tx) error { return errors.Join(noteHandled(tx, step), takeOff(tx, step)) }); err != nil {
			return err
		}
	}
	return nil
}

// takeOff takes concerns off the list, and off the count.
func takeOff(tx *bbolt.Tx, keys [][]byte) error {
	concerns, meta := tx.Bucket(bucketConcerns), tx.Bucket(bucketMeta)
	open := toNumber(meta.Get(keyConcerns))
	for _, key := range keys {
		if concerns.Get(key) == nil {
			continue
		}
		if err := concerns.Delete(key); err != nil {
			return err
		}
		open--
	}
	return meta.Put(keyConcerns, number(open))
}

// Concerns lists the newest limit things that need attention. See core.Reader.
func (db *DB) Concerns(limit int) ([]core.Concern, error) {
	var list []core.Concern
	err := db.view(func(tx *bbolt.Tx) error {
		apart := db.floods.count(tx)
		c := tx.Bucket(bucketConcerns).Cursor()
		for k, v := c.Last(); k != nil && len(list) < limit; k, v = c.Prev() {
			count := 1
			if v[0] == concernQuarantined {
				if count = apart.next(tx, v); count == 0 {
					continue
				}
			}
			concern, err := readConcern(tx, toNumber(k), v)
			if err != nil {
				return err
			}
			concern.Count = count
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

// dropConcerns takes what has been deleted off the list of what needs attention, and
// forgets which of it was handled.
func dropConcerns(tx *bbolt.Tx) (dropped int, err error) {
	if err := forgetHandled(tx, gone(tx, bucketEvents)); err != nil {
		return 0, err
	}
	keys := concernsUpTo(tx, gone(tx, bucketEvents), gone(tx, bucketQuarantine))
	if len(keys) == 0 {
		return 0, nil
	}
	return len(keys), takeOff(tx, keys)
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
