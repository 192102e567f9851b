package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// A file is copied entry by entry while deliveries go on. bbolt's own copy and its
// compaction hold one read transaction from beginning to end, and a commit that
// has to map more of the file waits for that.
//
// Entries of the large buckets never change. Most of these buckets grow at their
// end: new entries are behind the last one copied. payments is sorted otherwise: its
// new entries are found by the events that are new. All other buckets are small. They
// are copied once, and compared in the last step.
//
// Of a file of an earlier schema the copy is one of this schema: see upgrade.go.

// growing are the buckets whose new entries come behind the old ones.
func (c *copying) growing() (names [][]byte) {
	for _, p := range layout() {
		if p.growth == atEnd && c.copies(p.name) {
			names = append(names, p.name)
		}
	}
	return names
}

const (
	// A step's read transaction copies at most so many entries or bytes.
	copyEntries = 1024
	copyBytes   = 1 << 20

	// nearly is how many events may be missing when the last step begins, which
	// deliveries wait for.
	nearly = 256
)

// copying is one copy in progress.
type copying struct {
	to       *bbolt.DB
	view     func(func(*bbolt.Tx) error) error // of what is copied
	progress func(done, total int)

	old         bool   // what is copied is of schema 1
	deleted     bool   // some of its events were deleted, and their ids are left
	mark        uint64 // the newest event when payments was begun
	done, total int    // entries, roughly
}

// prepare copies nearly everything.
func (c *copying) prepare(ctx context.Context) error {
	names, err := c.begin()
	if err != nil {
		return err
	}
	for _, name := range names {
		if partOf(name).growth != atEnd {
			if err := c.sweep(ctx, name); err != nil {
				return err
			}
		}
	}
	if c.old && c.deleted {
		if err := c.sweepWith(ctx, bucketIDs1, c.carryDeletedID); err != nil {
			return err
		}
	}
	for missing := nearly + 1; missing > nearly; {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.step(func(from, to *bbolt.Tx) (err error) {
			missing, err = c.grow(from, to, copyEntries)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// begin makes the buckets and finds out how much there is to do.
func (c *copying) begin() (names [][]byte, err error) {
	err = c.step(func(from, to *bbolt.Tx) error {
		c.mark = from.Bucket(bucketEvents).Sequence()
		c.total = held(from, bucketEvents) + int(c.mark) + 2*held(from, feedBucket(core.FeedPayments))
		if c.old = schemaOf(from) == 1; c.old {
			if err := c.beginUpgrade(from, to); err != nil {
				return err
			}
		}
		return from.ForEach(func(name []byte, _ *bbolt.Bucket) error {
			if !c.copies(name) {
				return nil
			}
			names = append(names, bytes.Clone(name))
			_, err := to.CreateBucketIfNotExists(name)
			return err
		})
	})
	return names, err
}

// step is one short pair of transactions.
func (c *copying) step(do func(from, to *bbolt.Tx) error) error {
	err := c.view(func(from *bbolt.Tx) error {
		return c.to.Update(func(to *bbolt.Tx) error { return do(from, to) })
	})
	if c.progress != nil {
		c.progress(min(c.done, c.total), c.total)
	}
	return err
}

// sweep copies one bucket by its keys.
func (c *copying) sweep(ctx context.Context, name []byte) error {
	return c.sweepWith(ctx, name, func(_, to *bbolt.Tx, k, v []byte) error {
		b := to.Bucket(name)
		b.FillPercent = appendFill
		return b.Put(k, v)
	})
}

// sweepWith calls put for each entry of one bucket.
func (c *copying) sweepWith(ctx context.Context, name []byte, put putter) error {
	var behind []byte
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := c.step(func(from, to *bbolt.Tx) (err error) {
			behind, more, err = c.some(from.Bucket(name), behind, copyEntries, func(k, v []byte) error { return put(from, to, k, v) })
			return err
		})
		if err != nil {
			return fmt.Errorf("copy %s: %w", name, err)
		}
	}
	return nil
}

// putter puts an entry of one file into another.
type putter func(from, to *bbolt.Tx, k, v []byte) error

// some calls put for the entries behind a key (nil: from the first), and returns the last.
func (c *copying) some(from *bbolt.Bucket, behind []byte, limit int, put func(k, v []byte) error) (last []byte, more bool, err error) {
	cursor := from.Cursor()
	k, v := cursor.Seek(behind)
	if behind != nil && bytes.Equal(k, behind) {
		k, v = cursor.Next()
	}
	size := 0
	for ; k != nil && limit > 0 && size < copyBytes; k, v = cursor.Next() {
		if v == nil && from.Bucket(k) != nil {
			return nil, false, errNested
		}
		if err := put(k, v); err != nil {
			return nil, false, err
		}
		behind = append(behind[:0:0], k...)
		size += len(k) + len(v)
		limit--
		if !c.old { // else records count: to write them anew takes nearly all the time
			c.done++
		}
	}
	return behind, k != nil, nil
}

var errNested = errors.New("a bucket within a bucket")

// grow copies new entries at the ends of buckets, with the payments of new events. It
// returns how many entries the bucket still misses that misses most.
func (c *copying) grow(from, to *bbolt.Tx, limit int) (missing int, err error) {
	for _, name := range c.growing() {
		source, target := from.Bucket(name), to.Bucket(name)
		target.FillPercent = appendFill
		put := target.Put
		if bytes.Equal(name, bucketEvents) {
			put = func(k, v []byte) error { return c.putEvent(from, to, k, v) }
		}
		behind, _ := target.Cursor().Last()
		last, _, err := c.some(source, bytes.Clone(behind), limit, put)
		if err != nil {
			return 0, fmt.Errorf("copy %s: %w", name, err)
		}
		if end, _ := source.Cursor().Last(); end != nil {
			missing = max(missing, int(toNumber(end)-toNumber(last)))
		}
	}
	return missing, nil
}

// putEvent copies an event, and the row of a payment that came since payments was begun.
func (c *copying) putEvent(from, to *bbolt.Tx, k, v []byte) error {
	if c.old {
		return c.upgradeEvent(from, to, k, v)
	}
	if err := to.Bucket(bucketEvents).Put(k, v); err != nil || toNumber(k) <= c.mark {
		return err
	}
	e, err := decodeEvent(toNumber(k), v)
	if err != nil {
		return err
	}
	key := timeKey(e.OccurredAt, e.Seq)
	row := from.Bucket(bucketPayments).Get(key)
	if row == nil {
		return nil
	}
	return to.Bucket(bucketPayments).Put(key, row)
}

// finish copies what is still missing, so that the copy equals from.
func (c *copying) finish(from *bbolt.Tx) error {
	return c.to.Update(func(to *bbolt.Tx) error {
		for missing := 1; missing > 0; {
			var err error
			if missing, err = c.grow(from, to, copyEntries); err != nil {
				return err
			}
		}
		return from.ForEach(func(name []byte, source *bbolt.Bucket) error {
			if !c.copies(name) {
				return nil
			}
			target, err := to.CreateBucketIfNotExists(name)
			if err != nil {
				return err
			}
			if partOf(name).growth == anywhere {
				if err := level(source, target); err != nil {
					return fmt.Errorf("compare %s: %w", name, err)
				}
			}
			return target.SetSequence(source.Sequence())
		})
	})
}

// level makes target equal to source. It walks both side by side and writes only
// what differs.
func level(source, target *bbolt.Bucket) error {
	var changed, surplus [][]byte
	from, to := source.Cursor(), target.Cursor()
	k, v := from.First()
	have, value := to.First()
	for k != nil || have != nil {
		switch order := bytes.Compare(k, have); {
		case have == nil || k != nil && order < 0:
			changed = append(changed, k)
			k, v = from.Next()
		case k == nil || order > 0:
			surplus = append(surplus, bytes.Clone(have))
			have, value = to.Next()
		default:
			if !bytes.Equal(v, value) {
				changed = append(changed, k)
			}
			k, v = from.Next()
			have, value = to.Next()
		}
	}
	for _, key := range surplus {
		if err := target.Delete(key); err != nil {
			return err
		}
	}
	for _, key := range changed {
		if err := target.Put(key, source.Get(key)); err != nil {
			return err
		}
	}
	return nil
}
