package door

import (
	"context"
	"slices"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/board"
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

// keepWatch looks around, and follows the user's choices, until ctx ends.
func (d *Door) keepWatch(ctx context.Context) {
	started := time.Now()
	look := time.NewTicker(watchEvery)
	defer look.Stop()
	worry := time.NewTimer(reconnectGrace)
	defer worry.Stop()
	w := watcher{wall: d.now().Round(0), network: d.network()}
	woken := board.NewSignal()
	defer d.onWake(woken.Nudge)()
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.wake:
			d.follow()
			d.away.save()
			worry.Reset(d.graceLeft())
		case <-worry.C:
			d.worry()
		case <-look.C:
			d.lookAround(&w, started, false)
		case <-woken:
			d.lookAround(&w, started, true)
		}
	}
}

// lookAround acts on what has changed since the look before. woken: the system says
// that the computer has just woken up.
func (d *Door) lookAround(w *watcher, started time.Time, woken bool) {
	now := d.now().Round(0)
	woken = woken && now.Sub(w.wall) >= sleptLeast // or a look has noticed already
	since, slept := w.slept(now, time.Since(started))
	moved := w.moved(d.network(), d.listening())
	switch {
	case slept || woken:
		d.log.Info("the computer has slept", "since", since)
		d.wokeUp(since)
		d.moves()
	case moved:
		d.log.Info("the network has changed")
		d.redial()
		d.moves()
	}
	d.away.stillReachable(d.now())
}

// onWake has the system call fn at every wake-up until stop is called, where it can.
func (d *Door) onWake(fn func()) (stop func()) {
	machine, can := d.machine.(core.Waker)
	if !can {
		return func() {}
	}
	stop, err := machine.OnWake(fn)
	if err != nil {
		d.log.Warn("wake-ups are noticed some seconds later", "err", err)
		return func() {}
	}
	return stop
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

func (d *Door) network() []string {
	if d.machine == nil {
		return nil
	}
	return strings.Fields(d.machine.Network())
}

// wokeUp leaves a line that the other side has long given up. What was not open
// is tried at once.
func (d *Door) wokeUp(since time.Time) {
	var listened bool
	var through core.TunnelKind
	d.board.Note(func(s *core.Status) { listened, through = s.Connection == core.Listening, d.attempt.options.Kind })
	if listened {
		d.away.leave(since, core.GapAsleep)
		if through != core.TunnelNgrok { // a port of this computer is open as soon as that is awake
			d.reachable(d.now())
			return
		}
		d.enter(core.Reconnecting, nil, time.Time{})
	}
	d.redial()
}

// redial dials at once, whatever the state: a line that is up is left.
func (d *Door) redial() {
	var endpoint core.Endpoint
	waits := false
	d.board.Note(func(s *core.Status) {
		endpoint = d.attempt.endpoint
		waits = s.Connection == core.Connecting || s.Connection == core.Unreachable || s.Connection == core.ConnectionRefused
	})
	switch {
	case endpoint != nil:
		d.setRedialled(true)
		endpoint.Redial()
	case waits:
		d.hangUp()
	}
}

func (d *Door) listening() (yes bool) {
	d.board.Note(func(s *core.Status) { yes = s.Connection == core.Listening })
	return yes
}

// graceLeft is how long the present state may still mend by itself unnoticed.
func (d *Door) graceLeft() (left time.Duration) {
	now := d.now()
	d.board.Note(func(s *core.Status) { left = max(0, d.grace-now.Sub(s.Since)) })
	return left
}

// worry tells the user of a drop, or an opening, that has not mended.
func (d *Door) worry() {
	now, early := d.now(), false
	told := d.change(func(s *core.Status) bool {
		stuck := s.Connection == core.Reconnecting || s.Connection == core.Connecting && s.Problem != nil
		early = stuck && now.Sub(s.Since) < d.grace
		if stuck && !early {
			s.Connection = core.Unreachable
		}
		return stuck && !early
	})
	switch {
	case early:
		d.wake.Nudge() // it is another drop than the one that set the timer
	case told && d.setRedialled(false): // the tunnel may be resting after a sign-in that failed, which it cannot be woken from
		d.hangUp()
	}
}

// setRedialled notes whether a line was left on purpose and has not come back,
// and returns what was noted before.
func (d *Door) setRedialled(to bool) (before bool) {
	d.board.Note(func(*core.Status) { before, d.attempt.redialled = d.attempt.redialled, to })
	return before
}
