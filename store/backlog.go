package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// What reading back remembers: which things are to be read, what is last known
// of each, and how far it has come.

const memoBookmarks = "bookmarks"

// read is a core.Lookup on disk; the topic and the id are its key.
type read struct {
	Gone  bool    `cbor:"1,keyasint,omitempty"`
	Rings uint64  `cbor:"2,keyasint"`
	First instant `cbor:"3,keyasint"`
	Due   instant `cbor:"4,keyasint"`
	Tries int     `cbor:"5,keyasint,omitempty"`
	At    instant `cbor:"6,keyasint"`
}

// Lookups returns up to limit reads that wait, those that are due first before the
// others. See core.Backlog.
func (db *DB) Lookups(limit int) ([]core.Lookup, error) {
	var all []core.Lookup
	err := db.view(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketReads)
		if b == nil { // an older version's file, opened for reading only
			return nil
		}
		return b.ForEach(func(key, value []byte) error {
			r, err := decodeRead(key, value)
			all = append(all, r)
			return err
		})
	})
	slices.SortStableFunc(all, func(a, b core.Lookup) int {
		return cmp.Or(a.Due.Compare(b.Due), a.First.Compare(b.First))
	})
	return all[:min(limit, len(all))], err
}

func decodeRead(key, value []byte) (core.Lookup, error) {
	topic, id, _ := bytes.Cut(key, []byte{0})
	r := read{At: never()} // as older versions left it
	if err := cbor.Unmarshal(value, &r); err != nil {
		return core.Lookup{}, fmt.Errorf("read what is to be looked up: %w", err)
	}
	return core.Lookup{Topic: string(topic), ID: string(id), Gone: r.Gone, Rings: r.Rings,
		First: r.First.time(), Due: r.Due.time(), Tries: r.Tries, At: r.At.time()}, nil
}

func putRead(tx *bbolt.Tx, r core.Lookup) error {
	value, err := cbor.Marshal(read{r.Gone, r.Rings, toInstant(r.First), toInstant(r.Due), r.Tries, toInstant(r.At)})
	if err != nil {
		return fmt.Errorf("encode what is to be looked up: %w", err)
	}
	return tx.Bucket(bucketReads).Put(pairKey(r.Topic, r.ID), value)
}

// ring puts a read on the queue. If it waits there already it is due at once, and
// its number of rings grows, so that a reader on its way does not take it off.
func ring(tx *bbolt.Tx, e core.Event, d core.Doorbell) error {
	r := core.Lookup{Topic: d.Topic, ID: d.Entity, First: e.ReceivedAt}
	if waiting := tx.Bucket(bucketReads).Get(pairKey(d.Topic, d.Entity)); waiting != nil {
		var err error
		if r, err = decodeRead(pairKey(d.Topic, d.Entity), waiting); err != nil {
			return err
		}
	}
	if e.OccurredAt.After(r.At) {
		r.Gone = false // only the latest change counts, in whatever order doorbells come
	}
	if !e.OccurredAt.Before(r.At) {
		r.Gone, r.At = r.Gone || d.Gone(), e.OccurredAt
	}
	r.Due, r.Tries = e.ReceivedAt, 0
	r.Rings++
	return putRead(tx, r)
}

// Record returns what is last known of a thing, nil when nothing is. See
// core.Backlog.
func (db *DB) Record(k core.RecordKey) (value []byte, err error) {
	err = db.view(func(tx *bbolt.Tx) error {
		if b := tx.Bucket(bucketRecords); b != nil {
			value = bytes.Clone(b.Get(pairKey(k.Kind, k.ID)))
		}
		return nil
	})
	return value, err
}

// recordBatch bounds how many records one transaction hands out.
const recordBatch = 500

// EachRecord walks the records of a kind in short transactions, and calls fn
// outside of them. See core.Backlog.
func (db *DB) EachRecord(ctx context.Context, kind string, fn func(id string, value []byte) error) error {
	prefix := pairKey(kind, "")
	next := prefix
	for next != nil && ctx.Err() == nil {
		var batch []core.Record
		var err error
		if batch, next, err = db.recordsFrom(prefix, next); err != nil {
			return err
		}
		for _, r := range batch {
			if err := fn(r.ID, r.Value); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// recordsFrom reads a batch from key start on; next is nil behind the last one.
func (db *DB) recordsFrom(prefix, start []byte) (batch []core.Record, next []byte, err error) {
	err = db.view(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketRecords)
		if b == nil {
			return nil
		}
		c := b.Cursor()
		for key, value := c.Seek(start); bytes.HasPrefix(key, prefix); key, value = c.Next() {
			if len(batch) == recordBatch {
				next = bytes.Clone(key)
				return nil
			}
			id := string(key[len(prefix):])
			batch = append(batch, core.Record{RecordKey: core.RecordKey{ID: id}, Value: bytes.Clone(value)})
		}
		return nil
	})
	return batch, next, err
}

// ReadUpTo returns how far a reader has come, zero before its first bookmark. See
// core.Backlog.
func (db *DB) ReadUpTo(name string) (time.Time, error) {
	var marks map[string]time.Time
	err := db.recall(memoBookmarks, &marks)
	return marks[name], err
}

// Settle keeps all that came of reading in one transaction, and counts the events
// that are new. See core.Backlog.
func (db *DB) Settle(s core.Settlement) (fresh int, err error) {
	encoded, err := encodeEvents(s.Events)
	if err != nil {
		return 0, err
	}
	err = db.update(func(tx *bbolt.Tx) (err error) {
		if fresh, err = db.commits.additions.insertAll(tx, s.Events, encoded); err != nil {
			return err
		}
		if err := settleRecords(tx, s.Records); err != nil {
			return err
		}
		if err := settleLearned(tx, s); err != nil {
			return err
		}
		if err := settleReads(tx, s); err != nil {
			return err
		}
		return settleBookmarks(tx, s.Bookmarks)
	})
	if err != nil {
		return 0, err
	}
	return fresh, nil
}

func settleRecords(tx *bbolt.Tx, records []core.Record) error {
	b := tx.Bucket(bucketRecords)
	for _, r := range records {
		key := pairKey(r.Kind, r.ID)
		if r.Value == nil {
			if err := b.Delete(key); err != nil {
				return err
			}
			continue
		}
		if err := b.Put(key, r.Value); err != nil {
			return err
		}
	}
	return nil
}

// settleLearned keeps names and rents, and of a report what they were before. One that
// changes none leaves the import before it to be undone.
func settleLearned(tx *bbolt.Tx, s core.Settlement) error {
	names, err := settleNames(tx, s.Names)
	if err != nil {
		return err
	}
	if _, err := putRents(tx, s.Rents, func(t *leaseTerms) **int64 { return &t.Told }); err != nil {
		return err
	}
	rents, err := putRents(tx, s.Imported, func(t *leaseTerms) **int64 { return &t.Imported })
	if err != nil || s.Import.IsZero() || len(names)+len(rents) == 0 {
		return err
	}
	return rememberImport(tx, s.Import, core.ImportChange{Names: names, Rents: rents})
}

// settleNames keeps what AppFolio calls things beside what people call them.
func settleNames(tx *bbolt.Tx, learned map[core.NameKey]string) (changed map[core.NameKey]core.Swap[core.Name], err error) {
	b := tx.Bucket(bucketNames)
	changed = map[core.NameKey]core.Swap[core.Name]{}
	for _, key := range inOrder(learned) {
		if !key.Usable() {
			continue
		}
		before, err := decodeName(b.Get(nameKey(key)))
		if err != nil {
			return nil, err
		}
		after := before.Learn(learned[key])
		if after == before {
			continue
		}
		changed[key] = core.Swap[core.Name]{Was: before, Is: after}
		if err := rename(tx, key, after); err != nil {
			return nil, err
		}
	}
	return changed, nil
}

// putRents keeps rents, beside what people say of them, in the part of terms that they are
// of.
func putRents(tx *bbolt.Tx, rents map[string]core.Cents, part func(*leaseTerms) **int64) (changed map[string]core.Swap[*core.Cents], err error) {
	b := tx.Bucket(bucketTerms)
	changed = map[string]core.Swap[*core.Cents]{}
	for _, lease := range slices.Sorted(maps.Keys(rents)) { // see inOrder
		rent := rents[lease]
		if lease == "" || len(lease) > core.MaxNameID {
			continue
		}
		var t leaseTerms
		if value := b.Get([]byte(lease)); len(value) > maxDecision || value != nil && cbor.Unmarshal(value, &t) != nil {
			t = leaseTerms{} // it says nothing to anybody
		}
		known := *part(&t)
		if known != nil && *known == int64(rent) {
			continue
		}
		changed[lease] = core.Swap[*core.Cents]{Was: rentOf(known), Is: &rent}
		*part(&t) = (*int64)(&rent)
		if err := save(b, lease, t); err != nil {
			return nil, err
		}
	}
	return changed, nil
}

// settleReads takes reads off the queue or postpones them, except those that have
// rung again since.
func settleReads(tx *bbolt.Tx, s core.Settlement) error {
	b := tx.Bucket(bucketReads)
	unchanged := func(r core.Lookup) bool {
		waiting, err := decodeRead(pairKey(r.Topic, r.ID), b.Get(pairKey(r.Topic, r.ID)))
		return err == nil && waiting.Rings == r.Rings
	}
	for _, r := range s.Done {
		if !unchanged(r) {
			continue
		}
		if err := b.Delete(pairKey(r.Topic, r.ID)); err != nil {
			return err
		}
	}
	for _, r := range s.Later {
		if !unchanged(r) {
			continue
		}
		if err := putRead(tx, r); err != nil {
			return err
		}
	}
	for _, r := range s.Wanted {
		if b.Get(pairKey(r.Topic, r.ID)) != nil {
			continue
		}
		if err := putRead(tx, r); err != nil {
			return err
		}
	}
	return nil
}

func settleBookmarks(tx *bbolt.Tx, marks map[string]time.Time) error {
	if len(marks) == 0 {
		return nil
	}
	all := map[string]time.Time{}
	if err := recallIn(tx, memoBookmarks, &all); err != nil {
		return err
	}
	maps.Copy(all, marks)
	return rememberIn(tx, memoBookmarks, all)
}
