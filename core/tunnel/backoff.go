package tunnel

import (
	"context"
	"math/rand/v2"
	"time"
)

// What failed for now is tried again after a pause that doubles.
const (
	shortestPause = 500 * time.Millisecond
	longestPause  = 30 * time.Second
)

// backoff doubles the pause from shortestPause to longestPause. Each is up to a
// quarter shorter, so that many laptops behind one outage do not come back in
// step. The zero value is ready to use.
type backoff struct{ last time.Duration }

func (b *backoff) next() time.Duration {
	b.last = min(max(2*b.last, shortestPause), longestPause)
	return b.last - rand.N(b.last/4)
}

func (b *backoff) reset() { b.last = 0 }

// sleep waits for d; it returns early, with ctx's error, when ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
