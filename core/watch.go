package core

import (
	"context"
	"slices"
	"strings"
	"time"
)

// The watch notices what no connection tells: that the computer has slept, that
// it is in another network, that a drop does not mend.

const (
	// watchEvery is how soon after a wake-up or a change of network the line is
	// dialled anew. A look costs microseconds.
	watchEvery = 5 * time.Second
	// sleptLeast is how far wall clock and running time must drift apart between
	// two looks to be a sleep and no correction of the clock.
	sleptLeast = 5 * time.Second
	// starvedLeast is a pause in running time itself that is taken for a sleep:
	// some systems count it while they sleep.
	starvedLeast = 30 * time.Second
	// reconnectGrace is how long a drop may take to mend before it is called one.
	reconnectGrace = 10 * time.Second
)

// keepWatch looks around until ctx ends.
func (b *Bell) keepWatch(ctx context.Context) {
	started := time.Now()
	look := time.NewTicker(watchEvery)
	defer look.Stop()
	worry := time.NewTimer(reconnectGrace)
	defer worry.Stop()
	w := watcher{wall: b.now().Round(0), network: b.network()}
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.uneasy:
			b.savePresence()
			worry.Reset(b.graceLeft())
		case <-worry.C:
			b.worry()
		case <-look.C:
			since, slept := w.slept(b.now().Round(0), time.Since(started))
			moved := w.moved(b.network(), b.listening())
			switch {
			case slept:
				b.log.Info("the computer has slept", "since", since)
				b.wokeUp(since)
			case moved:
				b.log.Info("the network has changed")
				b.redial()
			}
			b.stillReachable()
		}
	}
}

// watcher compares one look with the one before.
type watcher struct {
	wall    time.Time // without a monotonic reading
	running time.Duration
	network []string
}

// slept reports whether the computer slept between two looks, and since when.
func (w *watcher) slept(wall time.Time, running time.Duration) (since time.Time, slept bool) {
	since = w.wall
	ran := running - w.running
	slept = wall.Sub(w.wall)-ran >= sleptLeast || ran >= starvedLeast
	w.wall, w.running = wall, running
	return since, slept
}

// moved reports whether the line may have lost its footing. While it is up, new
// addresses beside the old ones change nothing; while it is down, any change is
// a reason to try again. No address at all is none.
func (w *watcher) moved(network []string, up bool) bool {
	before := w.network
	if len(network) == 0 {
		return false // the old ones are compared with what comes next
	}
	w.network = network
	gone := slices.ContainsFunc(before, func(a string) bool { return !slices.Contains(network, a) })
	return gone || !up && !slices.Equal(before, network)
}

func (b *Bell) network() []string {
	if b.cfg.Machine == nil {
		return nil
	}
	return strings.Fields(b.cfg.Machine.Network())
}

// wokeUp leaves a line that the other side has long given up. What was not open
// is tried at once.
func (b *Bell) wokeUp(since time.Time) {
	b.mu.Lock()
	listened, through := b.status.Connection == Listening, b.door.kind
	b.mu.Unlock()
	if listened {
		b.leave(since, GapAsleep)
		if through != TunnelNgrok { // a port of this computer is open as soon as that is awake
			b.reachable()
			return
		}
		b.enter(Reconnecting, nil, time.Time{})
	}
	b.redial()
}

// redial dials at once, whatever the state: a line that is up is left.
func (b *Bell) redial() {
	b.mu.Lock()
	endpoint := b.door.endpoint
	waits := b.status.Connection == Connecting || b.status.Connection == Unreachable || b.status.Connection == ConnectionRefused
	b.mu.Unlock()
	switch {
	case endpoint != nil:
		b.setRedialled(true)
		endpoint.Redial()
	case waits:
		b.hangUpNow()
	}
}

func (b *Bell) listening() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.status.Connection == Listening
}

// graceLeft is how long the present state may still mend by itself unnoticed.
func (b *Bell) graceLeft() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return max(0, b.grace-b.now().Sub(b.status.Since))
}

// worry tells the user of a drop, or an opening, that has not mended.
func (b *Bell) worry() {
	early := false
	told := b.change(func(s *Status) bool {
		stuck := s.Connection == Reconnecting || s.Connection == Connecting && s.Problem != nil
		early = stuck && b.now().Sub(s.Since) < b.grace
		if stuck && !early {
			s.Connection = Unreachable
		}
		return stuck && !early
	})
	switch {
	case early:
		nudge(b.uneasy) // it is another drop than the one that set the timer
	case told && b.setRedialled(false): // the tunnel may be resting after a sign-in that failed, which it cannot be woken from
		b.hangUpNow()
	}
}

// setRedialled notes whether a line was left on purpose and has not come back,
// and returns what was noted before.
func (b *Bell) setRedialled(to bool) (before bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	before, b.door.redialled = b.door.redialled, to
	return before
}
