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
// end: new entries are behind the last one copied. ids and payments are sorted
// otherwise: their new entries are found by the events that are new. All other
// buckets are small. They are copied once, and compared in the last step.

// growing are the buckets whose new entries come behind the old ones.
func growing() (names [][]byte) {
	for _, p := range layout() {
		if p.growth == atEnd {
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

	mark        uint64 // the newest event when ids and payments were begun
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
		c.total = 2*held(from, bucketEvents) + int(c.mark) + held(from, feedBucket(core.FeedPayments))
		return from.ForEach(func(name []byte, _ *bbolt.Bucket) error {
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
	var behind []byte
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := c.step(func(from, to *bbolt.Tx) (err error) {
			behind, more, err = c.some(from.Bucket(name), to.Bucket(name), behind, copyEntries)
			return err
		})
		if err != nil {
			return fmt.Errorf("copy %s: %w", name, err)
		}
	}
	return nil
}

// some copies entries behind a key (nil: from the first), and returns the last.
func (c *copying) some(from, to *bbolt.Bucket, behind []byte, limit int) (last []byte, more bool, err error) {
	to.FillPercent = appendFill
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
		if err := to.Put(k, v); err != nil {
			return nil, false, err
		}
		behind = append(behind[:0:0], k...)
		size += len(k) + len(v)
		limit--
		c.done++
	}
	return behind, k != nil, nil
}

var errNested = errors.New("a bucket within a bucket")

// grow copies new entries at the ends of buckets, with the ids and payments of new
// events. It returns how many entries the bucket still misses that misses most.
func (c *copying) grow(from, to *bbolt.Tx, limit int) (missing int, err error) {
	for _, name := range growing() {
		source, target := from.Bucket(name), to.Bucket(name)
		behind, _ := target.Cursor().Last()
		last, _, err := c.some(source, target, bytes.Clone(behind), limit)
		if err != nil {
			return 0, fmt.Errorf("copy %s: %w", name, err)
		}
		if bytes.Equal(name, bucketEvents) {
			if err := c.index(from, to, max(c.mark, toNumber(behind)), toNumber(last)); err != nil {
				return 0, err
			}
		}
		if end, _ := source.Cursor().Last(); end != nil {
			missing = max(missing, int(toNumber(end)-toNumber(last)))
		}
	}
	return missing, nil
}

// index adds the ids and payments of the events behind one, up to another.
func (c *copying) index(from, to *bbolt.Tx, behind, last uint64) error {
	for seq := behind + 1; seq <= last; seq++ {
		e, err := readEvent(from, seq)
		if err != nil {
			return err
		}
		if err := to.Bucket(bucketIDs).Put([]byte(e.ID), number(seq)); err != nil {
			return err
		}
		if _, isPayment := e.Detail.(core.Payment); isPayment {
			if err := to.Bucket(bucketPayments).Put(timeKey(e.OccurredAt, seq), nil); err != nil {
				return err
			}
		}
	}
	return nil
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
