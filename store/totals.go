package store

import (
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// secondsPerQuarter: offsets of time zones are whole quarters of an hour.
const secondsPerQuarter = 15 * 60

// totals are what a transaction adds, by quarter of an hour. A group of payments
// mostly falls into one, whose total is then read and written once.
type totals map[uint64]total

type total struct {
	count uint64
	sum   core.Cents
}

func (t totals) add(at time.Time, amount core.Cents) {
	quarter := quarterOf(at)
	now := t[quarter]
	t[quarter] = total{now.count + 1, now.sum.Plus(amount)}
}

func (t totals) save(tx *bbolt.Tx) error {
	saved := tx.Bucket(bucketTotals)
	for quarter, more := range t {
		key := number(quarter)
		count, sum := decodeTotal(saved.Get(key))
		if err := saved.Put(key, encodeTotal(count+more.count, sum.Plus(more.sum))); err != nil {
			return err
		}
	}
	return nil
}

func encodeTotal(count uint64, sum core.Cents) []byte {
	return binary.AppendVarint(binary.AppendUvarint(nil, count), int64(sum))
}

func quarterOf(t time.Time) uint64 {
	sec := t.Unix()
	quarter := sec / secondsPerQuarter
	if sec%secondsPerQuarter < 0 {
		quarter-- // division rounds towards zero; before 1970 that is up
	}
	return sortable(quarter)
}

func decodeTotal(b []byte) (count uint64, sum core.Cents) {
	count, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, 0
	}
	cents, _ := binary.Varint(b[n:])
	return count, core.Cents(cents)
}
