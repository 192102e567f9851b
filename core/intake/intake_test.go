package intake_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/board"
	"rentbell/core/imports"
	"rentbell/core/intake"
	"rentbell/core/lookout"
	"rentbell/core/names"
	"rentbell/store"
)

var june18 = time.Date(2026, time.June, 18, 12, 0, 0, 0, time.UTC)

// office is an Intake on a real store.
type office struct {
	*testing.T
	*intake.Intake
	db    *store.DB
	names *names.Book
	rents *lookout.Lookout
}

func openOffice(t *testing.T, dir string) *office {
	t.Helper()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // a test may have closed it already
	b := board.New(core.Status{}, db.Summary)
	book, err := names.NewBook(db, b)
	if err != nil {
		t.Fatal(err)
	}
	rents, err := lookout.New(lookout.Config{
		Store: db, Reader: db, Settings: core.DefaultSettings, Board: b, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return june18 }, Named: func(d core.Detail) core.Detail { return d },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := rents.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	o := &office{T: t, db: db, names: book, rents: rents}
	o.Intake = intake.New(intake.Config{
		Store: db, Names: book, Now: func() time.Time { return june18 },
		Rents: func(context.Context) (*lookout.Lookout, error) { return rents, nil },
	})
	return o
}

func lease(id string) core.NameKey { return core.NameKey{Kind: core.NameLease, ID: id} }

func (o *office) take(file string, found imports.Found) core.Taken {
	o.Helper()
	taken, err := o.Import(o.Context(), file, found, false)
	if err != nil {
		o.Fatal(err)
	}
	return taken
}

// takeNames imports names of leases: their ids and names in turn.
func (o *office) takeNames(file string, idsAndNames ...string) core.Taken {
	o.Helper()
	found := imports.Found{Kind: core.TableOfNames(core.NameLease), Names: map[core.NameKey]string{}}
	for i := 0; i < len(idsAndNames); i += 2 {
		found.Names[lease(idsAndNames[i])] = idsAndNames[i+1]
	}
	return o.take(file, found)
}

func (o *office) give(id, name string) {
	o.Helper()
	if _, err := o.names.Give(map[core.NameKey]string{lease(id): name}); err != nil {
		o.Fatal(err)
	}
}

// called are the names that were given to leases.
func (o *office) called() string {
	o.Helper()
	saved, err := o.db.Names()
	if err != nil {
		o.Fatal(err)
	}
	given := map[string]string{}
	for key, name := range saved {
		if o.names.Names().Of(key) != name {
			o.Errorf("%v is %v on disk and %v in force", key, name, o.names.Names().Of(key))
		}
		if name.Given != "" {
			given[key.ID] = name.Given
		}
	}
	return fmt.Sprint(given)
}

func (o *office) undo() core.Undone {
	o.Helper()
	last, err := o.Last()
	if err != nil {
		o.Fatal(err)
	}
	done, err := o.Undo(o.Context(), last)
	if err != nil {
		o.Fatal(err)
	}
	return done
}

func TestTheLastImportOfNamesIsUndone(t *testing.T) {
	dir := t.TempDir()
	o := openOffice(t, dir)
	o.give("1", "Ana")
	o.give("2", "Bo")
	if err := o.names.Learn(map[core.NameKey]string{lease("2"): "B. Lee"}, func() error {
		return o.db.SaveNames(map[core.NameKey]core.Name{lease("2"): {Given: "Bo", Learned: "B. Lee"}})
	}); err != nil {
		t.Fatal(err)
	}
	if past, err := o.Last(); err != nil || !past.IsZero() {
		t.Errorf("an import before any: %+v, %v", past, err)
	}
	o.takeNames("first.csv", "9", "Kim")
	if taken := o.takeNames("second\n.csv", "1", "Ana Ruiz", "2", "Bo Lee", "3", "Lu", "4", "Mo", "9", "Kim"); taken != (core.Taken{Added: 2, Changed: 2, Same: 1}) {
		t.Errorf("taken %+v", taken)
	}
	if taken := o.takeNames("again.csv", "1", "Ana Ruiz"); taken != (core.Taken{Same: 1}) {
		t.Errorf("taken again %+v", taken)
	}
	o.give("4", "Mo Diaz")

	_ = o.db.Close() // what was imported before a restart can be undone after it
	o = openOffice(t, dir)
	want := core.PastImport{File: "second .csv", At: june18, Kind: "lease", Taken: core.Taken{Added: 2, Changed: 2, Same: 1}}
	if past, err := o.Last(); err != nil || past != want {
		t.Errorf("the last import is %+v, %v; want %+v", past, err, want)
	}
	if done := o.undo(); done != (core.Undone{Back: 3, Kept: 1}) {
		t.Errorf("undone %+v", done)
	}
	if got, want := o.called(), "map[1:Ana 2:Bo 4:Mo Diaz 9:Kim]"; got != want {
		t.Errorf("called %s, want %s", got, want)
	}
	if name := o.names.Names().Of(lease("2")); name.Learned != "B. Lee" {
		t.Errorf("what was learned is %q", name.Learned)
	}
	if past, err := o.Last(); err != nil || !past.IsZero() {
		t.Errorf("it can be undone again: %+v, %v", past, err)
	}
	if done := o.undo(); done != (core.Undone{}) {
		t.Errorf("undone again %+v", done)
	}
}

func TestAnEarlierImportIsNotUndone(t *testing.T) {
	o := openOffice(t, t.TempDir())
	o.takeNames("first.csv", "1", "Ana")
	first, err := o.Last()
	if err != nil {
		t.Fatal(err)
	}
	o.takeNames("second.csv", "2", "Bo")
	if _, err := o.Undo(t.Context(), first); !errors.Is(err, core.ErrLaterImport) || o.called() != "map[1:Ana 2:Bo]" {
		t.Errorf("undone: %v, and names are %s", err, o.called())
	}
}

func TestTheLastImportOfRentsIsUndone(t *testing.T) {
	o := openOffice(t, t.TempDir())
	rents := func(of map[string]core.Cents) imports.Found { return imports.Found{Kind: core.TableRents, Rents: of} }
	o.take("may.csv", rents(map[string]core.Cents{"1": 90000, "2": 80000}))
	typed := func(terms *core.LeaseTerms) { terms.Typed = []core.TypedRent{{Amount: 5}} }
	if err := o.rents.ChangeTerms(t.Context(), "3", typed); err != nil {
		t.Fatal(err)
	}
	o.take("june.csv", rents(map[string]core.Cents{"1": 95000, "2": 80000, "3": 70000}))
	if done := o.undo(); done != (core.Undone{Back: 2}) {
		t.Errorf("undone %+v", done)
	}
	for id, want := range map[string]core.Cents{"1": 90000, "2": 80000} {
		if got := o.rents.Terms(id).Imported; got == nil || *got != want {
			t.Errorf("the rent of %s is %v", id, got)
		}
	}
	if terms := o.rents.Terms("3"); terms.Imported != nil || len(terms.Typed) != 1 {
		t.Errorf("what is known of 3 is %+v", terms)
	}
	saved, err := o.db.Terms()
	if err != nil || len(saved) != 3 || saved["3"].Imported != nil || *saved["1"].Imported != 90000 {
		t.Errorf("on disk %+v, %v", saved, err)
	}
}

func TestADryRunKeepsNothing(t *testing.T) {
	o := openOffice(t, t.TempDir())
	o.give("1", "Ana")
	for want, found := range map[core.Taken]imports.Found{
		{Added: 1, Same: 1}: {Kind: "lease", Names: map[core.NameKey]string{lease("1"): "Ana", lease("2"): "Bo"}},
		{Added: 1}:          {Kind: core.TableRents, Rents: map[string]core.Cents{"1": 5}},
	} {
		if taken, err := o.Import(t.Context(), "x.csv", found, true); err != nil || taken != want {
			t.Errorf("taken %+v, %v; want %+v", taken, err, want)
		}
	}
	terms, err := o.db.Terms()
	if past, _ := o.Last(); !past.IsZero() || o.called() != "map[1:Ana]" || len(terms) != 0 || err != nil {
		t.Errorf("kept %+v, %s, %v, %v", past, o.called(), terms, err)
	}
}

func TestWhatCannotBeKeptIsNotImported(t *testing.T) {
	o := openOffice(t, t.TempDir())
	o.takeNames("first.csv", "1", "Ana")
	_ = o.db.Close() // stands for a full disk
	for _, found := range []imports.Found{
		{Kind: "lease", Names: map[core.NameKey]string{lease("1"): "Bo"}},
		{Kind: core.TableRents, Rents: map[string]core.Cents{"1": 5}},
	} {
		if taken, err := o.Import(t.Context(), "x.csv", found, false); !errors.Is(err, core.ErrStorage) || taken != (core.Taken{}) {
			t.Errorf("%s: taken %+v, %v", found.Kind, taken, err)
		}
	}
	if _, err := o.Undo(t.Context(), core.PastImport{}); !errors.Is(err, core.ErrStorage) {
		t.Errorf("undone: %v", err)
	}
	if name := o.names.Names().Of(lease("1")); name.Given != "Ana" || o.rents.Terms("1").Imported != nil {
		t.Errorf("in force: %v, %v", name, o.rents.Terms("1"))
	}
}

func TestTheLatestLayoutsAreKept(t *testing.T) {
	o := openOffice(t, t.TempDir())
	layout := func(n int) core.Layout {
		return core.Layout{Kind: core.TableRents, Titles: fmt.Sprint(n), Columns: map[string]int{"lease": n}}
	}
	keep := func(l core.Layout) {
		t.Helper()
		if err := o.KeepLayout(l); err != nil {
			t.Fatal(err)
		}
	}
	for n := range core.MostLayouts + 1 {
		keep(layout(n))
	}
	again := layout(5)
	again.Columns = map[string]int{"lease": 0, "rent": 1}
	keep(again)
	other := layout(6)
	other.Kind = "lease"
	keep(other)
	layouts, err := o.Layouts()
	if err != nil || len(layouts) != core.MostLayouts {
		t.Fatal(len(layouts), err)
	}
	if first, last := layouts[0], layouts[len(layouts)-1]; first.Titles != "2" || last.Kind != "lease" {
		t.Errorf("the first is %+v, the last %+v", first, last)
	}
	if l := layouts[len(layouts)-2]; !maps.Equal(l.Columns, again.Columns) {
		t.Errorf("chosen again: %+v", l)
	}
}
