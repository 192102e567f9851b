package store

import (
	"bytes"
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// name is a core.Name on disk. Field numbers are for ever, as in record.go.
type name struct {
	Given   string `cbor:"1,keyasint,omitempty"`
	Learned string `cbor:"2,keyasint,omitempty"`
}

// nameKey parts kind and id by a byte that no kind has.
func nameKey(k core.NameKey) []byte { return append(append([]byte(k.Kind), 0), k.ID...) }

// Names returns what was saved. See core.Memo.
func (db *DB) Names() (map[core.NameKey]core.Name, error) {
	names := map[core.NameKey]core.Name{}
	err := db.view(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketNames)
		if b == nil { // an older file, opened for reading only
			return nil
		}
		return b.ForEach(func(k, v []byte) error {
			kind, id, _ := bytes.Cut(k, []byte{0})
			n, err := decodeName(v)
			names[core.NameKey{Kind: core.NameKind(kind), ID: string(id)}] = n
			return err
		})
	})
	return names, err
}

// SaveNames saves some, in one transaction. See core.Memo.
func (db *DB) SaveNames(names map[core.NameKey]core.Name) error {
	return db.update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketNames)
		for k, n := range names {
			if err := putName(b, k, n); err != nil {
				return err
			}
		}
		return nil
	})
}

// putName saves one; a name that is empty is deleted.
func putName(b *bbolt.Bucket, k core.NameKey, n core.Name) error {
	if n == (core.Name{}) {
		return b.Delete(nameKey(k))
	}
	value, err := cbor.Marshal(name(n))
	if err != nil {
		return fmt.Errorf("encode the name of a %s: %w", k.Kind, err)
	}
	return b.Put(nameKey(k), value)
}

// decodeName reads what putName has written; no value is no name.
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
