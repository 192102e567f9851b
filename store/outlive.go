package store

import (
	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"
)

// begin puts into a new file what Prune has left of deleted events. It cannot be
// derived, so it comes first, and the events that are there are added to it.
func (r *rebuilding) begin(tx *bbolt.Tx) error {
	if err := createBuckets(tx); err != nil {
		return err
	}
	r.added.known.fill(tx)
	if err := r.carryMeta(tx); err != nil {
		return err
	}
	for _, name := range dense {
		if err := tx.Bucket(name).SetSequence(r.from.gone(name)); err != nil {
			return err
		}
	}
	return r.carryStates(tx)
}

// carryMeta copies meta without what is counted anew.
func (r *rebuilding) carryMeta(tx *bbolt.Tx) error {
	meta := tx.Bucket(bucketMeta)
	for key, value := range r.from.meta {
		switch key {
		case string(keySchema), string(keyConcerns), string(keyOpen):
			continue
		}
		if err := meta.Put([]byte(key), value); err != nil {
			return err
		}
	}
	return nil
}

// carryID makes a deleted event's id known, so that it is a duplicate when it is
// sent again.
func (r *rebuilding) carryID(known deletedID) error {
	if known.seq > r.from.gone(bucketEvents) {
		return nil // the event is there
	}
	r.size += len(known.id) + 8
	r.added.known.add(known.id, known.seq)
	return putID(r.tx, known.seq, known.id, 0)
}

// carryStates begins with the states as they were, because only they know what
// deleted events have said. To add the other events once more changes nothing: a
// state is that of its latest event and of the names that came last. A state that
// cannot be read is left to those events, and so is a lease that only they tell of.
func (r *rebuilding) carryStates(tx *bbolt.Tx) error {
	gone := r.from.gone(bucketEvents)
	for name, states := range r.from.states {
		for id, value := range states.entries {
			value, known, err := r.carriedState(tx, name, value, gone)
			if err != nil {
				return err
			}
			if !known {
				continue
			}
			if err := tx.Bucket([]byte(name)).Put([]byte(id), value); err != nil {
				return err
			}
		}
	}
	return nil
}

// carriedState is a state whose latest event is at most the last deleted one. A
// later event makes itself the latest again, under the number that it has now.
func (r *rebuilding) carriedState(tx *bbolt.Tx, name string, value []byte, gone uint64) (now []byte, known bool, err error) {
	switch name {
	case string(bucketWorkOrders):
		var s workOrderState
		if cbor.Unmarshal(value, &s) != nil {
			return nil, false, nil
		}
		if err := countOpen(tx, false, s.core("").Open()); err != nil {
			return nil, false, err
		}
		s.LastSeq = min(s.LastSeq, gone)
		now, err = cbor.Marshal(s)
	case string(bucketLeases):
		var s leaseState
		if cbor.Unmarshal(value, &s) != nil || s.Updated == never() && s.LastSeq > gone {
			return nil, false, nil
		}
		s.LastSeq = min(s.LastSeq, gone)
		now, err = cbor.Marshal(s)
	default:
		var s tenantState
		if cbor.Unmarshal(value, &s) != nil {
			return nil, false, nil
		}
		s.LastSeq = min(s.LastSeq, gone)
		now, err = cbor.Marshal(s)
	}
	return now, err == nil, err
}
