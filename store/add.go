package store

import (
	"fmt"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// Add keeps an event with everything derived from it. See core.Ledger.
func (db *DB) Add(e core.Event) (seq uint64, fresh bool, err error) {
	if seq = db.repeated(e.ID); seq > 0 {
		db.tallies.count(tallyDuplicates, e.ReceivedAt)
		return seq, false, nil
	}
	encoded, err := encodeEvent(e)
	if err != nil {
		return 0, false, fmt.Errorf("encode event: %w", err)
	}
	err = db.update(func(tx *bbolt.Tx) (err error) {
		seq, fresh, err = db.commits.additions.insert(tx, e, encoded)
		if err == nil && !fresh {
			return errUnchanged
		}
		return err
	})
	if err != nil {
		return 0, false, err
	}
	if !fresh {
		db.tallies.count(tallyDuplicates, e.ReceivedAt)
	}
	return seq, fresh, nil
}

// repeated is the number of an event that is on disk for certain and has this id; 0:
// that is for a transaction to say. Most duplicates so cost none.
func (db *DB) repeated(id string) (seq uint64) {
	if len(db.ids.candidates(id)) == 0 {
		return 0
	}
	if err := db.view(func(tx *bbolt.Tx) error {
		seq = db.ids.find(tx, id)
		return nil
	}); err != nil {
		return 0
	}
	return seq
}

// AddAll keeps all that one delivery holds in one transaction, and counts the
// events that are new. See core.Ledger.
func (db *DB) AddAll(d core.Delivery) (fresh core.Kept, err error) {
	encoded, err := encodeEvents(d.Events)
	if err != nil {
		return core.Kept{}, err
	}
	strays := make([][]byte, len(d.Strays))
	for i, q := range d.Strays {
		if strays[i], err = encodeQuarantined(q); err != nil {
			return core.Kept{}, err
		}
	}
	err = db.update(func(tx *bbolt.Tx) (err error) {
		if fresh.Events, err = db.commits.additions.insertAll(tx, d.Events, encoded); err != nil {
			return err
		}
		if fresh.Strays, err = keepAllApart(tx, d.Strays, strays); err == nil && fresh == (core.Kept{}) {
			return errUnchanged
		}
		return err
	})
	if err != nil {
		return core.Kept{}, err
	}
	for _, e := range d.Events[:len(d.Events)-fresh.Events] { // as many as came before
		db.tallies.count(tallyDuplicates, e.ReceivedAt)
	}
	return fresh, nil
}
