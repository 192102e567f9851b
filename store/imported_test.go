package store

import (
	"fmt"
	"reflect"
	"testing"

	"rentbell/core"
)

// importedThings is how many things each import of importNext changes.
const importedThings = 300

// importNext imports a table that gives everything another name and rent than the last one
// did, or undoes the last one.
func importNext(db *DB) error {
	past, err := db.LastImport()
	if err != nil {
		return err
	}
	names, err := db.Names()
	if err != nil {
		return err
	}
	var was, is int
	if _, err := fmt.Sscan(names[importedName(0)].Given, &was); err != nil {
		was = 0 // nothing was imported yet
	}
	is = was + 1
	if past.Taken.Changed%3 == 2 { // the third is undone
		past, is = core.PastImport{}, was-1
	} else {
		past = core.PastImport{File: fmt.Sprint(is), At: june18, Kind: core.TableRents, Taken: core.Taken{Changed: is}}
	}
	change := core.ImportChange{Names: map[core.NameKey]core.Swap[core.Name]{}, Rents: map[string]core.Swap[*core.Cents]{}}
	named, terms := map[core.NameKey]core.Name{}, map[string]core.LeaseTerms{}
	before, after := core.Cents(was), core.Cents(is)
	for n := range importedThings {
		key := importedName(n)
		named[key] = core.Name{Given: fmt.Sprint(is)}
		terms[key.ID] = core.LeaseTerms{Imported: &after}
		change.Names[key] = core.Swap[core.Name]{Was: core.Name{Given: fmt.Sprint(was)}, Is: named[key]}
		change.Rents[key.ID] = core.Swap[*core.Cents]{Was: &before, Is: &after}
	}
	return db.SaveImport(past, change, named, terms)
}

func importedName(n int) core.NameKey {
	return core.NameKey{Kind: core.NameLease, ID: fmt.Sprint("L", n)}
}

// assertImportedWhole looks for names, rents and memos of one and the same import.
func assertImportedWhole(t *testing.T, db *DB) {
	t.Helper()
	past, err := db.LastImport()
	if err != nil {
		t.Fatal(err)
	}
	change, err := db.LastImportChange()
	if err != nil {
		t.Fatal(err)
	}
	names, err := db.Names()
	if err != nil {
		t.Fatal(err)
	}
	terms, err := db.Terms()
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]int{}
	for _, name := range names {
		states[name.Given]++
	}
	for _, t := range terms {
		states[fmt.Sprint(int64(*t.Imported))]++
	}
	for _, swap := range change.Names {
		states[swap.Is.Given]++
	}
	for _, swap := range change.Rents {
		states[fmt.Sprint(int64(*swap.Is))]++
	}
	want := 4 * importedThings // names, rents and both in the memo
	if past.IsZero() {         // undone, or nothing was imported yet
		want = 2 * importedThings
	}
	for state, n := range states {
		if n != want || !past.IsZero() && past.File != state {
			t.Errorf("after import %q: %d things say %s, want %d", past.File, n, state, want)
		}
	}
	if len(states) > 1 || len(states) == 0 && !past.IsZero() {
		t.Errorf("parts of several imports: %v", states)
	}
}

func TestWhatAnImportChangedIsReadAsItWasSaved(t *testing.T) {
	db := open(t, t.TempDir())
	if past, err := db.LastImport(); err != nil || !past.IsZero() {
		t.Errorf("at first %+v, %v", past, err)
	}
	five := core.Cents(5)
	past := core.PastImport{File: "rents.csv", At: june18, Kind: core.TableRentRoll, Taken: core.Taken{Added: 1, Changed: 2, Same: 3}}
	change := core.ImportChange{
		Names: map[core.NameKey]core.Swap[core.Name]{{Kind: core.NameUnit, ID: `"7"` + "\x00é"}: {Was: core.Name{Learned: "<7>"}, Is: core.Name{Given: "7B", Learned: "<7>"}}},
		Rents: map[string]core.Swap[*core.Cents]{"1": {Is: &five}, "2": {Was: &five, Is: new(core.Cents)}},
	}
	if err := db.SaveImport(past, change, nil, nil); err != nil {
		t.Fatal(err)
	}
	if got, err := db.LastImport(); err != nil || got != past {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, err := db.LastImportChange(); err != nil || !reflect.DeepEqual(got, change) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestARestoredBackupBringsNoImportToUndo(t *testing.T) {
	db := open(t, t.TempDir())
	if err := db.SaveLayouts([]core.Layout{{Kind: core.TableRents, Titles: "a"}}); err != nil {
		t.Fatal(err)
	}
	if err := importNext(db); err != nil {
		t.Fatal(err)
	}
	path := backup(t, db)
	if err := db.SaveLayouts([]core.Layout{{Kind: core.TableRents, Titles: "b"}}); err != nil {
		t.Fatal(err)
	}
	c, err := db.Examine(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	if past, err := db.LastImport(); err != nil || !past.IsZero() {
		t.Errorf("the last import is %+v, %v", past, err)
	}
	if layouts, err := db.Layouts(); err != nil || len(layouts) != 1 || layouts[0].Titles != "b" {
		t.Errorf("layouts %+v, %v", layouts, err)
	}
}
