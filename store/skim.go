package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// skimBatch is how many payments one read transaction of Skim hands out: it
// lasts about a millisecond.
const skimBatch = 512

// Skim walks payments without decoding them. See core.Reader.
func (db *DB) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	s := skimmer{q: q}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := db.view(s.read); err != nil {
			return err
		}
		if len(s.lines) > 0 {
			if err := fn(s.handOut()); err != nil {
				return err
			}
		}
		if len(s.lines) < skimBatch {
			return nil
		}
	}
}

// skimmer reads payments a batch at a time. Texts are gathered in one buffer and
// become strings together: a batch costs two allocations.
type skimmer struct {
	q      core.Query
	cursor []byte // the last key that was read
	lines  []skimmed
	text   []byte

	events  *bbolt.Cursor // of the running transaction
	at      uint64        // the event it stands on; 0: none yet
	current []byte
}

// skimmed is a payment whose texts are still in the buffer.
type skimmed struct {
	seq  uint64
	at   time.Time
	ends [skimTexts]int // of its texts, each beginning where the one before ends
	line paymentLine
}

// read fills the batch.
func (s *skimmer) read(tx *bbolt.Tx) error {
	s.lines, s.text = s.lines[:0], s.text[:0]
	s.events, s.at = tx.Bucket(bucketEvents).Cursor(), 0
	c := tx.Bucket(bucketPayments).Cursor()
	first, step := oldestPayment, c.Next
	if s.q.Newest {
		first, step = newestPayment, c.Prev
	}
	last := s.cursor
	low, high := bounds(s.q)
	for k := first(c, s.q, s.cursor); k != nil && inside(k, low, high) && len(s.lines) < skimBatch; k, _ = step() {
		if err := s.add(k); err != nil {
			return err
		}
		last = k
	}
	s.cursor = bytes.Clone(last)
	return nil
}

// add reads the payment of a key of the payments bucket.
func (s *skimmer) add(key []byte) error {
	seq := toNumber(key[12:])
	b := s.event(seq)
	if b == nil {
		return fmt.Errorf("event %d: %w", seq, core.ErrNotFound)
	}
	l := skimmed{seq: seq, at: keyTime(key)}
	if !l.line.read(b) {
		e, err := decodeEvent(seq, b)
		if err != nil {
			return err
		}
		l.line = lineOf(e)
	}
	for i, text := range l.line.texts {
		s.text = append(s.text, text...)
		l.ends[i] = len(s.text)
	}
	l.line.texts = [skimTexts][]byte{} // they are the transaction's
	s.lines = append(s.lines, l)
	return nil
}

// nearby is how many events are stepped over rather than looked for anew.
const nearby = 16

// event is the record of a number. Payments that follow each other in time mostly
// do so in the file as well.
func (s *skimmer) event(seq uint64) []byte {
	var k []byte
	switch {
	case s.at > seq && s.at-seq <= nearby:
		for s.at > seq {
			k, s.current = s.events.Prev()
			s.at = toNumber(k)
		}
	case s.at < seq && s.at > 0 && seq-s.at <= nearby:
		for s.at < seq && s.at > 0 {
			k, s.current = s.events.Next()
			s.at = toNumber(k)
		}
	}
	if s.at != seq {
		k, s.current = s.events.Seek(number(seq))
		s.at = toNumber(k)
	}
	if s.at != seq {
		return nil
	}
	return s.current
}

// handOut makes the batch the caller's own.
func (s *skimmer) handOut() []core.Skimmed {
	all, begin := string(s.text), 0
	batch := make([]core.Skimmed, len(s.lines))
	for i := range s.lines {
		l := &s.lines[i]
		var texts [skimTexts]string
		for j, end := range l.ends {
			texts[j], begin = all[begin:end], end
		}
		batch[i] = core.Skimmed{Seq: l.seq, At: l.at, Payment: core.Payment{
			Place: core.Place{Tenant: texts[textTenant], Property: texts[textProperty], Unit: texts[textUnit]},
			Lease: texts[textLease], Method: texts[textMethod], Memo: texts[textMemo], Reference: texts[textReference],
			Amount: core.Cents(l.line.amount), AmountKnown: l.line.known,
		}}
	}
	return batch
}

// bounds are q's time as keys of the payments bucket; nil: open.
func bounds(q core.Query) (low, high []byte) {
	if !q.From.IsZero() {
		low = timeKey(q.From, 0)
	}
	if !q.To.IsZero() {
		high = timeKey(q.To, 0)
	}
	return low, high
}

func inside(key, low, high []byte) bool {
	return (low == nil || bytes.Compare(key, low) >= 0) && (high == nil || bytes.Compare(key, high) < 0)
}

// keyTime is the time in a key of the payments bucket.
func keyTime(key []byte) time.Time {
	return time.Unix(unsortable(toNumber(key)), int64(binary.BigEndian.Uint32(key[8:]))).UTC()
}
