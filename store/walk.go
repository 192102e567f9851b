package store

import (
	"bytes"
	"context"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// batch is how many events one read transaction of Each hands out. A long read
// transaction would pin old pages and make the file grow.
const batch = 256

// Each walks events. See core.Reader.
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
		c, all := tx.Bucket(bucketPayments).Cursor(), tx.Bucket(bucketEvents)
		first, step := oldestPayment, c.Next
		if q.Newest {
			first, step = newestPayment, c.Prev
		}
		next = cursor
		for k := first(c, q, cursor); k != nil && within(q, k) && len(events) < batch; k, _ = step() {
			e, err := readEventOf(all, toNumber(k[12:]))
			if err != nil {
				return nil, nil, err
			}
			events, next = append(events, e), bytes.Clone(k)
		}
		return events, next, nil
	}
}

// oldestPayment moves c to the first key of q, or to the one after cursor.
func oldestPayment(c *bbolt.Cursor, q core.Query, cursor []byte) []byte {
	start := cursor
	if start == nil {
		if q.From.IsZero() {
			k, _ := c.First()
			return k
		}
		start = timeKey(q.From, 0)
	}
	k, _ := c.Seek(start)
	if cursor != nil && bytes.Equal(k, cursor) {
		k, _ = c.Next()
	}
	return k
}

// newestPayment moves c to the last key of q, or to the one before cursor.
func newestPayment(c *bbolt.Cursor, q core.Query, cursor []byte) []byte {
	end := cursor
	if end == nil && !q.To.IsZero() {
		end = timeKey(q.To, 0)
	}
	if end == nil {
		k, _ := c.Last()
		return k
	}
	return seekBefore(c, end)
}

// seekBefore moves c to the last key that sorts before end.
func seekBefore(c *bbolt.Cursor, end []byte) []byte {
	k, _ := c.Seek(end)
	if k == nil {
		k, _ = c.Last()
		return k
	}
	k, _ = c.Prev()
	return k
}

// within reports whether a key of the payments bucket lies in q's time.
func within(q core.Query, key []byte) bool {
	if !q.From.IsZero() && bytes.Compare(key, timeKey(q.From, 0)) < 0 {
		return false
	}
	return q.To.IsZero() || bytes.Compare(key, timeKey(q.To, 0)) < 0
}
