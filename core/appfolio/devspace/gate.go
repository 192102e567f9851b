package devspace

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// ErrBusy says that so many bad signatures come that this delivery could not be
// checked in time. The sender should try again.
var ErrBusy = errors.New("too many deliveries to check at once")

// A stranger needs only the name of a key to have a signature checked, and those
// are public. A failed check costs 50 to 100 µs, so these limits keep a flood below
// half a core. A check that succeeds is free.
const (
	price       = 250 * time.Microsecond // of a failed check, as the time it takes to earn: 4,000 a second
	burst       = 1000 * price           // what may be spent at once
	longestWait = 2 * time.Second        // for the turn, and again for a free processor

	// So many bytes of a body or of a protected header cost as much as one more
	// check. bodyStep also bounds the memory of all that wait: 64 MiB.
	bodyStep   = 8 << 10
	headerStep = 128 // of what is beside the signature itself; AppFolio's has 41 bytes
)

// gate bounds the work that strangers can cause. It counts money in time: spending
// moves spent ahead, and the passing of time pays it back.
type gate struct {
	slots chan struct{} // one for each processor: RSA does nothing but compute

	mu    sync.Mutex
	spent time.Time // when everything spent is earned back
}

// cost is the price of checking s if it turns out to be forged.
func (s signature) cost() time.Duration {
	beside := len(s.text) - s.size*4/3
	return price * time.Duration(1+len(s.body)/bodyStep+beside/headerStep)
}

func newGate() *gate { return &gate{slots: make(chan struct{}, runtime.GOMAXPROCS(0))} }

// check calls verify when it is this delivery's turn, and returns its result. It
// takes the price first and gives it back when verify reports true. It returns
// ErrBusy when the turn does not come in time.
func (g *gate) check(ctx context.Context, cost time.Duration, verify func() bool) (bool, error) {
	wait, ok := g.pay(cost)
	if !ok {
		return false, ErrBusy
	}
	if err := g.enter(ctx, wait); err != nil {
		g.refund(cost)
		return false, err
	}
	defer func() { <-g.slots }()
	if !verify() {
		return false, nil
	}
	g.refund(cost)
	return true, nil
}

// pay takes cost and returns how long to wait until it is earned. When that is too
// long it takes nothing, and ok is false.
func (g *gate) pay(cost time.Duration) (wait time.Duration, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now() // monotonic, whatever happens to the clock
	if g.spent.Before(now) {
		g.spent = now
	}
	wait = g.spent.Sub(now) + cost - burst
	if wait > longestWait {
		return 0, false
	}
	g.spent = g.spent.Add(cost)
	return wait, true
}

func (g *gate) refund(cost time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.spent = g.spent.Add(-cost)
}

// enter waits for its turn and then for a free slot, which the caller frees.
func (g *gate) enter(ctx context.Context, wait time.Duration) error {
	if wait <= 0 {
		select {
		case g.slots <- struct{}{}: // the ordinary delivery needs no timer
			return nil
		default:
		}
	}
	turn := time.NewTimer(max(wait, 0))
	defer turn.Stop()
	select {
	case <-turn.C:
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrBusy, context.Cause(ctx))
	}
	turn.Reset(longestWait)
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-turn.C:
		return ErrBusy
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrBusy, context.Cause(ctx))
	}
}
