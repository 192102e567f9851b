package store

import (
	"bytes"
	"maps"
	"sync"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// flood is from how many quarantined deliveries of one reason on they are one item of
// what needs attention.
const flood = 5

// floods knows how many quarantined deliveries of each reason need attention, so that
// nobody has to read them all again. It follows the list of concerns: where that has
// only grown it counts what is new.
type floods struct {
	mu         sync.Mutex
	last, open uint64 // the list's number, and how many were on it, when it was counted
	of         map[core.Reason]int
}

// onList are the quarantined deliveries on the list.
type onList struct {
	of    map[core.Reason]int
	loose int // those that are items of their own
}

// count returns what is on the list of a transaction.
func (f *floods) count(tx *bbolt.Tx) onList {
	f.mu.Lock()
	defer f.mu.Unlock()
	list, open := tx.Bucket(bucketConcerns), toNumber(tx.Bucket(bucketMeta).Get(keyConcerns))
	last := list.Sequence()
	if f.of == nil || last < f.last || open != f.open+last-f.last {
		f.last, f.of = 0, map[core.Reason]int{}
	}
	if last > f.last {
		c := list.Cursor()
		for k, v := c.Seek(number(f.last + 1)); k != nil; k, v = c.Next() {
			if v[0] == concernQuarantined {
				f.of[reasonOf(tx, v)]++
			}
		}
	}
	f.last, f.open = last, open
	all := onList{of: maps.Clone(f.of)}
	for _, n := range all.of {
		if n < flood {
			all.loose += n
		}
	}
	return all
}

// forget has the list counted anew: it is another file's.
func (f *floods) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.of = nil
}

// folded is how many are no items of their own, because another stands for them.
func (c onList) folded() (n int) {
	for _, of := range c.of {
		if of >= flood {
			n += of - 1
		}
	}
	return n
}

// next takes the concerns of quarantined deliveries one after the other. It returns
// for how many of them an item stands; 0: another one does.
func (c *onList) next(tx *bbolt.Tx, value []byte) int {
	if c.loose == 0 && len(c.of) == 0 {
		return 0 // the items of all floods are there, and nothing else is left
	}
	reason := reasonOf(tx, value)
	n, begun := c.of[reason]
	switch {
	case !begun:
		return 0
	case n >= flood:
		delete(c.of, reason)
		return n
	}
	if c.loose--; c.loose == 0 {
		maps.DeleteFunc(c.of, func(_ core.Reason, n int) bool { return n < flood })
	}
	return 1
}

// with finds the concerns that are handled together with one, itself included: of a
// flood all up to that one. None: it is not on the list.
func (f *floods) with(tx *bbolt.Tx, concern uint64) (keys [][]byte) {
	list, key := tx.Bucket(bucketConcerns), number(concern)
	value := list.Get(key)
	if value == nil {
		return nil
	}
	if value[0] != concernQuarantined {
		return [][]byte{key}
	}
	reason := reasonOf(tx, value)
	if f.count(tx).of[reason] < flood {
		return [][]byte{key}
	}
	c := list.Cursor()
	for k, v := c.First(); k != nil && bytes.Compare(k, key) <= 0; k, v = c.Next() {
		if v[0] == concernQuarantined && reasonOf(tx, v) == reason {
			keys = append(keys, bytes.Clone(k))
		}
	}
	return keys
}

// reasonOf reads why the delivery of a concern is in quarantine, and not its body.
func reasonOf(tx *bbolt.Tx, concern []byte) core.Reason {
	var q struct {
		Reason core.Reason `cbor:"2,keyasint"`
	}
	_ = cbor.Unmarshal(tx.Bucket(bucketQuarantine).Get(concern[1:]), &q) // one that cannot be read has no reason
	return q.Reason
}
