package store

import (
	"fmt"
	"hash/maphash"
	"sync"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// Add keeps an event with everything derived from it. An id that came lately is
// looked up first: most duplicates then cost no write. See core.Ledger.
func (db *DB) Add(e core.Event) (seq uint64, fresh bool, err error) {
	if db.recent.has(e.ID) {
		if seq, known := db.confirmedSeq(e.ID); known {
			db.tallies.count(tallyDuplicates, e.ReceivedAt)
			return seq, false, nil
		}
	}
	encoded, err := encodeEvent(e)
	if err != nil {
		return 0, false, fmt.Errorf("encode event: %w", err)
	}
	err = db.update(func(tx *bbolt.Tx) (err error) {
		seq, fresh, err = db.commits.totals.insert(tx, e, encoded)
		if err == nil && !fresh {
			return errUnchanged
		}
		return err
	})
	if err != nil {
		return 0, false, err
	}
	db.recent.note(e.ID)
	if !fresh {
		db.tallies.count(tallyDuplicates, e.ReceivedAt)
	}
	return seq, fresh, nil
}

// confirmedSeq finds an id that is on disk for certain. What a running commit
// has written can be read before it is synced; the write path waits for that one.
func (db *DB) confirmedSeq(id string) (seq uint64, known bool) {
	err := db.view(func(tx *bbolt.Tx) error {
		if int64(tx.ID()) <= db.confirmed.Load() {
			b := tx.Bucket(bucketIDs).Get([]byte(id))
			seq, known = toNumber(b), b != nil
		}
		return nil
	})
	return seq, known && err == nil
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
		if fresh.Events, err = insertAll(tx, d.Events, encoded); err != nil {
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

// insertAll keeps the events whose ids are new and counts them.
func insertAll(tx *bbolt.Tx, events []core.Event, encoded [][]byte) (fresh int, err error) {
	for i, e := range events {
		_, isNew, err := insert(tx, e, encoded[i])
		if err != nil {
			return 0, err
		}
		if isNew {
			fresh++
		}
	}
	return fresh, nil
}

// recentIDs is how many ids are remembered at least: more than a sender can
// still be repeating, and in all less than a megabyte.
const recentIDs = 1 << 14

// recent remembers the hashes of the ids that came lately. An id that is not among
// them is most likely new, and only its own transaction looks it up. One that is
// may just share a hash, and still has to be looked up.
type recent struct {
	mu          sync.Mutex
	now, before map[uint64]struct{} // before is forgotten when now is full
}

var recentSeed = maphash.MakeSeed() // senders cannot choose ids that collide

func (r *recent) note(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now == nil || len(r.now) >= recentIDs {
		r.now, r.before = make(map[uint64]struct{}), r.now
	}
	r.now[maphash.String(recentSeed, id)] = struct{}{}
}

func (r *recent) has(id string) bool {
	h := maphash.String(recentSeed, id)
	r.mu.Lock()
	defer r.mu.Unlock()
	_, known := r.now[h]
	if !known {
		_, known = r.before[h]
	}
	return known
}
