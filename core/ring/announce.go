// Package ring tells watchers what is new and rings the bell: it gathers bursts,
// holds what waits for the end of quiet hours or for a digest, and remembers how far
// it has got, so that nothing rings twice. Whether an event rings is a rule of the
// settings (core.Settings.Verdict); this package only follows it.
package ring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"rentbell/core"
	"rentbell/core/board"
)

// Announcing is level-triggered: the store is the queue. Whoever has news
// nudges; the announcer reads the events behind its cursor and publishes them.
// So memory stays bounded and no watcher, however slow, holds up a delivery.

const (
	announceBatch = 256                   // events in one Change
	announceRest  = 20 * time.Millisecond // between changes: a flood of bad signatures must not keep us publishing
	rejectionRest = 10 * time.Second      // between log lines about bad signatures
)

// Announcer tells watchers of what is new, and rings the bell.
type Announcer struct {
	cfg   Config
	board *board.Board

	reading  sync.Mutex // held while events are read, so that a restore never falls in between
	firstSeq uint64     // events up to this one were there at the start, or when a backup was restored
	restored bool       // Run has not heard of a restore yet

	at struct { // guarded by the Board's mutex: Status.Unread follows from it
		heard    uint64 // the newest event announced, or there at the start
		bookmark core.Bookmark
	}

	startedAt time.Time
}

// Config is what an Announcer is made of.
type Config struct {
	Store   Store
	Reader  core.Reader // with the names in force
	Choices *board.Choices
	Board   *board.Board
	Log     *slog.Logger
	Now     func() time.Time
	// Faceless: there is no window, so nothing rings here and the bookmark stays.
	Faceless bool
	Heard    func([]core.Event) // is told of fresh events before the watchers are
}

// Store is the part of a Store that remembers how far the bell has got.
type Store interface {
	Bookmark() (core.Bookmark, error)
	SaveBookmark(core.Bookmark) error
}

// New makes an Announcer to which all that is stored now is old.
func New(c Config) (*Announcer, error) {
	summary, err := c.Reader.Summary()
	if err != nil {
		return nil, fmt.Errorf("count events: %w", err)
	}
	bookmark, err := c.Store.Bookmark()
	if err != nil {
		return nil, fmt.Errorf("load how far the bell has got: %w", err)
	}
	a := &Announcer{cfg: c, board: c.Board, firstSeq: summary.LastSeq, startedAt: c.Now()}
	a.note(func() { a.at.heard, a.at.bookmark = summary.LastSeq, bookmark })
	return a, nil
}

// note changes how far the bell and its user have got.
func (a *Announcer) note(change func()) {
	a.board.Note(func(s *core.Status) {
		change()
		s.Unread = int(a.at.heard - min(a.at.heard, a.at.bookmark.Seen))
	})
}

// Restore runs adopt, which puts other events in place of the present ones and
// returns the newest of them, and goes on behind that: none of them rings or is
// told as new.
func (a *Announcer) Restore(adopt func() (newest uint64, err error)) error {
	a.reading.Lock()
	defer a.reading.Unlock()
	newest, err := adopt()
	if err == nil {
		a.firstSeq, a.restored = newest, true
	}
	return err
}

// round is the state of the goroutine of Run.
type round struct {
	*Announcer
	cursor   uint64
	ringer   ringer
	held     held
	away     away
	rejected core.Tally    // as last logged
	logged   time.Time     // when that was
	saved    core.Bookmark // as on disk
	savedAt  time.Time     // when that was tried
	unsaved  bool          // it has moved since
}

// Run publishes until ctx ends, and then once more what has come since.
func (a *Announcer) Run(ctx context.Context) {
	r := round{Announcer: a, cursor: a.firstSeq}
	if err := r.recall(ctx); err != nil && ctx.Err() == nil {
		a.cfg.Log.Error("events that wait to be told could not be read", "err", err)
	}
	a.board.Nudge()
	ring := time.NewTimer(0)
	defer ring.Stop()
	<-ring.C
	for {
		select {
		case <-ctx.Done():
			r.publish(context.WithoutCancel(ctx))
			r.mark(a.cfg.Now(), true)
			return
		case <-a.board.News():
		case <-ring.C:
		}
		r.publish(ctx)
		if wait := r.wait(a.cfg.Now()); wait > 0 {
			ring.Reset(wait)
		}
		board.Pause(ctx, announceRest)
	}
}

// publish tells watchers everything that is new. Without new events it still
// publishes the status, for that is why it was nudged.
func (a *round) publish(ctx context.Context) {
	for {
		fresh, err := a.next(ctx)
		if err != nil {
			if ctx.Err() == nil {
				a.cfg.Log.Error("new events could not be read", "err", err)
			}
			return
		}
		now := a.cfg.Now()
		settings := a.cfg.Choices.Settings()
		a.away.look(a.board)
		for _, e := range fresh {
			a.hear(e, settings, now)
		}
		a.cfg.Heard(fresh)
		ring := a.ring(settings, now)
		a.mark(now, ring != nil)
		change := core.Change{Status: a.board.Status(), Fresh: fresh, Ring: ring}
		a.logRejected(change.Status.Summary.Rejected, now)
		a.board.Publish(change)
		if len(fresh) < announceBatch {
			return
		}
	}
}

// hear lets an event ring soon, or later, or not.
func (a *round) hear(e core.Event, s core.Settings, now time.Time) {
	sounds := s.Bell.Sounds(e)
	switch v := s.Verdict(e, now); {
	case v.Why == core.WhyQuiet, v.Rings && v.Why != core.WhyEmergency && s.Bell.Waits(e):
		a.held.add(e, sounds, now)
	case v.Rings && a.away.missed(e, now):
		a.away.add(e, sounds, now)
	case v.Rings:
		a.ringer.add(e, sounds, now)
	}
}

// ring is the ring that is due at now, or nil. What has waited for hours lets
// go first what has just come.
func (a *round) ring(s core.Settings, now time.Time) *core.Ring {
	if ring := a.ringer.take(now); ring != nil {
		return ring
	}
	if ring := a.away.take(now); ring != nil {
		return ring
	}
	return a.held.take(s, now)
}

// wait is how long after now something may ring, or shall be saved; 0: nothing
// waits.
func (a *round) wait(now time.Time) time.Duration {
	wait := a.held.look(now)
	if a.away.ring.Count > 0 && (wait == 0 || awayMost < wait) {
		wait = awayMost
	}
	if a.unsaved && wait == 0 {
		wait = bookmarkRest
	}
	if due := a.ringer.due; !due.IsZero() {
		soon := max(time.Millisecond, due.Sub(now))
		if wait == 0 || soon < wait {
			wait = soon
		}
	}
	return wait
}

var errBatchFull = errors.New("batch is full")

// next reads the events behind the cursor and moves it.
func (a *round) next(ctx context.Context) ([]core.Event, error) {
	a.reading.Lock()
	defer a.reading.Unlock()
	if a.restored {
		a.restart()
	}
	var fresh []core.Event
	err := a.cfg.Reader.Each(ctx, core.Query{AfterSeq: a.cursor}, func(e core.Event) error {
		fresh = append(fresh, e)
		if len(fresh) == announceBatch {
			return errBatchFull
		}
		return nil
	})
	if err != nil && !errors.Is(err, errBatchFull) {
		return nil, err
	}
	if len(fresh) > 0 {
		a.cursor = fresh[len(fresh)-1].Seq
	}
	return fresh, nil
}

// logRejected notes kept-out deliveries now and then: a line for each would
// hand strangers our disk.
func (a *round) logRejected(t core.Tally, now time.Time) {
	if t.Count == a.rejected.Count || !core.Passed(now, a.logged, rejectionRest) {
		return
	}
	if t.Last.After(a.startedAt) {
		a.cfg.Log.Warn("deliveries kept out: signature does not match", "total", t.Count)
	}
	a.rejected, a.logged = t, now
}
