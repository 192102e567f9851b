package lookout

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/board"
	"rentbell/store"
)

// TestARunningLookoutTellsWhatComesDue sleeps through a week, as a window does that
// nobody looks at.
func TestARunningLookoutTellsWhatComesDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, err := store.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		rings := make(chan core.Ring, 10)
		b := board.New(core.Status{}, db.Summary)
		b.Watch(func(c core.Change) {
			if c.Ring != nil {
				rings <- *c.Ring
			}
		})
		l, err := New(Config{
			Store: db, Reader: db, Settings: core.DefaultSettings, Board: b, Log: slog.New(slog.DiscardHandler), Now: time.Now,
			Named: func(d core.Detail) core.Detail { return d },
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			l.Run(ctx)
			close(done)
		}()
		if l.Findings() != nil || l.Expected(core.MonthOf(time.Now())) != nil || b.Status().Radar.Ready {
			t.Error("there are findings before it has looked")
		}
		err = l.ChangeTerms(ctx, "1", func(t *core.LeaseTerms) { t.Typed = []core.TypedRent{{From: core.MonthOf(time.Now()), Amount: 90000}} })
		if err != nil { // it waits for the first look
			t.Fatal(err)
		}
		begin := time.Now()
		first := <-rings
		if first.Found == nil || first.Found.Kind != core.FindLate || first.Silent || first.StillDue != 90000 {
			t.Errorf("told %+v", first)
		}
		if got, want := time.Now(), core.DateOf(begin).AddDays(6).In(begin.Location()).Add(8*time.Hour+30*time.Minute); got.Sub(want).Abs() > time.Minute {
			t.Errorf("told at %v, want %v", got, want)
		}
		if !b.Status().Radar.Ready {
			t.Error("the figures are not ready")
		}
		stop()
		<-done
		if err := l.ChangeTerms(ctx, "1", func(*core.LeaseTerms) {}); !errors.Is(err, context.Canceled) {
			t.Errorf("after the end: %v", err)
		}
	})
}

// fullDisk is a store that cannot keep marks while it is full.
type fullDisk struct {
	core.RadarMemo
	full bool
}

func (d *fullDisk) SaveMarks(marks map[core.FindingKey]core.Mark) error {
	if d.full {
		return core.ErrStorage
	}
	return d.RadarMemo.SaveMarks(marks)
}

func TestNothingIsToldThatCannotBeRemembered(t *testing.T) {
	o := openOffice(t, at(time.June, 6, 12))
	o.typeRent("1", 90000)
	disk := &fullDisk{RadarMemo: o.db, full: true}
	o.cfg.Store = disk
	o.goOn(at(time.June, 7, 12))
	o.want("while the disk is full", "")
	if err := o.ChangeTerms(t.Context(), "2", func(t *core.LeaseTerms) { t.Typed = []core.TypedRent{{Amount: 80000}} }); !errors.Is(err, core.ErrStorage) {
		t.Errorf("a rent is kept whose findings cannot be marked: %v", err)
	}
	if !o.Terms("2").IsZero() {
		t.Error("a rent that was not kept is in force")
	}
	disk.full = false
	o.goOn(at(time.June, 7, 13))
	o.want("when it has room again", "1 late")
}

func TestFacelessLeavesTheTellingToTheWindow(t *testing.T) {
	o := openOffice(t, at(time.June, 6, 12))
	o.typeRent("1", 90000)
	o.cfg.Faceless = true
	o.goOn(at(time.June, 8, 12))
	o.want("without a window", "")
	o.restart()
	o.want("once there is one", "1 late")
}

func TestMarksAreKeptForAYearAndNotForEver(t *testing.T) {
	o := openOffice(t, at(time.June, 6, 12))
	o.typeRent("1", 90000)
	seq := o.pay(at(time.May, 3, 12), "1", 90000)
	marks := map[core.FindingKey]core.Mark{
		"late|2026-05|1": {Told: true}, "twice|1|1": {Told: true}, "returned|0|1": {Told: true}, "nonsense": {Told: true},
		"returned|99|1": {Told: true}, // in an office, of an event that has not come here yet
	}
	if seq != 1 {
		t.Fatal(seq)
	}
	if err := o.db.SaveMarks(marks); err != nil {
		t.Fatal(err)
	}
	o.restart()
	kept := func(key core.FindingKey) bool { return o.marks[key].Told }
	if !kept("late|2026-05|1") || !kept("twice|1|1") || !kept("returned|99|1") || kept("returned|0|1") || kept("nonsense") {
		t.Errorf("after a month: %v", o.marks)
	}
	o.goOn(at(time.June, 7, 12).AddDate(3, 0, 0))
	if !kept("late|2026-05|1") {
		t.Error("a clock that is wrong has marks forgotten")
	}
	o.pay(o.now, "1", 90000)
	o.goOn(o.now.AddDate(0, 0, 2))
	if kept("late|2026-05|1") || kept("twice|1|1") {
		t.Errorf("after years: %v", o.marks)
	}
}
