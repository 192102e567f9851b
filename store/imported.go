package store

import (
	"errors"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// importChange is core.ImportChange on disk, where keys are text.
type importChange struct {
	Names []nameSwap                        `json:"names,omitempty"`
	Rents map[string]core.Swap[*core.Cents] `json:"rents,omitempty"`
}

type nameSwap struct {
	Kind core.NameKind `json:"kind"`
	ID   string        `json:"id"`
	core.Swap[core.Name]
}

// Layouts returns those that were saved, nil when none were. See core.Memo.
func (db *DB) Layouts() ([]core.Layout, error) {
	var layouts []core.Layout
	err := db.recall(memoLayouts, &layouts)
	return layouts, err
}

// SaveLayouts replaces all of them. See core.Memo.
func (db *DB) SaveLayouts(layouts []core.Layout) error { return db.remember(memoLayouts, layouts) }

// LastImport returns the last one, zero when none can be undone. See core.Memo.
func (db *DB) LastImport() (core.PastImport, error) {
	var past core.PastImport
	err := db.recall(memoImport, &past)
	return past, err
}

// LastImportChange returns what the last import changed. See core.Memo.
func (db *DB) LastImportChange() (core.ImportChange, error) {
	var d importChange
	if err := db.recall(memoImportChange, &d); err != nil {
		return core.ImportChange{}, err
	}
	change := core.ImportChange{Names: map[core.NameKey]core.Swap[core.Name]{}, Rents: d.Rents}
	for _, n := range d.Names {
		change.Names[core.NameKey{Kind: n.Kind, ID: n.ID}] = n.Swap
	}
	return change, nil
}

// SaveImport saves all of it or nothing. See core.Memo.
func (db *DB) SaveImport(past core.PastImport, change core.ImportChange, names map[core.NameKey]core.Name, terms map[string]core.LeaseTerms) error {
	return db.update(func(tx *bbolt.Tx) error {
		return errors.Join(
			rememberImport(tx, past, change),
			putNames(tx, names),
			decideIn(tx, bucketTerms, terms, spellTerms))
	})
}

// rememberImport makes an import the last one.
func rememberImport(tx *bbolt.Tx, past core.PastImport, change core.ImportChange) error {
	if past.IsZero() {
		memo := tx.Bucket(bucketMemo)
		return errors.Join(memo.Delete([]byte(memoImport)), memo.Delete([]byte(memoImportChange)))
	}
	d := importChange{Rents: change.Rents}
	for key, swap := range change.Names {
		d.Names = append(d.Names, nameSwap{key.Kind, key.ID, swap})
	}
	return errors.Join(rememberIn(tx, memoImport, past), rememberIn(tx, memoImportChange, d))
}
