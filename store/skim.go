package store

import (
	"bytes"
	"context"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// skimBatch is how many payments one read transaction of Skim hands out: it
// lasts a fraction of a millisecond, and what it reads stays in the processor's
// cache.
const skimBatch = 256

// Skim walks the rows of payments in batches. See core.Reader.
func (db *DB) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	s := skimmer{q: q, batch: make([]core.Skimmed, 0, skimBatch)}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := db.view(s.read); err != nil {
			return err
		}
		if len(s.batch) == 0 {
			return nil
		}
		if err := s.decode(); err != nil {
			return err
		}
		if err := fn(s.batch); err != nil || len(s.batch) < skimBatch {
			return err
		}
	}
}

// skimmer reads payments a batch at a time. Their rows are gathered in one buffer and
// become one string, of which their texts are parts.
type skimmer struct {
	q      core.Query
	cursor []byte // the last key that was read
	batch  []core.Skimmed
	rows   []byte
	ends   [skimBatch]int // of the rows, each beginning where the one before ends
}

// read gathers the rows of a batch.
func (s *skimmer) read(tx *bbolt.Tx) error {
	s.batch, s.rows = s.batch[:0], s.rows[:0]
	last := s.cursor
	for key, row := range payments(tx, s.q, s.cursor) {
		s.rows = append(s.rows, row...)
		s.ends[len(s.batch)] = len(s.rows)
		s.batch = append(s.batch, core.Skimmed{Seq: toNumber(key[12:]), At: keyTime(key)})
		last = key
		if len(s.batch) == skimBatch {
			break
		}
	}
	s.cursor = bytes.Clone(last)
	return nil
}

// decode reads the rows that were gathered, outside of any transaction.
func (s *skimmer) decode() error {
	all, begin := string(s.rows), 0
	for i := range s.batch {
		if err := decodeRow(all[begin:s.ends[i]], s.q.Whole, &s.batch[i]); err != nil {
			return err
		}
		begin = s.ends[i]
	}
	return nil
}
