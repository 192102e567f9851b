package store

import (
	"fmt"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// Whoever makes one file of another has to know what each bucket is: a recount
// and a repair where its entries come from, a copy where new ones are put while
// it goes on. All of it is said here, and nowhere else. A bucket that is not
// listed is one that this version does not know: it is taken along as it is.

// nature is where the entries of a bucket come from.
type nature int

const (
	// carried: from nothing else that is kept. They are taken along as they are.
	carried nature = iota
	// derived: from the records. They are counted anew.
	derived
	// recorded: they are the records.
	recorded
)

// growth is where new entries are put.
type growth int

const (
	// anywhere: the bucket is small, or seldom written.
	anywhere growth = iota
	// atEnd: behind the last one. What is there is never changed.
	atEnd
	// byEvent: somewhere, and one for every event at most. What is there is
	// never changed.
	byEvent
)

type part struct {
	name   []byte
	nature nature
	growth growth
}

// layout lists all buckets. Four of those that are derived have something else
// in them too, which a recount takes along: meta what Prune left there, ids those
// of deleted events, concerns which were handled, and the states what deleted
// events said; see outlive.go.
func layout() []part {
	return []part{
		{bucketMeta, derived, anywhere},
		{bucketEvents, recorded, atEnd},
		{bucketIDs, derived, byEvent},
		{bucketQuarantine, recorded, atEnd},
		{bucketPayments, derived, byEvent},
		{bucketLatest, derived, anywhere},
		{bucketEarlier, derived, atEnd},
		{bucketWorkOrders, derived, anywhere},
		{bucketLeases, derived, anywhere},
		{bucketTenants, derived, anywhere},
		{bucketTotals, derived, anywhere},
		{bucketConcerns, derived, anywhere},
		{bucketNames, carried, anywhere},
		{bucketMemo, carried, anywhere},
		{bucketReads, carried, anywhere},
		{bucketRecords, carried, anywhere},
		{feedBucket(core.FeedPayments), derived, atEnd},
		{feedBucket(core.FeedWorkOrders), derived, atEnd},
		{feedBucket(core.FeedLeases), derived, atEnd},
		{feedBucket(core.FeedTenants), derived, atEnd},
	}
}

// partOf is what is known of a bucket.
func partOf(name []byte) part {
	for _, p := range layout() {
		if string(p.name) == string(name) {
			return p
		}
	}
	return part{name: name}
}

// dense are the buckets that are numbered without holes.
var dense = [][]byte{
	bucketEvents, bucketQuarantine,
	feedBucket(core.FeedPayments), feedBucket(core.FeedWorkOrders), feedBucket(core.FeedLeases), feedBucket(core.FeedTenants),
}

// createBuckets makes those that are not there.
func createBuckets(tx *bbolt.Tx) error {
	for _, p := range layout() {
		if _, err := tx.CreateBucketIfNotExists(p.name); err != nil {
			return fmt.Errorf("create bucket %s: %w", p.name, err)
		}
	}
	return tx.Bucket(bucketMeta).Put(keySchema, number(schema))
}
