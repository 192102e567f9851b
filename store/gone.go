package store

import "go.etcd.io/bbolt"

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
