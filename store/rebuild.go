package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"sort"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// rebuildBatch bounds what one transaction of a rebuild holds in memory, in bytes.
const rebuildBatch = 8 << 20

// rebuilding makes a new file of what was found in another. Everything that
// follows from events is derived anew.
type rebuilding struct {
	from        *findings
	to          *bbolt.DB
	bodies      bool     // keep the records themselves; a recount only needs what follows from them
	events      []uint64 // numbers in the old file of those kept, in order
	quarantined []uint64
	tx          *bbolt.Tx
	size        int // of what tx holds
}

// rebuild writes a file, which must not be there, and syncs it.
func rebuild(ctx context.Context, f *findings, path string, bodies bool) (*rebuilding, error) {
	bolt, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true, NoGrowSync: true, FreelistType: bbolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		return nil, fmt.Errorf("make %s: %w", path, err)
	}
	r := &rebuilding{from: f, to: bolt, bodies: bodies}
	err = r.run(ctx)
	if err == nil && bodies {
		err = bolt.Sync()
	}
	if err = errors.Join(err, bolt.Close()); err != nil {
		_ = os.Remove(path) // the reason for giving up is err
		return nil, fmt.Errorf("rebuild: %w", err)
	}
	return r, nil
}

func (r *rebuilding) run(ctx context.Context) error {
	err := r.to.Update(func(tx *bbolt.Tx) error {
		if err := createBuckets(tx); err != nil {
			return err
		}
		return tx.Bucket(bucketEvents).SetSequence(r.from.firstKept() - 1)
	})
	if err != nil {
		return err
	}
	if err := r.each(ctx, r.from.events, r.addEvent); err != nil {
		return err
	}
	if err := r.each(ctx, r.from.quarantined, r.addQuarantined); err != nil {
		return err
	}
	return r.to.Update(func(tx *bbolt.Tx) error {
		return errors.Join(r.carryConcerns(tx), r.carryMemo(tx),
			carry(tx, bucketNames, r.from.names), carry(tx, bucketReads, r.from.reads), carry(tx, bucketRecords, r.from.records))
	})
}

// each calls fn for records, many in one transaction.
func (r *rebuilding) each(ctx context.Context, spots []spot, fn func(s spot, value []byte) error) (err error) {
	begin := func() (err error) {
		r.tx, err = r.to.Begin(true)
		r.size = 0
		return err
	}
	if err := begin(); err != nil {
		return err
	}
	defer func() { _ = r.tx.Rollback() }() // after the last commit there is nothing left to take back
	err = r.from.read(spots, func(s spot, value []byte) error {
		if err := fn(s, value); err != nil || r.size < rebuildBatch {
			return err
		}
		if err := errors.Join(ctx.Err(), r.tx.Commit()); err != nil {
			return err
		}
		return begin()
	})
	if err != nil {
		return err
	}
	return r.tx.Commit()
}

func (r *rebuilding) addEvent(s spot, value []byte) error {
	e, err := decodeEvent(s.seq, value)
	if err != nil {
		return err
	}
	const derived = 512 // bytes that follow from an event, about
	r.size += len(value) + derived
	if !r.bodies {
		value = nil
	}
	_, fresh, err := insert(r.tx, e, value)
	if fresh {
		r.events = append(r.events, s.seq)
	}
	return err
}

func (r *rebuilding) addQuarantined(s spot, value []byte) error {
	if n := len(r.quarantined); n > 0 && r.quarantined[n-1] == s.seq {
		return nil // another copy of the same
	}
	r.quarantined = append(r.quarantined, s.seq)
	r.size += len(value)
	if !r.bodies {
		value = nil
	}
	_, err := insertQuarantined(r.tx, value)
	return err
}

// carryConcerns takes those off the list again that were handled, where that is
// known. What the old list says of events that need no attention is left out.
func (r *rebuilding) carryConcerns(tx *bbolt.Tx) error {
	if !r.from.concernsWhole {
		return nil
	}
	all := map[string]bool{}
	fresh := tx.Bucket(bucketConcerns)
	sequence := fresh.Sequence()
	if err := fresh.ForEach(func(_, v []byte) error {
		all[string(v)] = true
		return nil
	}); err != nil {
		return err
	}
	if err := tx.DeleteBucket(bucketConcerns); err != nil {
		return err
	}
	concerns, err := tx.CreateBucket(bucketConcerns)
	if err != nil {
		return err
	}
	count := uint64(0)
	for _, it := range r.from.concerns {
		value, known := r.concern(it.value)
		if !known || !all[string(value)] || len(it.key) != 8 {
			continue
		}
		delete(all, string(value))
		sequence = max(sequence, toNumber(it.key))
		count++
		if err := concerns.Put(it.key, value); err != nil {
			return err
		}
	}
	return errors.Join(concerns.SetSequence(sequence), setConcernCount(tx, count))
}

func setConcernCount(tx *bbolt.Tx, n uint64) error {
	meta := tx.Bucket(bucketMeta)
	if n == 0 && meta.Get(keyConcerns) == nil {
		return nil
	}
	return meta.Put(keyConcerns, number(n))
}

// concern is an old concern by its new number.
func (r *rebuilding) concern(value []byte) (now []byte, known bool) {
	if len(value) != 9 {
		return nil, false
	}
	old, kept, first := toNumber(value[1:]), r.events, r.from.firstKept()
	if value[0] == concernQuarantined {
		kept, first = r.quarantined, 1
	}
	i, found := slices.BinarySearch(kept, old)
	return append([]byte{value[0]}, number(first+uint64(i))...), found
}

// carry copies a bucket that does not follow from events: names are the user's,
// and what a doorbell once wanted has been read since.
func carry(tx *bbolt.Tx, name []byte, entries map[string][]byte) error {
	if err := tx.DeleteBucket(name); err != nil {
		return err
	}
	b, err := tx.CreateBucket(name)
	if err != nil {
		return err
	}
	for key, value := range entries {
		if err := b.Put([]byte(key), value); err != nil {
			return err
		}
	}
	return nil
}

// carryMemo copies Rentbell's own affairs.
func (r *rebuilding) carryMemo(tx *bbolt.Tx) error {
	memo := tx.Bucket(bucketMemo)
	for name, value := range r.from.memo {
		if !json.Valid(value) {
			continue // nothing can be made of it
		}
		if name == memoExports && r.lost() > 0 {
			var err error
			if value, err = r.renumberExports(value); err != nil {
				return err
			}
		}
		if err := memo.Put([]byte(name), value); err != nil {
			return err
		}
	}
	return nil
}

// renumberExports keeps to "what came since" when events before were lost.
func (r *rebuilding) renumberExports(value []byte) ([]byte, error) {
	var past []core.PastExport
	if err := json.Unmarshal(value, &past); err != nil {
		return nil, fmt.Errorf("read exports: %w", err)
	}
	for i := range past {
		before := sort.Search(len(r.events), func(n int) bool { return r.events[n] > past[i].LastSeq })
		past[i].LastSeq = r.from.firstKept() - 1 + uint64(before)
	}
	return json.Marshal(past)
}

// lost is how many events there must have been and are no more.
func (r *rebuilding) lost() int {
	return max(0, int(r.from.newest-r.from.firstKept())+1-len(r.events))
}
