package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// additions are what one transaction adds, besides what it has written.
type additions struct {
	known  *knownIDs         // before the transaction
	fresh  map[string]uint64 // the ids that it has added, and under which numbers
	totals totals
}

func newAdditions(known *knownIDs) *additions {
	return &additions{known: known, fresh: map[string]uint64{}, totals: totals{}}
}

// keep makes the ids known, once they are synced.
func (a *additions) keep() {
	for id, seq := range a.fresh {
		a.known.add(id, seq)
	}
	clear(a.fresh)
}

// find is the number of the event with an id; 0: there is none.
func (a *additions) find(tx *bbolt.Tx, id string) uint64 {
	return max(a.fresh[id], a.known.find(tx, id))
}

// insert writes a new event and all that follows from it, except the totals, which the
// caller saves. A rebuild uses it too, so that a repaired file cannot differ from one
// that was only added to.
func (a *additions) insert(tx *bbolt.Tx, e core.Event, encoded []byte) (seq uint64, fresh bool, err error) {
	if seq = a.find(tx, e.ID); seq > 0 {
		return seq, false, nil
	}
	if seq, err = appendTo(tx.Bucket(bucketEvents), encoded); err != nil {
		return 0, false, err
	}
	a.fresh[e.ID], e.Seq = seq, seq
	earlier, err := chain(tx, subjectOf(e), seq)
	if err != nil {
		return 0, false, err
	}
	return seq, true, errors.Join(putID(tx, seq, e.ID, earlier), a.derive(tx, e))
}

// insertAll keeps the events whose ids are new and counts them.
func (a *additions) insertAll(tx *bbolt.Tx, events []core.Event, encoded [][]byte) (fresh int, err error) {
	for i, e := range events {
		_, isNew, err := a.insert(tx, e, encoded[i])
		if err != nil {
			return 0, err
		}
		if isNew {
			fresh++
		}
	}
	return fresh, nil
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
const appendFill = 1.0

// lateFill is that of payments in a transaction with one that is not the last to have
// happened. In a full page each that comes a little late would begin another page.
const lateFill = 0.7

// appendTo puts value under the bucket's next number.
func appendTo(b *bbolt.Bucket, value []byte) (uint64, error) {
	b.FillPercent = appendFill
	n, err := b.NextSequence()
	if err != nil {
		return 0, err
	}
	return n, b.Put(number(n), value)
}

// derive writes what follows from a new event.
func (a *additions) derive(tx *bbolt.Tx, e core.Event) error {
	if !e.Attention.IsZero() {
		if err := addConcern(tx, concernEvent, e.Seq); err != nil {
			return err
		}
	}
	if err := putRow(tx, e); err != nil {
		return err
	}
	switch d := e.Detail.(type) {
	case core.Doorbell:
		return ring(tx, e, d)
	case core.Payment:
		return a.derivePayment(tx, e, d)
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

func (a *additions) derivePayment(tx *bbolt.Tx, e core.Event, p core.Payment) error {
	if err := putPayment(tx, e, p); err != nil {
		return err
	}
	if p.AmountKnown {
		a.totals.add(e.OccurredAt, p.Amount)
	}
	return foldPayment(tx, e, p)
}

// putPayment puts a payment's row where it happened.
func putPayment(tx *bbolt.Tx, e core.Event, p core.Payment) error {
	payments, key := tx.Bucket(bucketPayments), timeKey(e.OccurredAt, e.Seq)
	switch last, _ := payments.Cursor().Last(); {
	case bytes.Compare(key, last) < 0:
		payments.FillPercent = lateFill
	case payments.FillPercent == bbolt.DefaultFillPercent:
		payments.FillPercent = appendFill
	}
	return payments.Put(key, encodeRow(e, p))
}

// subjectOf is what an event is about; the zero Subject: it has no history.
func subjectOf(e core.Event) core.Subject {
	if e.Detail == nil {
		return core.Subject{}
	}
	return e.Detail.Subject()
}

// chain makes an event the latest of its subject, and returns the one before it; 0:
// there is none. That link is kept with the event's id, at the end of a bucket. An
// index by subject would touch a page for every tenant who pays, and a commit waits for
// each page that it touches.
func chain(tx *bbolt.Tx, s core.Subject, seq uint64) (earlier uint64, err error) {
	if s == (core.Subject{}) {
		return 0, nil
	}
	latest, key := tx.Bucket(bucketLatest), subjectKey(s)
	earlier = toNumber(latest.Get(key))
	return earlier, latest.Put(key, number(seq))
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
