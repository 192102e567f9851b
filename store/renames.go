package store

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// An export can be made again with the names of its time, so each change of a name keeps
// the name before it. The bucket's number counts the changes.

// mostRenames is how many changes are kept, some 10 MB of them. Older ones go first.
const mostRenames = 100_000

// renamed is a name before a change. Numbers of fields never change, as in record.go.
type renamed struct {
	Key    []byte `cbor:"1,keyasint"` // in the bucket of names
	Before name   `cbor:"2,keyasint,omitzero"`
}

// rename saves a name and keeps the one before it. A name that is empty is deleted.
func rename(tx *bbolt.Tx, k core.NameKey, n core.Name) error {
	b, key := tx.Bucket(bucketNames), nameKey(k)
	before, err := decodeName(b.Get(key))
	if err != nil || before == n {
		return err
	}
	if err := keepRenamed(tx.Bucket(bucketRenames), renamed{key, name(before)}); err != nil {
		return fmt.Errorf("keep what a %s was called: %w", k.Kind, err)
	}
	if n == (core.Name{}) {
		return b.Delete(key)
	}
	value, err := cbor.Marshal(name(n))
	if err != nil {
		return fmt.Errorf("encode the name of a %s: %w", k.Kind, err)
	}
	return b.Put(key, value)
}

func keepRenamed(b *bbolt.Bucket, r renamed) error {
	value, err := cbor.Marshal(r)
	if err != nil {
		return err
	}
	n, err := b.NextSequence()
	if err != nil {
		return err
	}
	if n > mostRenames { // the ones before it have gone
		if err := b.Delete(number(n - mostRenames)); err != nil {
			return err
		}
	}
	return b.Put(number(n), value)
}

// dropRenames drops the changes that no remembered export has to have undone.
func dropRenames(b *bbolt.Bucket, past []core.PastExport) error {
	oldest := b.Sequence()
	for _, e := range past {
		if e.SHA256 != "" {
			oldest = min(oldest, e.Renames)
		}
	}
	return dropUpTo(b, oldest)
}

func dropUpTo(b *bbolt.Bucket, last uint64) error {
	var expired []uint64
	c := b.Cursor()
	for k, _ := c.First(); k != nil && toNumber(k) <= last; k, _ = c.Next() {
		expired = append(expired, toNumber(k))
	}
	for _, n := range expired {
		if err := b.Delete(number(n)); err != nil {
			return err
		}
	}
	return nil
}

// Renames is the number of the last change. See core.Memo.
func (db *DB) Renames() (n uint64, err error) {
	err = db.view(func(tx *bbolt.Tx) error {
		if b := tx.Bucket(bucketRenames); b != nil { // else an older file, opened for reading only
			n = b.Sequence()
		}
		return nil
	})
	return n, err
}

// NamesAsOf undoes the changes since then, the last one first. Entries that cannot be read
// are passed over: the file may come from anybody. See core.Memo.
func (db *DB) NamesAsOf(renames uint64) (map[core.NameKey]core.Name, error) {
	names := map[core.NameKey]core.Name{}
	err := db.view(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketRenames)
		if err := namesIn(tx, names); err != nil || b == nil {
			return err
		}
		c := b.Cursor()
		k, v := c.Last()
		for n := 0; k != nil && toNumber(k) > renames && n < mostRenames; n++ {
			undo(names, v)
			k, v = c.Prev()
		}
		return nil
	})
	return names, err
}

func undo(names map[core.NameKey]core.Name, value []byte) {
	var r renamed
	if len(value) > maxDecision || cbor.Unmarshal(value, &r) != nil {
		return
	}
	key := namedBy(r.Key)
	if r.Before == (name{}) {
		delete(names, key)
	} else {
		names[key] = core.Name(r.Before)
	}
}
