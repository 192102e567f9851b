package desk_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/desk"
)

// nobodyAt is an address at which nobody listens.
func nobodyAt(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close() // nobody has come
	return l.Addr().String()
}

func TestADeskTriesSoonAndThenEveryHalfMinute(t *testing.T) {
	t.Parallel()
	address := nobodyAt(t)
	key, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		l := &laptop{t: t, news: make(chan struct{}, 1), wake: make(chan struct{}, 1)}
		f := desk.New(desk.Config{Seat: desk.Seat{Address: address}, Key: key, Desk: l, Log: slog.New(slog.DiscardHandler), Now: time.Now})
		ctx, cancel := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { _ = f.Run(ctx) }) // it ends with ctx
		defer running.Wait()
		defer cancel()
		pause := func() time.Duration {
			t.Helper()
			synctest.Wait()
			l.mu.Lock()
			defer l.mu.Unlock()
			if !errors.Is(l.state.Problem, office.ErrUnreachable) || l.state.Following {
				t.Fatalf("the state is %+v", l.state)
			}
			return time.Until(l.state.Retry)
		}
		expect := func(most time.Duration) {
			t.Helper()
			if p := pause(); p > most || p < most*3/4 {
				t.Fatalf("it waits %v, at most %v", p, most)
			}
		}
		for most := time.Second / 4; most < 30*time.Second; most *= 2 {
			expect(most)
			time.Sleep(pause())
		}
		for range 5 {
			expect(30 * time.Second)
			time.Sleep(pause())
		}
		before := time.Now()
		l.wake <- struct{}{}
		expect(time.Second / 4)
		if time.Now() != before {
			t.Error("it waited although it was asked to try at once")
		}
	})
}

// noted is a desk that tells when the office is followed no more, and how long until the
// next try.
type noted struct {
	*laptop
	now   func() time.Time
	drops chan time.Duration // capacity: those of the test
}

func (n noted) Tell(s core.OfficeStatus) {
	n.mu.Lock()
	dropped := n.state.Following && !s.Following
	n.mu.Unlock()
	if dropped {
		n.drops <- s.Retry.Sub(n.now())
	}
	n.laptop.Tell(s)
}

// Tries that failed long ago do not count.
func TestTheFirstTryAfterADropIsQuick(t *testing.T) {
	t.Parallel()
	const drops = 3
	r := newReceiver(t)
	l := r.enrol("Front desk", t.TempDir())
	var ahead atomic.Int64 // of time.Now
	n := noted{l, func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }, make(chan time.Duration, drops)}
	l.adjust = func(c *desk.Config) { c.Desk, c.Now = n, n.now }
	l.start()
	t.Cleanup(func() { l.stop() })
	for range drops {
		l.await("it follows", func(s core.OfficeStatus) bool { return s.Following })
		ahead.Add(int64(10 * time.Second))
		r.stop()
		if pause := <-n.drops; pause > time.Second/4 {
			t.Errorf("the office was followed for ten seconds; the next try is in %v", pause)
		}
		l.await("it was tried once more", func(s core.OfficeStatus) bool { return s.Retry.Sub(n.now()) > time.Second/4 })
		r.start()
	}
}

func TestADeskAsksAtOnceWhenThatIsWanted(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	way := &hole{to: r.addr}
	l := r.enrol("Front desk", t.TempDir())
	l.seat.Address = way.open(t)
	l.start()
	t.Cleanup(func() { l.stop() })
	r.add(1, 3)
	l.has(r, 3)
	l.mu.Lock()
	heard := l.state.Heard
	l.mu.Unlock()
	l.wake <- struct{}{}
	l.await("the receiver answered", func(s core.OfficeStatus) bool { return s.Following && s.Heard.After(heard) })
	way.cut.Store(true)
	began := time.Now()
	l.wake <- struct{}{}
	l.await("the receiver does not answer", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrUnreachable) })
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("to find that out took %v", took)
	}
}
