package bell_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
)

// scripted is a tunnel whose ups and downs a test tells.
type scripted struct {
	mu      sync.Mutex
	notify  func(core.TunnelState)
	redials int
}

func (s *scripted) Open(ctx context.Context, _ core.TunnelOptions, notify func(core.TunnelState)) (core.Endpoint, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notify = notify
	return &scriptedEndpoint{newHour(ctx, nil), s}, nil
}

func (s *scripted) Diagnose(context.Context, core.TunnelOptions) (core.Line, error) {
	return core.Line{}, nil
}

func (s *scripted) tell(state core.TunnelState) {
	s.mu.Lock()
	notify := s.notify
	s.mu.Unlock()
	notify(state)
}

func (s *scripted) dialled() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.redials
}

type scriptedEndpoint struct {
	*hour
	script *scripted
}

// Redial drops the line and has it back after three seconds.
func (e *scriptedEndpoint) Redial() {
	e.script.mu.Lock()
	e.script.redials++
	e.script.mu.Unlock()
	e.script.tell(core.TunnelState{Err: &core.TunnelError{Err: errors.New("dialled anew")}})
	time.AfterFunc(3*time.Second, func() { e.script.tell(core.TunnelState{Up: true}) })
}

var errNoRoute = &core.TunnelError{Err: errors.New("no route")}

// skewed is a wall clock that can jump, as it does over a sleep.
type skewed struct {
	mu  sync.Mutex
	off time.Duration
}

func (s *skewed) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(s.off)
}

// wall is the time as a computer that was started anew would know it.
func (s *skewed) wall() time.Time { return s.now().Round(0) }

func (s *skewed) sleep(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.off += d
}

func TestADropThatMendsIsOnlyAmber(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		tunnel := &scripted{}
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel = tunnel })
		defer stop()
		time.Sleep(time.Minute)
		tunnel.tell(core.TunnelState{Err: errNoRoute, RetryAt: time.Now().Add(time.Second)})
		time.Sleep(8 * time.Second)
		if s := b.Status(); s.Connection != core.Reconnecting || s.RetryAt.IsZero() {
			t.Errorf("after eight seconds the state is %d, to be tried at %v", s.Connection, s.RetryAt)
		}
		tunnel.tell(core.TunnelState{Up: true, Line: core.Line{Plan: "Free", Region: "eu"}})
		s := b.Status()
		if s.Connection != core.Listening || s.Problem != nil || s.Line.Region != "eu" {
			t.Errorf("back again: %+v", s)
		}
		if p := b.Presence(); len(p.Gaps) != 0 {
			t.Errorf("eight seconds are noted as %+v", p.Gaps)
		}
	})
}

func TestADropThatLastsIsToldWithItsBeginning(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		tunnel := &scripted{}
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel = tunnel })
		defer stop()
		time.Sleep(time.Minute)
		dropped := time.Now()
		tunnel.tell(core.TunnelState{Err: errNoRoute})
		time.Sleep(15 * time.Second)
		if s := b.Status(); s.Connection != core.Unreachable || !s.Since.Equal(dropped) || s.Problem == nil {
			t.Errorf("after 15 seconds: state %d since %v, want not reachable since %v", s.Connection, s.Since, dropped)
		}
		time.Sleep(time.Hour)
		if gaps := b.Presence().Gaps; len(gaps) != 1 || !gaps[0].To.IsZero() {
			t.Errorf("the gap that goes on is %+v", gaps)
		}
		tunnel.tell(core.TunnelState{Up: true})
		back := time.Now()
		gaps := b.Presence().Gaps
		if len(gaps) != 1 || !gaps[0].From.Equal(dropped) || !gaps[0].To.Equal(back) || gaps[0].Reason != core.GapNetwork {
			t.Errorf("the gap is noted as %+v, want from %v to %v", gaps, dropped, back)
		}
		if away := b.Status().Away; away == nil || away.Seen {
			t.Errorf("the window is told %+v", away)
		}
		if err := b.SeeAway(); err != nil || b.Status().Away != nil {
			t.Errorf("the notice stays: %v", err)
		}
	})
}

func TestWakingUpLeavesTheDeadLineAtOnce(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		tunnel, clock := &scripted{}, &skewed{}
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel, c.Now = tunnel, clock.now })
		defer stop()
		time.Sleep(62 * time.Second) // between two looks
		asleep := clock.now()
		clock.sleep(9 * time.Hour)
		time.Sleep(4 * time.Second)
		if n := tunnel.dialled(); n != 1 {
			t.Fatalf("four seconds after waking up the line was left %d times, want once", n)
		}
		if c := b.Status().Connection; c != core.Reconnecting {
			t.Errorf("state %d although nobody knows whether deliveries arrive", c)
		}
		time.Sleep(6 * time.Second)
		gaps := b.Presence().Gaps
		if b.Status().Connection != core.Listening || len(gaps) != 1 {
			t.Fatalf("ten seconds after waking up: state %d, gaps %+v", b.Status().Connection, gaps)
		}
		if g := gaps[0]; g.Reason != core.GapAsleep || g.From.After(asleep) || asleep.Sub(g.From) > 6*time.Second || g.To.Sub(g.From) < 9*time.Hour {
			t.Errorf("the night is noted as %+v, want from about %v", g, asleep)
		}
	})
}

// sleeper is a Machine that tells of wake-ups.
type sleeper struct {
	computer
	woke func() // nil: nobody wants to know
}

func (s *sleeper) OnWake(fn func()) (stop func(), err error) {
	s.woke = fn
	return func() { s.woke = nil }, nil
}

func TestWakingUpThatTheSystemTellsOfIsNoticedAtOnceAndOnce(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		tunnel, clock, machine := &scripted{}, &skewed{}, &sleeper{}
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel, c.Now, c.Machine = tunnel, clock.now, machine })
		time.Sleep(62 * time.Second) // between two looks
		asleep := clock.now()
		clock.sleep(9 * time.Hour)
		machine.woke()
		synctest.Wait()
		if n := tunnel.dialled(); n != 1 {
			t.Errorf("the line was left %d times at once, want once", n)
		}
		time.Sleep(10 * time.Second)
		machine.woke() // Windows may tell twice
		synctest.Wait()
		time.Sleep(time.Minute)
		gaps := b.Presence().Gaps
		if n := tunnel.dialled(); n != 1 || len(gaps) != 1 || gaps[0].Reason != core.GapAsleep || gaps[0].From.After(asleep) {
			t.Errorf("left %d times; gaps %+v", n, gaps)
		}
		stop()
		if machine.woke != nil {
			t.Error("it still wants to know of wake-ups")
		}
	})
}

func TestWhatCameAfterTheGapIsCounted(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		tunnel := &scripted{}
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel = tunnel })
		time.Sleep(time.Minute)
		tunnel.tell(core.TunnelState{Err: errNoRoute})
		within := time.Now().Add(10 * time.Minute)
		time.Sleep(time.Hour)
		tunnel.tell(core.TunnelState{Up: true})
		for _, body := range []string{rentAt("missed", within), rentAt("new", time.Now()), rentAt("old", within.Add(-time.Hour))} {
			receive(t, b, body)
		}
		time.Sleep(time.Second)
		if away := b.Status().Away; away == nil || away.Brought != 1 {
			t.Errorf("away = %+v, want one event of that time", away)
		}
		stop()

		again, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel = &scripted{} })
		defer stop()
		if away := again.Status().Away; away == nil || away.Brought != 1 {
			t.Errorf("after a restart away = %+v", away)
		}
	})
}

func TestTimeInWhichRentbellDidNotRunIsAGap(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		_, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel = &scripted{} })
		time.Sleep(time.Minute)
		stop()
		stopped := time.Now()
		time.Sleep(3 * time.Hour)
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel = &scripted{} })
		defer stop()
		time.Sleep(time.Second)
		gaps := b.Presence().Gaps
		if len(gaps) != 1 || gaps[0].Reason != core.GapOff || gaps[0].From.Sub(stopped).Abs() > time.Second || time.Since(gaps[0].To) > 2*time.Second {
			t.Errorf("gaps = %+v, want one of three hours from %v", gaps, stopped)
		}
	})
}

func TestAFirstStartHasMissedNothing(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel = &brittle{failures: 8} })
		defer stop()
		time.Sleep(time.Hour)
		if p := b.Presence(); len(p.Gaps) != 0 || p.Opened.IsZero() {
			t.Errorf("presence = %+v", p)
		}
	})
}

func TestClosedAddressStaysClosedUntilOpened(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel = &scripted{} })
		defer stop()
		time.Sleep(time.Minute)
		set := func(closed bool) {
			s := b.Settings()
			s.Closed = closed
			if err := b.Change(t.Context(), func(saved *core.Settings) { *saved = s }); err != nil {
				t.Fatal(err)
			}
		}
		set(true)
		time.Sleep(2 * time.Hour)
		if c := b.Status().Connection; c != core.ConnectionClosed {
			t.Errorf("state %d, want closed", c)
		}
		set(false)
		time.Sleep(time.Second)
		s := b.Status()
		gaps := b.Presence().Gaps
		if s.Connection != core.Listening || s.Away != nil || len(gaps) != 1 || gaps[0].Reason != core.GapClosed {
			t.Errorf("opened again: state %d, notice %v, gaps %+v", s.Connection, s.Away, gaps)
		}
	})
}
