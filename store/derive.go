package store

import (
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// insert writes a new event and all that follows from it. A rebuild uses it too,
// so that a repaired file cannot differ from one that was only added to.
func insert(tx *bbolt.Tx, e core.Event, encoded []byte) (seq uint64, fresh bool, err error) {
	t := totals{}
	if seq, fresh, err = t.insert(tx, e, encoded); err != nil {
		return 0, false, err
	}
	return seq, fresh, t.save(tx)
}

// insert is insert without the totals: it adds them to t, which the caller saves.
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

// insertQuarantined writes a delivery that is no event, and its concern.
func insertQuarantined(tx *bbolt.Tx, encoded []byte) (seq uint64, err error) {
	if seq, err = appendTo(tx.Bucket(bucketQuarantine), encoded); err != nil {
		return 0, err
	}
	return seq, addConcern(tx, concernQuarantined, seq)
}

// appendFill is how full a page gets before bbolt begins the next one, in buckets
// that grow at their end. Nothing is ever put in between, so the half that bbolt
// leaves free by default would stay free.
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

// derive writes all that follows from a new event, except the totals.
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
	if feed := e.Detail.Feed(); feed != core.FeedActivity { // which holds every event as it is
		if _, err := appendTo(tx.Bucket(feedBucket(feed)), number(e.Seq)); err != nil {
			return err
		}
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

// chain links an event to the one before it of the same subject. Links are
// written at the end of a bucket. An index by subject would touch a page for every
// tenant who pays, and a commit waits for each page that it touches.
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

// secondsPerQuarter: offsets of time zones are whole quarters of an hour.
const secondsPerQuarter = 15 * 60

// totals are what a transaction adds, by quarter of an hour. Most payments of a
// group share a quarter, whose total is read and written once.
type totals map[uint64]total

type total struct {
	count uint64
	sum   core.Cents
}

func (t totals) add(at time.Time, amount core.Cents) {
	quarter := quarterOf(at)
	now := t[quarter]
	t[quarter] = total{now.count + 1, now.sum.Plus(amount)}
}

func (t totals) save(tx *bbolt.Tx) error {
	saved := tx.Bucket(bucketTotals)
	for quarter, more := range t {
		key := number(quarter)
		count, sum := decodeTotal(saved.Get(key))
		if err := saved.Put(key, encodeTotal(count+more.count, sum.Plus(more.sum))); err != nil {
			return err
		}
	}
	return nil
}

func encodeTotal(count uint64, sum core.Cents) []byte {
	return binary.AppendVarint(binary.AppendUvarint(nil, count), int64(sum))
}

func quarterOf(t time.Time) uint64 {
	sec := t.Unix()
	quarter := sec / secondsPerQuarter
	if sec%secondsPerQuarter < 0 {
		quarter-- // division rounds towards zero; before 1970 that is up
	}
	return sortable(quarter)
}

func decodeTotal(b []byte) (count uint64, sum core.Cents) {
	count, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, 0
	}
	cents, _ := binary.Varint(b[n:])
	return count, core.Cents(cents)
}
