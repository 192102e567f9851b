package store

import (
	"encoding/binary"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// Add keeps an event with everything derived from it. See core.Ledger.
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

// insert writes a new event and all that follows from it. A rebuild goes the
// same way, so that the two cannot come to differ.
func insert(tx *bbolt.Tx, e core.Event, encoded []byte) (seq uint64, fresh bool, err error) {
	t := totals{}
	if seq, fresh, err = t.insert(tx, e, encoded); err != nil {
		return 0, false, err
	}
	return seq, fresh, t.save(tx)
}

// insert is insert but for the totals, which come to t and are to be saved.
func (t totals) insert(tx *bbolt.Tx, e core.Event, encoded []byte) (seq uint64, fresh bool, err error) {
	ids := tx.Bucket(bucketIDs)
	if known := ids.Get([]byte(e.ID)); known != nil {
		return toNumber(known), false, nil
	}
	if seq, err = appendTo(tx.Bucket(bucketEvents), encoded); err != nil {
		return 0, false, err
	}
	if err := ids.Put([]byte(e.ID), number(seq)); err != nil {
		return 0, false, err
	}
	e.Seq = seq
	return seq, true, t.derive(tx, e)
}

// insertQuarantined does the same for a delivery that is no event.
func insertQuarantined(tx *bbolt.Tx, encoded []byte) (seq uint64, err error) {
	if seq, err = appendTo(tx.Bucket(bucketQuarantine), encoded); err != nil {
		return 0, err
	}
	return seq, addConcern(tx, concernQuarantined, seq)
}

// confirmedSeq finds an id that is known to be on disk, so that a duplicate
// costs no sync. What a running commit has written can already be read before
// it is synced; such a transaction is left to the write path, which waits.
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

// Quarantine keeps an authentic delivery that is no event. See core.Ledger.
func (db *DB) Quarantine(q core.Quarantined) (seq uint64, err error) {
	encoded, err := encodeQuarantined(q)
	if err != nil {
		return 0, err
	}
	err = db.update(func(tx *bbolt.Tx) (err error) {
		seq, err = insertQuarantined(tx, encoded)
		return err
	})
	if err != nil {
		return 0, err
	}
	return seq, nil
}

// appendFill is how full a page may be when the next one is begun, in buckets
// that grow at their end: nothing is put in between later, so the half that
// bbolt leaves free would stay free.
const appendFill = 0.9

// appendTo puts value under the bucket's next number.
func appendTo(b *bbolt.Bucket, value []byte) (uint64, error) {
	b.FillPercent = appendFill
	n, err := b.NextSequence()
	if err != nil {
		return 0, err
	}
	return n, b.Put(number(n), value)
}

// derive writes everything that follows from a new event, but for the totals.
func (t totals) derive(tx *bbolt.Tx, e core.Event) error {
	if !e.Attention.IsZero() {
		if err := addConcern(tx, concernEvent, e.Seq); err != nil {
			return err
		}
	}
	if e.Detail == nil {
		return nil
	}
	if d, doorbell := e.Detail.(core.Doorbell); doorbell {
		return ring(tx, e, d)
	}
	if _, err := appendTo(tx.Bucket(feedBucket(e.Detail.Feed())), number(e.Seq)); err != nil {
		return err
	}
	if err := chain(tx, e.Detail.Subject(), e.Seq); err != nil {
		return err
	}
	switch d := e.Detail.(type) {
	case core.Payment:
		return t.derivePayment(tx, e, d)
	case core.WorkOrder:
		return foldWorkOrder(tx, e, d)
	case core.LeaseSigned:
		return foldSigned(tx, e, d)
	case core.LeaseExpired:
		return foldExpired(tx, e, d)
	case core.Tenant:
		return foldTenant(tx, e, d)
	}
	return nil
}

func (t totals) derivePayment(tx *bbolt.Tx, e core.Event, p core.Payment) error {
	payments := tx.Bucket(bucketPayments)
	payments.FillPercent = appendFill // most come in the order in which they happened
	if err := payments.Put(timeKey(e.OccurredAt, e.Seq), nil); err != nil {
		return err
	}
	if p.AmountKnown {
		t.add(e.OccurredAt, p.Amount)
	}
	return foldPayment(tx, e, p)
}

// timeKey sorts by time, then by seq.
func timeKey(t time.Time, seq uint64) []byte {
	key := make([]byte, 0, 20)
	key = binary.BigEndian.AppendUint64(key, sortable(t.Unix()))
	key = binary.BigEndian.AppendUint32(key, uint32(t.Nanosecond()))
	return binary.BigEndian.AppendUint64(key, seq)
}

// sortable flips the sign bit: years before 1970 sort before those after.
func sortable(n int64) uint64 { return uint64(n) ^ 1<<63 }

func unsortable(n uint64) int64 { return int64(n ^ 1<<63) }

// chain puts an event before the others of its subject. A chain is written at
// the end of a bucket; an index by subject would touch a page for every tenant
// who pays, and those pages are what a commit waits for.
func chain(tx *bbolt.Tx, s core.Subject, seq uint64) error {
	if s == (core.Subject{}) {
		return nil
	}
	latest, key := tx.Bucket(bucketLatest), subjectKey(s)
	if before := latest.Get(key); before != nil {
		earlier := tx.Bucket(bucketEarlier)
		earlier.FillPercent = appendFill
		if err := earlier.Put(number(seq), number(toNumber(before))); err != nil {
			return err
		}
	}
	return latest.Put(key, number(seq))
}

// subjectKey needs no length: ids of different kinds begin with different letters.
func subjectKey(s core.Subject) []byte { return append([]byte{s.Kind[0]}, s.ID...) }
