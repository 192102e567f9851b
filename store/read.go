package store

import (
	"context"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// Summary counts from what is counted already; it costs the same with a million
// events as with one. See core.Reader.
func (db *DB) Summary() (core.Summary, error) {
	s := core.Summary{Feeds: map[core.Feed]int{}, Gone: map[core.Feed]int{}}
	err := db.view(func(tx *bbolt.Tx) error {
		events := tx.Bucket(bucketEvents)
		s.Events, s.LastSeq = held(tx, bucketEvents), events.Sequence()
		s.Feeds[core.FeedActivity], s.Gone[core.FeedActivity] = s.Events, int(gone(tx, bucketEvents))
		for _, feed := range feeds() {
			s.Feeds[feed], s.Gone[feed] = held(tx, feedBucket(feed)), int(gone(tx, feedBucket(feed)))
		}
		s.Quarantined = held(tx, bucketQuarantine)
		meta := tx.Bucket(bucketMeta)
		s.Attention = int(toNumber(meta.Get(keyConcerns))) - db.floods.count(tx).folded()
		s.OpenWorkOrders = int(toNumber(meta.Get(keyOpen)))
		if s.Events == 0 {
			return nil
		}
		last, err := readEvent(tx, events.Sequence())
		s.LastEvent = last.ReceivedAt
		return err
	})
	s.Rejected, s.Duplicates = db.tallies.get(tallyRejected), db.tallies.get(tallyDuplicates)
	return s, err
}

// Page reads rows of a feed, newest first, each with one look-up in its index. See
// core.Reader.
func (db *DB) Page(feed core.Feed, offset, limit int) ([]core.Event, error) {
	var page []core.Event
	err := db.view(func(tx *bbolt.Tx) error {
		name := bucketEvents
		if feed != core.FeedActivity {
			name = feedBucket(feed)
		}
		index, all := tx.Bucket(name), tx.Bucket(bucketEvents)
		if index == nil {
			return fmt.Errorf("feed %q: %w", feed, core.ErrNotFound)
		}
		rows := held(tx, name)
		for i := max(offset, 0); i < rows && len(page) < limit; i++ {
			seq := index.Sequence() - uint64(i)
			if feed != core.FeedActivity {
				seq = seqOfRow(index, seq)
			}
			e, err := readEventOf(all, seq)
			if err != nil {
				return err
			}
			page = append(page, e)
		}
		return nil
	})
	return page, err
}

// Event reads one event by its number; core.ErrNotFound when it is not there, or no
// longer. See core.Reader.
func (db *DB) Event(seq uint64) (core.Event, error) {
	var e core.Event
	err := db.view(func(tx *bbolt.Tx) (err error) {
		e, err = readEvent(tx, seq)
		return err
	})
	return e, err
}

// History follows a subject's chain from its newest event back. See core.Reader.
func (db *DB) History(s core.Subject, limit int) ([]core.Event, error) {
	var list []core.Event
	if s.Kind == "" {
		return nil, nil
	}
	err := db.view(func(tx *bbolt.Tx) error {
		known := tx.Bucket(bucketKnown)
		seq := toNumber(tx.Bucket(bucketLatest).Get(subjectKey(s)))
		for seq > gone(tx, bucketEvents) && len(list) < limit {
			e, err := readEvent(tx, seq)
			if err != nil {
				return err
			}
			list = append(list, e)
			seq, _ = decodeID(known.Get(number(seq)))
		}
		return nil
	})
	return list, err
}

// EachQuarantined walks the quarantine in the order of arrival, each delivery in a
// transaction of its own. See core.Reader.
func (db *DB) EachQuarantined(ctx context.Context, fn func(core.Quarantined) error) error {
	for seq := uint64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var q core.Quarantined
		more := false
		err := db.view(func(tx *bbolt.Tx) (err error) {
			seq = max(seq, gone(tx, bucketQuarantine)) + 1
			if more = seq <= tx.Bucket(bucketQuarantine).Sequence(); more {
				q, err = readQuarantined(tx, seq)
			}
			return err
		})
		if err != nil || !more {
			return err
		}
		if err := fn(q); err != nil {
			return err
		}
	}
}

func readEvent(tx *bbolt.Tx, seq uint64) (core.Event, error) {
	return readEventOf(tx.Bucket(bucketEvents), seq)
}

// readEventOf is readEvent for many reads in one transaction: bbolt opens a bucket
// anew each time that it is asked for.
func readEventOf(all *bbolt.Bucket, seq uint64) (core.Event, error) {
	b := all.Get(number(seq))
	if b == nil {
		return core.Event{}, noEvent(seq)
	}
	return decodeEvent(seq, b)
}

func noEvent(seq uint64) error { return fmt.Errorf("event %d: %w", seq, core.ErrNotFound) }

func readQuarantined(tx *bbolt.Tx, seq uint64) (core.Quarantined, error) {
	b := tx.Bucket(bucketQuarantine).Get(number(seq))
	if b == nil {
		return core.Quarantined{}, fmt.Errorf("quarantined delivery %d: %w", seq, core.ErrNotFound)
	}
	var q quarantined
	if err := cbor.Unmarshal(b, &q); err != nil {
		return core.Quarantined{}, fmt.Errorf("read quarantined delivery %d: %w", seq, err)
	}
	return core.Quarantined{Seq: seq, ReceivedAt: q.ReceivedAt.time(), Reason: q.Reason, Body: q.Body}, nil
}

// WorkOrders reads the state of every work order, sorted by id. See core.Reader.
func (db *DB) WorkOrders() ([]core.WorkOrderState, error) {
	return states(db, bucketWorkOrders, workOrderState.core)
}

// Leases reads the state of every lease, sorted by id. See core.Reader.
func (db *DB) Leases() ([]core.LeaseState, error) {
	return states(db, bucketLeases, leaseState.core)
}

// Tenants reads the state of every tenant, sorted by id. See core.Reader.
func (db *DB) Tenants() ([]core.TenantState, error) {
	return states(db, bucketTenants, tenantState.core)
}

func states[S, C any](db *DB, bucket []byte, toCore func(S, string) C) ([]C, error) {
	var list []C
	err := db.view(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucket).ForEach(func(k, v []byte) error {
			var s S
			if err := cbor.Unmarshal(v, &s); err != nil {
				return fmt.Errorf("read %s: %w", bucket, err)
			}
			list = append(list, toCore(s, string(k)))
			return nil
		})
	})
	return list, err
}

// Totals sums payments by quarter of an hour. See core.Reader.
func (db *DB) Totals(from, to time.Time) ([]core.Total, error) {
	var list []core.Total
	err := db.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketTotals).Cursor()
		for k, v := c.Seek(number(quarterOf(from))); k != nil; k, v = c.Next() {
			start := time.Unix(unsortable(toNumber(k))*secondsPerQuarter, 0).UTC()
			if !start.Before(to) {
				return nil
			}
			count, sum := decodeTotal(v)
			list = append(list, core.Total{Start: start, Count: int(count), Amount: sum})
		}
		return nil
	})
	return list, err
}
