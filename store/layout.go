package store

import (
	"encoding/binary"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

var (
	bucketMeta       = []byte("meta")
	bucketEvents     = []byte("events")
	bucketIDs        = []byte("ids")
	bucketQuarantine = []byte("quarantine")
	bucketPayments   = []byte("payments")
	bucketLatest     = []byte("latest")
	bucketEarlier    = []byte("earlier")
	bucketWorkOrders = []byte("workorders")
	bucketLeases     = []byte("leases")
	bucketTenants    = []byte("tenants")
	bucketTotals     = []byte("totals")
	bucketConcerns   = []byte("concerns")
	bucketNames      = []byte("names")
	bucketMemo       = []byte("memo")
	bucketReads      = []byte("reads")
	bucketRecords    = []byte("records")

	keySchema   = []byte("schema")
	keyConcerns = []byte("concerns")
	keyOpen     = []byte("open")
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

// What Prune has deleted leaves its count behind, in meta: the dense buckets
// keep their numbers, so row N of a feed stays one look-up, and the first entry
// that is still there has the number after the count.

// goneKey is where the count of a dense bucket's deleted entries stands.
func goneKey(bucket []byte) []byte { return append([]byte("gone."), bucket...) }

// keyGoneTotals is where the deleted payments of known amount stand: count, cents.
var keyGoneTotals = goneKey(bucketTotals)

// gone is how many entries were deleted from the front of a dense bucket.
func gone(tx *bbolt.Tx, bucket []byte) uint64 {
	return toNumber(tx.Bucket(bucketMeta).Get(goneKey(bucket)))
}

// held is how many entries a dense bucket has.
func held(tx *bbolt.Tx, bucket []byte) int {
	return int(tx.Bucket(bucket).Sequence() - gone(tx, bucket))
}

// dropFirst deletes the first entry of a dense bucket.
func dropFirst(tx *bbolt.Tx, bucket []byte) error {
	first := gone(tx, bucket) + 1
	if err := tx.Bucket(bucketMeta).Put(goneKey(bucket), number(first)); err != nil {
		return err
	}
	return tx.Bucket(bucket).Delete(number(first))
}

func feedBucket(feed core.Feed) []byte { return []byte(string(feed) + ".n") }

// pairKey joins a kind or topic, which holds no zero byte, and an id.
func pairKey(kind, id string) []byte {
	return append(append(append(make([]byte, 0, len(kind)+1+len(id)), kind...), 0), id...)
}

// subjectKey needs no length: ids of different kinds begin with different letters.
func subjectKey(s core.Subject) []byte { return append([]byte{s.Kind[0]}, s.ID...) }

// timeKey sorts by time, then by seq.
func timeKey(t time.Time, seq uint64) []byte {
	key := make([]byte, 0, 20)
	key = binary.BigEndian.AppendUint64(key, sortable(t.Unix()))
	key = binary.BigEndian.AppendUint32(key, uint32(t.Nanosecond()))
	return binary.BigEndian.AppendUint64(key, seq)
}

// keyTime is the time in a key of the payments bucket.
func keyTime(key []byte) time.Time {
	return time.Unix(unsortable(toNumber(key)), int64(binary.BigEndian.Uint32(key[8:]))).UTC()
}

// sortable flips the sign bit: years before 1970 sort before those after.
func sortable(n int64) uint64 { return uint64(n) ^ 1<<63 }

func unsortable(n uint64) int64 { return int64(n ^ 1<<63) }

// number costs no allocation where it is only looked up.
func number(n uint64) []byte {
	b := make([]byte, 8)
	binary.BigEndian.PutUint64(b, n)
	return b
}

// toNumber reads what number wrote; a missing value is 0.
func toNumber(b []byte) uint64 {
	if len(b) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}
