package tunnel

import (
	"context"
	"time"

	"rentbell/core"
)

// What failed for now is tried again after a pause that doubles.
const (
	shortestPause = 500 * time.Millisecond
	longestPause  = 30 * time.Second
)

// newBackoff is the pauses between tries.
func newBackoff() core.Backoff { return core.Backoff{First: shortestPause, Most: longestPause} }

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
