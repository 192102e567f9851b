// Package lookout keeps the radar going: it fills a book with what is stored, follows
// what arrives and what comes due, remembers what people decided, and has the bell tell
// each finding once. It computes nothing itself; the rules are those of package radar.
//
// A finding that was not told has no mark, and each look begins with those that have
// none. So a restart forgets nothing. The mark is saved before the bell rings: a crash
// in between swallows that ring, and the finding stands under Needs attention all the
// same. What was already so when Rentbell first looked gets its mark without a ring.
package lookout

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"time"

	"rentbell/core"
	"rentbell/core/board"
	"rentbell/core/radar"
)

// Config is what a Lookout is made of.
type Config struct {
	Store    core.RadarMemo
	Reader   core.Reader // of events as they came
	Settings func() core.Settings
	Board    *board.Board
	Log      *slog.Logger
	Now      func() time.Time
	// Named returns what an event tells, with the names in force.
	Named func(core.Detail) core.Detail
	// Faceless: there is no window, so nothing is told here.
	Faceless bool
}

// Lookout keeps the findings. Its methods may be called from any goroutine.
type Lookout struct {
	cfg  Config
	wake board.Signal

	changing sync.Mutex // held by whoever changes anything, saving included
	looks               // guarded by changing

	mu     sync.Mutex // guards what follows, too; never held while the disk is written
	watch  *radar.Watch
	book   *radar.Book // the watch's
	terms  radar.Terms
	marks  map[core.FindingKey]core.Mark
	loaded chan struct{} // closed once there is a watch
}

// looks is how far looking has come.
type looks struct {
	since     time.Time                     // the first look; zero: there was none
	cursor    uint64                        // the newest event in the book
	seen      map[core.FindingKey]time.Time // what was found at the last look, and since when
	rang      time.Time                     // when the bell told last
	counted   time.Time                     // when the figures were counted last
	uncounted bool                          // something has changed since
	wakes     time.Time                     // when the next snooze ends; zero: nothing is snoozed
	pruned    time.Time                     // when marks were last taken away
}

// New makes a Lookout from what people have decided. It looks at nothing yet: Run or
// Load does.
func New(c Config) (*Lookout, error) {
	l := &Lookout{cfg: c, wake: board.NewSignal(), loaded: make(chan struct{})}
	return l, l.recall()
}

// recall reads what is remembered.
func (l *Lookout) recall() error {
	leases, err := l.cfg.Store.Terms()
	if err != nil {
		return fmt.Errorf("load expected rents: %w", err)
	}
	rules, err := l.cfg.Store.DueRules()
	if err != nil {
		return fmt.Errorf("load due days: %w", err)
	}
	marks, err := l.cfg.Store.Marks()
	if err != nil {
		return fmt.Errorf("load marks of findings: %w", err)
	}
	since, err := l.cfg.Store.ToldSince()
	if err != nil {
		return fmt.Errorf("load when findings were first looked at: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.terms = radar.Terms{Default: l.cfg.Settings().Radar.Rule, Properties: rules, Leases: leases}
	l.marks, l.since = marks, since
	return nil
}

// Wake has it look: there are new events in the store, or other settings.
func (l *Lookout) Wake() board.Signal { return l.wake }

// Restore runs adopt, which puts other records in place of the present ones, and begins
// anew with those: nothing of them is told. The error is adopt's.
func (l *Lookout) Restore(adopt func() error) error {
	l.changing.Lock()
	defer l.changing.Unlock()
	if err := adopt(); err != nil {
		return err
	}
	l.mu.Lock()
	if l.watch != nil {
		l.watch, l.book, l.loaded = nil, nil, make(chan struct{})
	}
	l.mu.Unlock()
	if err := l.recall(); err != nil {
		l.cfg.Log.Error("what the backup expects could not be read", "err", err)
	}
	l.wake.Nudge()
	return nil
}

const (
	firstLook = 500 * time.Millisecond // lets the window appear first
	turnRest  = 100 * time.Millisecond // between two looks: a flood is looked at in few
	loadRest  = time.Minute            // before the next try to load
	tick      = time.Minute            // a longer timer would sleep as long as a laptop does
)

// Run looks out until ctx ends.
func (l *Lookout) Run(ctx context.Context) {
	if !board.Pause(ctx, firstLook) {
		return
	}
	timer := time.NewTimer(0)
	defer timer.Stop()
	<-timer.C
	for ctx.Err() == nil {
		wait := l.turn(ctx)
		board.Pause(ctx, turnRest)
		timer.Reset(max(wait-turnRest, time.Millisecond))
		select {
		case <-ctx.Done():
		case <-l.wake:
		case <-timer.C:
		}
	}
}

// turn looks once, has the bell ring, and returns how long nothing need be looked at.
func (l *Lookout) turn(ctx context.Context) time.Duration {
	wait, ring := l.lookOnce(ctx)
	if ring != nil { // a watcher that is slow holds up no change
		l.cfg.Board.Publish(core.Change{Status: l.cfg.Board.Status(), Ring: ring})
	}
	return wait
}

func (l *Lookout) lookOnce(ctx context.Context) (time.Duration, *core.Ring) {
	if err := l.Load(ctx); err != nil {
		if ctx.Err() == nil {
			l.cfg.Log.Error("what the radar looks at could not be read", "err", err)
		}
		return loadRest, nil
	}
	l.changing.Lock()
	defer l.changing.Unlock()
	if l.watch == nil { // a backup was restored meanwhile
		return time.Millisecond, nil
	}
	if err := errors.Join(l.follow(ctx), l.followSettings(), l.pruneDaily()); err != nil && ctx.Err() == nil {
		l.cfg.Log.Error("the radar could not go on", "err", err)
	}
	now := l.cfg.Now()
	wait, ring := l.tell(now)
	return min(wait, l.count(now), l.due(now)), ring
}

// due is how long after now something may come due, if nothing happens.
func (l *Lookout) due(now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	next := l.watch.NextDue()
	for _, m := range l.marks {
		if m.Snoozed.After(now) && m.Snoozed.Before(next) {
			next = m.Snoozed
		}
	}
	return min(max(next.Sub(now), time.Millisecond), now.Truncate(tick).Add(tick).Sub(now))
}

// known are the keys of findings.
func known(findings []core.Finding) map[core.FindingKey]bool {
	keys := make(map[core.FindingKey]bool, len(findings))
	for _, f := range findings {
		keys[f.Key()] = true
	}
	return keys
}

// mark saves marks and puts them in force; a zero Mark takes one away. The caller holds
// changing.
func (l *Lookout) mark(marks map[core.FindingKey]core.Mark) error {
	if len(marks) == 0 {
		return nil
	}
	if err := l.cfg.Store.SaveMarks(marks); err != nil {
		return fmt.Errorf("save marks of findings: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	maps.Copy(l.marks, marks)
	maps.DeleteFunc(l.marks, func(_ core.FindingKey, m core.Mark) bool { return m == core.Mark{} })
	return nil
}
