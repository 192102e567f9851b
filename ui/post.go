package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
)

// All crossing of threads is here. Everything else in this package runs on
// Fyne's main goroutine.

// poster runs slow work beside the main goroutine and then, on it, the function
// the work came back with (nil: none). cancel ends the work's ctx early; its
// then still runs. After the poster's own ctx has ended nothing runs on the
// main goroutine any more: Fyne would run it on the worker's own.
type poster func(work func(ctx context.Context) (then func())) (cancel func())

// newPoster makes one whose functions run by onMain: fyne.Do, outside tests.
func newPoster(ctx context.Context, onMain func(func())) poster {
	return func(work func(context.Context) func()) (cancel func()) {
		one, cancel := context.WithCancel(ctx)
		go func() {
			then := work(one)
			if then == nil || ctx.Err() != nil {
				cancel()
				return
			}
			onMain(func() { // later, as a rule: until it has run, nobody has cancelled
				defer cancel()
				then()
			})
		}()
		return cancel
	}
}

// background is a poster's work with a value and an error.
func background[T any](p poster, work func(context.Context) (T, error), then func(T, error)) {
	p(func(ctx context.Context) func() {
		v, err := work(ctx)
		return func() { then(v, err) }
	})
}

// frame is how often the window is told of news at most.
const frame = time.Second / 30

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
func (m *mailbox) watch(ctx context.Context, bell *core.Bell, deliver func(core.Change, []core.Ring)) (stop func()) {
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
	return max(0, frame-now.Sub(m.last)), first
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

// loader keeps one read of a page going at a time. Asked again meanwhile, it
// does the latest request once the present one is done, so that what is shown
// is never older than that.
type loader struct {
	busy   bool
	next   func(context.Context) (then func())
	cancel func()
}

// load runs read in the background and, on the main goroutine, what it returns.
func (l *loader) load(p poster, read func(ctx context.Context) (then func())) {
	if l.busy {
		l.next = read
		return
	}
	l.busy = true
	l.cancel = p(func(ctx context.Context) func() {
		then := read(ctx)
		return func() {
			l.busy = false
			if then != nil {
				then()
			}
			if next := l.next; next != nil {
				l.next = nil
				l.load(p, next)
			}
		}
	})
}

// replace is load for a question that makes the present one pointless: a
// search nobody waits for any more is not carried on with.
func (l *loader) replace(p poster, read func(ctx context.Context) (then func())) {
	if l.busy && l.cancel != nil {
		l.cancel()
	}
	l.load(p, read)
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
