package store

import (
	"bytes"
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// skimBatch is how many payments one read transaction of Skim hands out: it
// lasts a fraction of a millisecond, and what it reads stays in the processor's
// cache.
const skimBatch = 256

// Skim walks payments in batches and reads of each only what a list shows. See
// core.Reader.
func (db *DB) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	s := skimmer{q: q, texts: searchTexts, batch: make([]core.Skimmed, 0, skimBatch)}
	if q.Whole {
		s.texts = wholeTexts
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := db.view(s.read); err != nil {
			return err
		}
		if len(s.batch) > 0 {
			s.cut()
			if err := fn(s.batch); err != nil {
				return err
			}
		}
		if len(s.batch) < skimBatch {
			return nil
		}
	}
}

// skimmer reads payments a batch at a time. Their texts are gathered in one buffer
// and become strings together.
type skimmer struct {
	q      core.Query
	texts  int    // that are wanted of each
	cursor []byte // the last key that was read
	batch  []core.Skimmed
	text   []byte
	ends   []int // of the texts, each beginning where the one before ends
	line   paymentLine

	events  *bbolt.Cursor // of the running transaction
	at      uint64        // the event it stands on; 0: none yet
	current []byte
}

// read fills the batch.
func (s *skimmer) read(tx *bbolt.Tx) error {
	s.batch, s.text, s.ends = s.batch[:0], s.text[:0], s.ends[:0]
	s.events, s.at = tx.Bucket(bucketEvents).Cursor(), 0
	last := s.cursor
	for k := range payments(tx, s.q, s.cursor) {
		if len(s.batch) == skimBatch {
			break
		}
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
	l := &s.line
	*l = paymentLine{}
	if !l.read(b) {
		e, err := decodeEvent(seq, b)
		if err != nil {
			return err
		}
		*l = lineOf(e)
	}
	for _, text := range l.texts[:s.texts] {
		s.text = append(s.text, text...)
		s.ends = append(s.ends, len(s.text))
	}
	s.batch = s.batch[:len(s.batch)+1]
	p := &s.batch[len(s.batch)-1] // what is set of an earlier batch is set again, the texts by cut
	p.Seq, p.At, p.Amount, p.AmountKnown = seq, keyTime(key), core.Cents(l.amount), l.known
	if s.q.Whole {
		p.ReceivedAt = l.received
	}
	return nil
}

// nearby is up to how many events a cursor steps over, rather than look for the
// next one from the root.
const nearby = 16

// event is the record of a number, nil when there is none. Payments that follow
// each other in time mostly follow each other in the file too.
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

// cut hands the gathered texts to the payments of the batch, as parts of one string.
func (s *skimmer) cut() {
	all, begin := string(s.text), 0
	for i := range s.batch {
		p, ends := &s.batch[i], s.ends[i*s.texts:]
		for j, text := range [wholeTexts]*string{
			textTenant: &p.Tenant, textProperty: &p.Property, textUnit: &p.Unit,
			textLease: &p.Lease, textMethod: &p.Method, textMemo: &p.Memo, textReference: &p.Reference,
			textID: &p.ID, textType: &p.Type, textReason: (*string)(&p.Attention.Reason), textField: &p.Attention.Field,
		} {
			if j == s.texts {
				break
			}
			*text, begin = all[begin:ends[j]], ends[j]
		}
	}
}
