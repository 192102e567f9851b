package records

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"rentbell/core"
)

// window is one of AppFolio's rate limits: at most n requests in any period of
// length d.
type window struct {
	n int
	d time.Duration
}

// kept is a little longer than the period: requests that leave in time may arrive
// closer together.
func (w window) kept() time.Duration { return w.d + 100*time.Millisecond + w.d/200 }

// AppFolio's limits, the widest last.
var (
	databaseLimits = []window{{8, time.Second}, {256, time.Minute}, {4096, time.Hour}}
	reportsLimits  = []window{{7, 15 * time.Second}}
)

const (
	longestPause = time.Hour        // that a Retry-After is obeyed for
	unsaidPause  = 15 * time.Second // after a 429 without a Retry-After
	longestSleep = time.Minute      // before the clock is read again: timers stand still while the computer sleeps
)

// limiter keeps the rate limits of one API.
type limiter struct {
	windows []window
	now     func() time.Time

	mu     sync.Mutex  // guards what follows
	times  []time.Time // a ring of the last requests, as many as the widest window allows
	next   int         // index in times of the oldest, which the next one replaces
	paused time.Time   // no request goes out before that
}

func newLimiter(windows []window, now func() time.Time) *limiter {
	return &limiter{windows: windows, now: now, times: make([]time.Time, windows[len(windows)-1].n)}
}

// wait blocks until a request may go out, and counts it. When that takes longer than
// patience it returns *core.Refused at once; a patience of 0 has no limit.
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

// take counts a request and returns 0, or returns how long it has to wait.
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

// follow moves the counted requests when the clock was set back, or they would block
// new ones until the clock reaches them: the last one counts as made now.
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

// nthLast is when the nth last request went out; zero: never.
func (l *limiter) nthLast(n int) time.Time {
	return l.times[(l.next-n+len(l.times))%len(l.times)]
}

// pause lets no request out for d, because AppFolio asks for that.
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
