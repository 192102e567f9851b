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
	bucketKnown      = []byte("known")
	bucketQuarantine = []byte("quarantine")
	bucketPayments   = []byte("payments")
	bucketLatest     = []byte("latest")
	bucketWorkOrders = []byte("workorders")
	bucketLeases     = []byte("leases")
	bucketTenants    = []byte("tenants")
	bucketTotals     = []byte("totals")
	bucketConcerns   = []byte("concerns")
	bucketNames      = []byte("names")
	bucketRenames    = []byte("renames")
	bucketMemo       = []byte("memo")
	bucketReads      = []byte("reads")
	bucketRecords    = []byte("records")
	bucketApart      = []byte("apart")
	bucketTerms      = []byte("terms")
	bucketDueRules   = []byte("duerules")
	bucketMarks      = []byte("marks")
	bucketShared     = []byte("shared")
	bucketHandled    = []byte("handled")

	keySchema   = []byte("schema")
	keyConcerns = []byte("concerns")
	keyOpen     = []byte("open")
)

// A recount and a repair have to know where the entries of a bucket come from, and
// a copy where new ones are put while it goes on. This file is the one place that
// says so. A bucket that it does not list is one that this version does not know:
// it is carried over as it is.

// nature is where the entries of a bucket come from.
type nature int

const (
	// carried: they follow from nothing else. A new file gets them as they are.
	carried nature = iota
	// derived: they follow from the records, and are derived anew.
	derived
	// recorded: they are the records, events and quarantined deliveries.
	recorded
)

// growth is where new entries are put.
type growth int

const (
	// anywhere: the bucket is small, or seldom written.
	anywhere growth = iota
	// atEnd: behind the last one. Older entries never change.
	atEnd
	// byTime: in any place, and one for every event at most. Older entries
	// never change.
	byTime
)

// part is what is known of a bucket.
type part struct {
	name   []byte
	nature nature
	growth growth
}

// layout lists all buckets. Some derived buckets also hold what no event tells, and
// a recount carries that over (outlive.go): meta has what Prune left there, known has
// the ids of deleted events, concerns lacks those that were handled, and the states
// include what deleted events said.
func layout() []part {
	return []part{
		{bucketMeta, derived, anywhere},
		{bucketEvents, recorded, atEnd},
		{bucketKnown, derived, atEnd},
		{bucketQuarantine, recorded, atEnd},
		{bucketPayments, derived, byTime},
		{bucketLatest, derived, anywhere},
		{bucketWorkOrders, derived, anywhere},
		{bucketLeases, derived, anywhere},
		{bucketTenants, derived, anywhere},
		{bucketTotals, derived, anywhere},
		{bucketConcerns, derived, anywhere},
		{bucketNames, carried, anywhere},
		{bucketRenames, carried, anywhere},
		{bucketMemo, carried, anywhere},
		{bucketReads, carried, anywhere},
		{bucketRecords, carried, anywhere},
		{bucketApart, carried, anywhere},
		{bucketTerms, carried, anywhere},
		{bucketDueRules, carried, anywhere},
		{bucketMarks, carried, anywhere},
		{bucketShared, carried, anywhere},
		{bucketHandled, carried, anywhere},
		{feedBucket(core.FeedPayments), derived, atEnd},
		{feedBucket(core.FeedWorkOrders), derived, atEnd},
		{feedBucket(core.FeedLeases), derived, atEnd},
		{feedBucket(core.FeedTenants), derived, atEnd},
	}
}

// partOf finds a bucket; one that layout does not list is carried.
func partOf(name []byte) part {
	for _, p := range layout() {
		if string(p.name) == string(name) {
			return p
		}
	}
	return part{name: name}
}

// misnamed finds the buckets of a list that is not complete whose names are damaged in
// one byte, and says what they are called.
func misnamed(names []string) map[string]string {
	right, unknown := map[string]string{}, map[string]bool{}
	for _, name := range names {
		unknown[name] = true
	}
	var missing []string
	for _, p := range layout() {
		if !unknown[string(p.name)] {
			missing = append(missing, string(p.name))
		}
		delete(unknown, string(p.name))
	}
	for name := range unknown {
		for _, of := range missing {
			if oneByteApart(name, of) {
				right[name] = of
			}
		}
	}
	return right
}

func oneByteApart(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	apart := 0
	for i := range len(a) {
		if a[i] != b[i] {
			apart++
		}
	}
	return apart == 1
}

// dense are the buckets that are numbered without holes from 1, or, after a prune,
// from the first entry that is left.
var dense = [][]byte{
	bucketEvents, bucketQuarantine,
	feedBucket(core.FeedPayments), feedBucket(core.FeedWorkOrders), feedBucket(core.FeedLeases), feedBucket(core.FeedTenants),
}

// createBuckets makes the buckets that are not there yet.
func createBuckets(tx *bbolt.Tx) error {
	for _, p := range layout() {
		if _, err := tx.CreateBucketIfNotExists(p.name); err != nil {
			return fmt.Errorf("create bucket %s: %w", p.name, err)
		}
	}
	if err := tx.Bucket(bucketMeta).Put(keySchema, number(schema)); err != nil {
		return err
	}
	return identifyAll(tx)
}

// complete reports that createBuckets has nothing to do.
func complete(tx *bbolt.Tx) bool {
	for _, p := range layout() {
		if tx.Bucket(p.name) == nil {
			return false
		}
	}
	return tx.Bucket(bucketApart).Sequence() >= tx.Bucket(bucketQuarantine).Sequence()
}

// goneKey is the key in meta of how many entries Prune has deleted from a dense
// bucket. Numbers stay as they are, so row N of a feed stays one look-up: the first
// entry that is left has the number after the count.
func goneKey(bucket []byte) []byte { return append([]byte("gone."), bucket...) }

// keyGoneTotals is the key in meta of the deleted payments' count and cents.
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

// pairKey joins a kind or topic and an id by a zero byte, which no kind holds.
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

// number is a number as key or value. It is small enough to be inlined, and then
// costs no allocation where it is only looked up.
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
