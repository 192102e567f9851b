package bell_test

import (
	"errors"
	"log/slog"
	"runtime"
	"sync"
	"testing"

	"rentbell/core"
	"rentbell/core/bell"
)

func TestTwoChangesAtOnceAreBothKept(t *testing.T) {
	d := newDesk(t, t.TempDir())
	const rounds = 100
	for range rounds {
		if err := d.Change(t.Context(), func(s *core.Settings) { s.Register, s.KeepYears = false, 0 }); err != nil {
			t.Fatal(err)
		}
		var register, keep error
		var both sync.WaitGroup
		both.Go(func() { register = d.Register(t.Context()) })
		both.Go(func() { keep = d.KeepFor(t.Context(), 7) })
		both.Wait()
		if err := errors.Join(register, keep); err != nil {
			t.Fatal(err)
		}
		saved, err := d.store.Settings()
		if err != nil {
			t.Fatal(err)
		}
		if !saved.Register || saved.KeepYears != 7 || saved != d.Settings() {
			t.Fatalf("one of two changes is lost: register %v, keep %d years", saved.Register, saved.KeepYears)
		}
	}
}

// adopting is a backup that says when it takes the place of the data.
type adopting struct {
	core.Candidate
	adopt func()
}

func (a adopting) Adopt(aside string) (uint64, error) {
	a.adopt()
	return a.Candidate.Adopt(aside)
}

// lateNames is a store that saves names once a channel is closed.
type lateNames struct {
	core.Store
	from <-chan struct{}
}

func (s lateNames) SaveNames(names map[core.NameKey]core.Name) error {
	<-s.from
	return s.Store.SaveNames(names)
}

func TestANameGivenDuringARestoreDoesNotBringOldNamesBack(t *testing.T) {
	old, given := core.NameKey{Kind: core.NameLease, ID: "old"}, core.NameKey{Kind: core.NameLease, ID: "given"}
	restored := make(chan struct{})
	d := newDesk(t, t.TempDir())
	backup := t.TempDir() + "/backup.db"
	if err := d.Backup(t.Context(), backup, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.GiveNames(map[core.NameKey]string{old: "Before the restore"}); err != nil {
		t.Fatal(err)
	}
	slow, err := bell.New(bell.Config{Store: lateNames{d.store, restored}, Vault: &vault{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	found, err := slow.Examine(t.Context(), backup, nil)
	if err != nil {
		t.Fatal(err)
	}
	var naming error
	var named sync.WaitGroup
	_, err = slow.Restore(adopting{found, func() {
		named.Go(func() { naming = slow.GiveNames(map[core.NameKey]string{given: "Given meanwhile"}) })
		for range 100 {
			runtime.Gosched() // the other has its chance to begin first
		}
	}})
	close(restored)
	named.Wait()
	if err := errors.Join(err, naming); err != nil {
		t.Fatal(err)
	}
	if name := slow.Names().Of(old); name != (core.Name{}) {
		t.Errorf("a name from before the restore is back: %+v", name)
	}
	if name := slow.Names().Of(given); name.Given != "Given meanwhile" {
		t.Errorf("the name that was given is %+v", name)
	}
}
