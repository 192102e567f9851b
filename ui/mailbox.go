package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/bell"
)

// frameTime is the least time between two updates of the window.
const frameTime = time.Second / 30

// mailbox collects changes between two updates, so that a burst of deliveries
// of any size costs one update.
type mailbox struct {
	mu      sync.Mutex
	waiting core.Change // the newest status, and the events since the last update
	rings   []core.Ring
	queued  bool
	last    time.Time
}

// watch calls deliver on the main goroutine after changes, until stop is called
// or ctx ends.
func (m *mailbox) watch(ctx context.Context, bell *bell.Bell, deliver func(core.Change, []core.Ring)) (stop func()) {
	return bell.Watch(func(c core.Change) {
		if wait, first := m.put(c, time.Now()); first {
			time.AfterFunc(wait, func() {
				if ctx.Err() == nil {
					fyne.Do(func() { deliver(m.take(time.Now())) })
				}
			})
		}
	})
}

// put adds a change. first is true if no update is scheduled yet; the caller
// then has to schedule one after wait.
func (m *mailbox) put(c core.Change, now time.Time) (wait time.Duration, first bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.waiting.Status = c.Status
	m.waiting.Fresh = append(m.waiting.Fresh, c.Fresh...)
	if over := len(m.waiting.Fresh) - mostFresh; over > 0 {
		m.waiting.Fresh = append([]core.Event(nil), m.waiting.Fresh[over:]...)
	}
	if c.Ring != nil {
		m.rings = append(m.rings, *c.Ring)
	}
	first, m.queued = !m.queued, true
	return max(0, frameTime-now.Sub(m.last)), first
}

// mostFresh is more rows than a screen has. Older events of a burst appear in
// the lists as well, only not marked as new.
const mostFresh = 200

func (m *mailbox) take(now time.Time) (core.Change, []core.Ring) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, rings := m.waiting, m.rings
	m.waiting.Fresh, m.rings, m.queued, m.last = nil, nil, false, now
	return c, rings
}

// afterOnMain returns a function that calls do on the main goroutine after a
// time, unless ctx has ended.
func afterOnMain(ctx context.Context) func(time.Duration, func()) {
	return func(d time.Duration, do func()) {
		time.AfterFunc(d, func() {
			if ctx.Err() == nil {
				fyne.Do(do)
			}
		})
	}
}

// until wraps do so that it does nothing once ctx has ended. When Fyne quits,
// it calls lifecycle hooks on other goroutines than the main one.
func until(ctx context.Context, do func()) func() {
	return func() {
		if ctx.Err() == nil {
			do()
		}
	}
}

// everyMinute calls do on the main goroutine every minute until ctx ends.
func everyMinute(ctx context.Context, do func()) {
	go func() {
		minutes := time.NewTicker(time.Minute)
		defer minutes.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-minutes.C:
				if ctx.Err() == nil {
					fyne.Do(do)
				}
			}
		}
	}()
}

// Raise brings the window to the front. Any goroutine may call it. A second
// start of Rentbell does so in the first.
func (u *UI) Raise() { fyne.Do(u.Show) }
