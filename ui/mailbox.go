package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/bell"
)

// frameTime is how often the window is told of news at most.
const frameTime = time.Second / 30

// mailbox gathers changes between two frames: a burst of deliveries is shown
// once a frame, however many there are.
type mailbox struct {
	mu      sync.Mutex
	waiting core.Change // the newest status, and all that is fresh since the last frame
	rings   []core.Ring
	queued  bool
	last    time.Time
}

// watch shows every change to deliver, on the main goroutine, until stop is
// called or ctx ends.
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

// put adds a change. first is true when nothing is on its way to the main
// goroutine yet; then wait is how long to hold it back.
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

// mostFresh is more rows than a screen has: older news of a burst are in the
// lists all the same, only not marked as new.
const mostFresh = 200

func (m *mailbox) take(now time.Time) (core.Change, []core.Ring) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, rings := m.waiting, m.rings
	m.waiting.Fresh, m.rings, m.queued, m.last = nil, nil, false, now
	return c, rings
}

// afterOnMain calls back on the main goroutine after a time, unless ctx has ended.
func afterOnMain(ctx context.Context) func(time.Duration, func()) {
	return func(d time.Duration, do func()) {
		time.AfterFunc(d, func() {
			if ctx.Err() == nil {
				fyne.Do(do)
			}
		})
	}
}

// until does nothing once ctx has ended. Fyne calls what is hooked to its
// lifecycle on the caller's own goroutine when its loop is drained, as it quits.
func until(ctx context.Context, do func()) func() {
	return func() {
		if ctx.Err() == nil {
			do()
		}
	}
}

// everyMinute calls do on the main goroutine, until ctx ends.
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

// Summon shows the window, from any goroutine: somebody has started Rentbell a
// second time.
func (u *UI) Summon() { fyne.Do(u.Show) }
