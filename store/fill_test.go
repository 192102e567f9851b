package store

import (
	"fmt"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

func TestBucketsThatGrowAtTheirEndFillTheirPages(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	for i := range 300 {
		add(t, db, rent(fmt.Sprint("event ", i), "1", 1, june18))
	}
	err := db.view(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketEvents, bucketPayments, bucketEarlier, feedBucket(core.FeedPayments)} {
			s := tx.Bucket(name).Stats()
			if filled := float64(s.LeafInuse) / float64(s.LeafAlloc); s.LeafPageN > 1 && filled < 0.75 {
				t.Errorf("pages of bucket %s are filled to %.2f", name, filled)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
