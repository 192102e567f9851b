package store

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// name is a core.Name on disk. Numbers of fields never change, as in record.go.
type name struct {
	Given   string `cbor:"1,keyasint,omitempty"`
	Learned string `cbor:"2,keyasint,omitempty"`
}

func nameKey(k core.NameKey) []byte { return pairKey(string(k.Kind), k.ID) }

// namedBy reads what nameKey has written.
func namedBy(key []byte) core.NameKey {
	kind, id, _ := bytes.Cut(key, []byte{0})
	return core.NameKey{Kind: core.NameKind(kind), ID: string(id)}
}

// Names returns all names, given and learned. See core.Memo.
func (db *DB) Names() (map[core.NameKey]core.Name, error) {
	names := map[core.NameKey]core.Name{}
	err := db.view(func(tx *bbolt.Tx) error { return namesIn(tx, names) })
	return names, err
}

func namesIn(tx *bbolt.Tx, names map[core.NameKey]core.Name) error {
	b := tx.Bucket(bucketNames)
	if b == nil { // an older file, opened for reading only
		return nil
	}
	return b.ForEach(func(k, v []byte) error {
		n, err := decodeName(v)
		names[namedBy(k)] = n
		return err
	})
}

// SaveNames saves these in one transaction, and leaves all others as they are. An
// empty name deletes. See core.Memo.
func (db *DB) SaveNames(names map[core.NameKey]core.Name) error {
	return db.update(func(tx *bbolt.Tx) error { return putNames(tx, names) })
}

func putNames(tx *bbolt.Tx, names map[core.NameKey]core.Name) error {
	for _, k := range inOrder(names) {
		if err := rename(tx, k, names[k]); err != nil {
			return err
		}
	}
	return nil
}

// inOrder are the keys in the order of their bucket. A page splits when a transaction ends,
// and not before; so in any other order each new key would push the others aside.
func inOrder[V any](names map[core.NameKey]V) []core.NameKey {
	return slices.SortedFunc(maps.Keys(names), func(a, b core.NameKey) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
}

// decodeName reads what rename has written; no value is no name.
func decodeName(value []byte) (core.Name, error) {
	if value == nil {
		return core.Name{}, nil
	}
	var n name
	if err := cbor.Unmarshal(value, &n); err != nil {
		return core.Name{}, fmt.Errorf("read a name: %w", err)
	}
	return core.Name(n), nil
}
