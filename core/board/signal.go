package board

import (
	"context"
	"time"
)

// Signal wakes the one goroutine that waits for it. It carries nothing: whoever
// is woken looks at what is there. Make one with NewSignal.
type Signal chan struct{}

// NewSignal makes a Signal. Its capacity of 1 lets a nudge wait for its receiver.
func NewSignal() Signal { return make(Signal, 1) }

// Nudge wakes the receiver and never waits. A nudge that is already there serves
// for both.
func (s Signal) Nudge() {
	select {
	case s <- struct{}{}:
	default:
	}
}

// Pause waits for d or until ctx ends, and reports whether it waited it out.
func Pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
