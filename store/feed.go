package store

import (
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// A feed's bucket says of which event row n is. Rows mostly come in runs: the event of
// the next row is the next event. Only the first row of a run has an entry, so that a
// delivery mostly adds none.

// feedBucket is the name of a feed's index.
func feedBucket(feed core.Feed) []byte { return []byte(string(feed) + ".n") }

// feeds are those that have an index; Activity's is events.
func feeds() []core.Feed {
	return []core.Feed{core.FeedPayments, core.FeedWorkOrders, core.FeedLeases, core.FeedTenants}
}

// putRow makes an event the newest row of its feed. Activity's rows are the events.
func putRow(tx *bbolt.Tx, e core.Event) error {
	if e.Detail == nil || e.Detail.Feed() == core.FeedActivity {
		return nil
	}
	rows := tx.Bucket(feedBucket(e.Detail.Feed()))
	n := rows.Sequence() + 1
	if first, seq := rows.Cursor().Last(); first != nil && toNumber(seq)+n-toNumber(first) == e.Seq {
		return rows.SetSequence(n)
	}
	_, err := appendTo(rows, number(e.Seq))
	return err
}

// seqOfRow is the event of a row that is there.
func seqOfRow(rows *bbolt.Bucket, n uint64) uint64 {
	c := rows.Cursor()
	first, seq := c.Seek(number(n))
	switch {
	case first == nil:
		first, seq = c.Last()
	case toNumber(first) != n:
		first, seq = c.Prev()
	}
	return toNumber(seq) + n - toNumber(first)
}

// dropRow deletes the oldest row of an event's feed. The next row begins the run then.
func dropRow(tx *bbolt.Tx, e core.Event) error {
	if e.Detail.Feed() == core.FeedActivity {
		return nil
	}
	name := feedBucket(e.Detail.Feed())
	rows, n := tx.Bucket(name), gone(tx, name)+1
	if next := number(n + 1); n < rows.Sequence() && rows.Get(next) == nil {
		if err := rows.Put(next, number(e.Seq+1)); err != nil {
			return err
		}
	}
	return dropFirst(tx, name)
}
