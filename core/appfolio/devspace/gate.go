package devspace

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
)

// ErrBusy: so many bad signatures come that this delivery could not be looked
// at in time. The sender should try again.
var ErrBusy = errors.New("too many deliveries to check at once")

// A stranger needs no key to have a signature checked, only the name of one,
// and those are public. An ordinary failed check costs 50 to 100 µs, so these
// keep a flood below half a core. AppFolio's own deliveries verify, and pay
// nothing.
const (
	price       = 250 * time.Microsecond // of a failed check, as time until it may be repeated: 4,000 a second
	burst       = 1000 * price           // what may be spent at once
	longestWait = 2 * time.Second        // in line, for the turn and for a processor each

	// A body of this length costs as much to hash, a signature header to take
	// apart, as another check. The first also bounds what those in line may hold
	// in memory: 64 MiB.
	bodyStep   = 8 << 10
	headerStep = 128 // beside the signature itself; AppFolio's has 41 bytes
)

// gate bounds the work that strangers can cause.
type gate struct {
	slots chan struct{} // one for each processor: RSA does nothing but compute

	mu    sync.Mutex
	spent time.Time // when all that was spent is earned again
}

// cost is what it costs when s turns out to be forged.
func (s signature) cost() time.Duration {
	beside := len(s.text) - s.size*4/3
	return price * time.Duration(1+len(s.body)/bodyStep+beside/headerStep)
}

func newGate() *gate { return &gate{slots: make(chan struct{}, runtime.GOMAXPROCS(0))} }

// check calls verify when it is this delivery's turn. Its price is paid before
// and given back when verify reports true. It returns ErrBusy when the turn
// does not come.
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

// pay takes cost out of what may be spent and tells how long to wait for it to
// be earned. It refuses, and takes nothing, when that is too long.
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

// enter waits its turn and then for a free slot, which the caller gives back.
func (g *gate) enter(ctx context.Context, wait time.Duration) error {
	if wait <= 0 {
		select {
		case g.slots <- struct{}{}: // no timer for the ordinary delivery
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
