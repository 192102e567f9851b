package records

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"rentbell/core"
)

// window is a limit of AppFolio's: at most n requests within any stretch of
// length d.
type window struct {
	n int
	d time.Duration
}

// kept is a little more than the window: requests that leave at their time may
// arrive closer together.
func (w window) kept() time.Duration { return w.d + 100*time.Millisecond + w.d/200 }

// AppFolio's limits, the widest last.
var (
	databaseLimits = []window{{8, time.Second}, {256, time.Minute}, {4096, time.Hour}}
	reportsLimits  = []window{{7, 15 * time.Second}}
)

const (
	longestPause = time.Hour        // of what a Retry-After asks for
	unsaidPause  = 15 * time.Second // after a 429 that does not say how long
	longestSleep = time.Minute      // before the clock is looked at again: it stands still while the computer sleeps
)

// limiter keeps the limits of one API for everybody who asks it.
type limiter struct {
	windows []window
	now     func() time.Time

	mu     sync.Mutex  // guards what follows
	times  []time.Time // a ring of the last requests, as many as the widest window takes
	next   int         // in times: the oldest, where the next one goes
	paused time.Time   // nobody asks before that
}

func newLimiter(windows []window, now func() time.Time) *limiter {
	return &limiter{windows: windows, now: now, times: make([]time.Time, windows[len(windows)-1].n)}
}

// wait returns when there is room for a request, which it counts. It does not
// wait longer than patience; 0 stands for any length.
func (l *limiter) wait(ctx context.Context, patience time.Duration) error {
	for {
		d := l.take()
		if d <= 0 {
			return nil
		}
		if patience > 0 && d > patience {
			return &core.Refused{Status: http.StatusTooManyRequests, RetryAfter: d}
		}
		if err := sleep(ctx, min(d, longestSleep)); err != nil {
			return fmt.Errorf("wait for AppFolio's limits: %w", err)
		}
	}
}

// take counts a request, or returns how long there is no room for it.
func (l *limiter) take() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now().Round(0) // wall time: it goes on while the computer sleeps
	l.follow(now)
	free := l.paused
	for _, w := range l.windows {
		if at := l.nthLast(w.n); !at.IsZero() && at.Add(w.kept()).After(free) {
			free = at.Add(w.kept())
		}
	}
	if d := free.Sub(now); d > 0 {
		return d
	}
	l.times[l.next] = now
	l.next = (l.next + 1) % len(l.times)
	return 0
}

// follow keeps a clock that was set back from closing the way: what was counted
// in its future counts as now.
func (l *limiter) follow(now time.Time) {
	ahead := l.nthLast(1).Sub(now)
	if l.nthLast(1).IsZero() || ahead <= 0 {
		return
	}
	for i, at := range l.times {
		if !at.IsZero() {
			l.times[i] = at.Add(-ahead)
		}
	}
	if !l.paused.IsZero() {
		l.paused = l.paused.Add(-ahead)
	}
}

// nthLast is when the nth request before the next one went out; zero: never.
func (l *limiter) nthLast(n int) time.Time {
	return l.times[(l.next-n+len(l.times))%len(l.times)]
}

// pause has everybody wait, because AppFolio asks for it.
func (l *limiter) pause(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := l.now().Round(0).Add(d); until.After(l.paused) {
		l.paused = until
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
