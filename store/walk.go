package store

import (
	"bytes"
	"context"
	"iter"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// batch is how many events one read transaction of Each hands out. A long read
// transaction would pin old pages and make the file grow.
const batch = 256

// Each walks events in batches, and calls fn outside of any transaction, so that fn
// may take its time. See core.Reader.
func (db *DB) Each(ctx context.Context, q core.Query, fn func(core.Event) error) error {
	read, cursor := eventsAfter, number(q.AfterSeq)
	if q.Payments {
		read, cursor = paymentsBetween(q), nil
	}
	for {
		var events []core.Event
		err := db.view(func(tx *bbolt.Tx) (err error) {
			events, cursor, err = read(tx, cursor)
			return err
		})
		if err != nil {
			return err
		}
		for _, e := range events {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := fn(e); err != nil {
				return err
			}
		}
		if len(events) < batch {
			return nil
		}
	}
}

// reader reads one batch from behind a cursor, its own key in the index, and
// returns the cursor to go on with.
type reader func(tx *bbolt.Tx, cursor []byte) (events []core.Event, next []byte, err error)

func eventsAfter(tx *bbolt.Tx, cursor []byte) (events []core.Event, next []byte, err error) {
	seq := max(toNumber(cursor), gone(tx, bucketEvents))
	all := tx.Bucket(bucketEvents)
	c := all.Cursor()
	k, v := c.Seek(number(seq + 1))
	for last := all.Sequence(); seq < last && len(events) < batch; k, v = c.Next() {
		seq++
		if toNumber(k) != seq {
			return nil, nil, noEvent(seq)
		}
		e, err := decodeEvent(seq, v)
		if err != nil {
			return nil, nil, err
		}
		events = append(events, e)
	}
	return events, number(seq), nil
}

func paymentsBetween(q core.Query) reader {
	return func(tx *bbolt.Tx, cursor []byte) (events []core.Event, next []byte, err error) {
		all := tx.Bucket(bucketEvents)
		next = cursor
		for k := range payments(tx, q, cursor) {
			if len(events) == batch {
				break
			}
			e, err := readEventOf(all, toNumber(k[12:]))
			if err != nil {
				return nil, nil, err
			}
			events, next = append(events, e), bytes.Clone(k)
		}
		return events, next, nil
	}
}

// payments yields the keys and rows of q's payments in its order, from behind cursor
// (nil: from the first).
func payments(tx *bbolt.Tx, q core.Query, cursor []byte) iter.Seq2[[]byte, []byte] {
	var low, high []byte // nil: open
	if !q.From.IsZero() {
		low = timeKey(q.From, 0)
	}
	if !q.To.IsZero() {
		high = timeKey(q.To, 0)
	}
	return func(yield func(key, row []byte) bool) {
		c := tx.Bucket(bucketPayments).Cursor()
		first, step := oldestPayment, c.Next
		if q.Newest {
			first, step = newestPayment, c.Prev
		}
		for k, row := first(c, low, high, cursor); k != nil; k, row = step() {
			if low != nil && bytes.Compare(k, low) < 0 || high != nil && bytes.Compare(k, high) >= 0 || !yield(k, row) {
				return
			}
		}
	}
}

// oldestPayment moves c to the first key from low on, or to the one after cursor.
func oldestPayment(c *bbolt.Cursor, low, _, cursor []byte) (key, row []byte) {
	if cursor == nil {
		return c.Seek(low) // nil: the first of all
	}
	if key, row = c.Seek(cursor); bytes.Equal(key, cursor) {
		return c.Next()
	}
	return key, row
}

// newestPayment moves c to the last key before high, or to the one before cursor.
func newestPayment(c *bbolt.Cursor, _, high, cursor []byte) (key, row []byte) {
	end := cursor
	if end == nil {
		end = high
	}
	if end != nil {
		if k, _ := c.Seek(end); k != nil {
			return c.Prev()
		}
	}
	return c.Last()
}
