package core

import (
	"context"
	"errors"
	"time"
)

// Announcing is level-triggered: the store is the queue. Whoever has news
// nudges; the announcer reads the events behind its cursor and publishes them.
// So memory stays bounded and no watcher, however slow, holds up a delivery.

const (
	announceBatch = 256                   // events in one Change
	announceRest  = 20 * time.Millisecond // between changes: a flood of bad signatures must not keep us publishing
	rejectionRest = 10 * time.Second      // between log lines about bad signatures
)

// announcer is the state of the announcing goroutine.
type announcer struct {
	bell     *Bell
	cursor   uint64
	ringer   ringer
	held     held
	rejected Tally     // as last logged
	logged   time.Time // when that was
	saved    Bookmark  // as on disk
	savedAt  time.Time // when that was tried
	unsaved  bool      // it has moved since
}

// announce publishes until ctx ends, and then once more what has come since.
func (b *Bell) announce(ctx context.Context) {
	a := announcer{bell: b, cursor: b.firstSeq}
	if err := a.recall(ctx); err != nil && ctx.Err() == nil {
		b.log.Error("events that wait to be told could not be read", "err", err)
	}
	nudge(b.arrived)
	ring := time.NewTimer(0)
	defer ring.Stop()
	<-ring.C
	for {
		select {
		case <-ctx.Done():
			a.publish(context.WithoutCancel(ctx))
			a.mark(b.now(), true)
			return
		case <-b.arrived:
		case <-ring.C:
		}
		a.publish(ctx)
		if wait := a.wait(b.now()); wait > 0 {
			ring.Reset(wait)
		}
		pause(ctx, announceRest)
	}
}

// publish tells watchers everything that is new. Without new events it still
// publishes the status, for that is why it was nudged.
func (a *announcer) publish(ctx context.Context) {
	for {
		fresh, err := a.next(ctx)
		if err != nil {
			if ctx.Err() == nil {
				a.bell.log.Error("new events could not be read", "err", err)
			}
			return
		}
		now := a.bell.now()
		settings := a.bell.Settings()
		for _, e := range fresh {
			a.hear(e, settings, now)
		}
		a.bell.countBrought(fresh)
		ring := a.ring(settings, now)
		a.mark(now, ring != nil)
		change := Change{Status: a.bell.Status(), Fresh: fresh, Ring: ring}
		a.logRejected(change.Status.Summary.Rejected, now)
		a.bell.tell(change)
		if len(fresh) < announceBatch {
			return
		}
	}
}

// hear lets an event ring soon, or later, or not.
func (a *announcer) hear(e Event, s Settings, now time.Time) {
	sounds := s.Bell.sounds(e)
	switch v := s.Verdict(e, now); {
	case v.Why == WhyQuiet, v.Rings && v.Why != WhyEmergency && s.Bell.Waits(e):
		a.held.add(e, sounds, now)
	case v.Rings:
		a.ringer.add(e, sounds, now)
	}
}

// ring is the ring that is due at now, or nil. What has waited for hours lets
// go first what has just come.
func (a *announcer) ring(s Settings, now time.Time) *Ring {
	if ring := a.ringer.take(now); ring != nil {
		return ring
	}
	return a.held.take(s, now)
}

// wait is how long after now something may ring, or shall be saved; 0: nothing
// waits.
func (a *announcer) wait(now time.Time) time.Duration {
	wait := a.held.look(now)
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
func (a *announcer) next(ctx context.Context) ([]Event, error) {
	a.bell.reading.Lock()
	defer a.bell.reading.Unlock()
	if a.bell.restored {
		a.restart()
	}
	var fresh []Event
	err := a.bell.Each(ctx, Query{AfterSeq: a.cursor}, func(e Event) error {
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
func (a *announcer) logRejected(t Tally, now time.Time) {
	if t.Count == a.rejected.Count || !passed(now, a.logged, rejectionRest) {
		return
	}
	if t.Last.After(a.bell.startedAt) {
		a.bell.log.Warn("deliveries kept out: signature does not match", "total", t.Count)
	}
	a.rejected, a.logged = t, now
}

func (b *Bell) tell(c Change) {
	b.publishing.Lock()
	defer b.publishing.Unlock()
	for _, fn := range b.watchers {
		fn(c)
	}
}

// pause waits for d or until ctx ends, and reports whether it waited it out.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
