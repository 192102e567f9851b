package tunnel

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/tunnel/ngroktest"
)

// inBubble is set for a process that runs one test in a bubble.
const inBubble = "RENTBELL_TEST_BUBBLE"

// bubble runs a test on a clock of its own, and in a process of its own: muxado
// keeps channels in a pool for the whole process, and one that was made in a
// bubble may not be used outside it.
func bubble(t *testing.T, f func(*testing.T)) {
	t.Helper()
	if os.Getenv(inBubble) != "" {
		synctest.Test(t, f)
		return
	}
	t.Parallel()
	test := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	// The race detector has each process linger for a second when it ends.
	test.Env = append(os.Environ(), inBubble+"=1", "GORACE=atexit_sleep_ms=20 "+os.Getenv("GORACE"))
	report, err := test.CombinedOutput()
	t.Logf("%s", report)
	if err != nil {
		t.Error(err)
	}
}

// world is a network in memory with ngrok's stand-in at its other end. The SDK
// on this side is the real one.
type world struct {
	*ngroktest.Service
	net *ngroktest.Pipe

	mu     sync.Mutex // guards what follows
	states []timed
}

// timed is a state and when it was told.
type timed struct {
	core.TunnelState
	at time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Cleanup(settle)
	w := &world{net: ngroktest.NewPipe()}
	w.Service = ngroktest.NewAt(t, w.net)
	return w
}

// door is the way to the world.
func (w *world) door() Ngrok { return Ngrok{dial: w.net.DialContext} }

func (w *world) notify(s core.TunnelState) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.states = append(w.states, timed{s, time.Now()})
}

// told returns the states told since the last call.
func (w *world) told() []timed {
	w.mu.Lock()
	defer w.mu.Unlock()
	states := w.states
	w.states = nil
	return states
}

// open opens a door that answers with echo until the test ends.
func (w *world) open(t *testing.T) core.Endpoint {
	t.Helper()
	endpoint, err := w.door().Open(t.Context(), w.Options(token), w.notify)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	serve(t, endpoint, echo)
	deliver(t, w.Service, endpoint.URL(), "before")
	w.told()
	return endpoint
}

// isUp reports whether the last state told is up.
func isUp(states []timed) bool { return len(states) > 0 && up(states[len(states)-1].TunnelState) }

func TestServiceGoneForAnHourComesBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		endpoint := w.open(t)
		before := w.net.Dials()
		w.net.Unplug()
		w.Drop()
		time.Sleep(time.Hour)
		dials, states := w.net.Dials()-before, w.told()
		t.Logf("%d dials and %d states within an hour", dials, len(states))
		if dials < 120 || dials > 170 {
			t.Errorf("dialled %d times within an hour, want one each half minute or a little sooner", dials)
		}
		var longest time.Duration
		for _, s := range states {
			if s.Up {
				t.Fatalf("up was told while the service was gone: %+v", s)
			}
			longest = max(longest, s.RetryAt.Sub(s.at))
		}
		if longest > longestPause || longest < longestPause*3/4 {
			t.Errorf("the longest pause was %v, want up to %v", longest, longestPause)
		}
		if last := states[len(states)-1]; !last.RetryAt.After(time.Now()) {
			t.Errorf("it is tried again at %v, which is over", last.RetryAt)
		}

		w.net.Plug()
		time.Sleep(longestPause)
		deliver(t, w.Service, endpoint.URL(), "after")
		if !isUp(w.told()) {
			t.Error("deliveries arrive, but nobody was told")
		}
	})
}

func TestRedialEndsThePauseAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		endpoint := w.open(t)
		w.net.Unplug()
		w.Drop()
		time.Sleep(10 * time.Minute)
		w.told()
		dials := w.net.Dials()
		endpoint.Redial()
		synctest.Wait()
		if got := w.net.Dials(); got != dials+1 {
			t.Errorf("Redial had it dialled %d times, want once", got-dials)
		}
		if states := w.told(); len(states) != 1 || states[0].RetryAt.Sub(states[0].at) > shortestPause {
			t.Errorf("after Redial, the pauses do not begin anew: %+v", states)
		}

		time.Sleep(10 * time.Minute)
		w.net.Plug()
		back := time.Now()
		endpoint.Redial()
		synctest.Wait()
		if !isUp(w.told()) {
			t.Fatal("Redial did not end the pause")
		}
		deliver(t, w.Service, endpoint.URL(), "after")
		if took := time.Since(back); took > time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestRedialLeavesALineThatLooksUp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		endpoint := w.open(t)
		for range 3 { // the service believes in each of the old lines
			w.Freeze()
			began := time.Now()
			endpoint.Redial()
			time.Sleep(time.Second)
			states := w.told()
			if !isUp(states) {
				t.Fatal("Redial did not bring up a new line")
			}
			// muxado tries for 250 ms to say goodbye.
			if took := states[len(states)-1].at.Sub(began); took > 300*time.Millisecond {
				t.Errorf("it took %v", took)
			}
			deliver(t, w.Service, endpoint.URL(), "after")
		}
		for _, b := range w.Binds() {
			if b.URL != endpoint.URL() {
				t.Errorf("the address became %q, or was refused", b.URL)
			}
		}
	})
}

func TestRedialAfterCloseLetsRequestsFinish(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		endpoint, err := w.door().Open(t.Context(), w.Options(token), w.notify)
		if err != nil {
			t.Fatal(err)
		}
		serve(t, endpoint, echo)
		deliver(t, w.Service, endpoint.URL(), "before")
		dials := w.net.Dials()
		if err := endpoint.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		endpoint.Redial()
		time.Sleep(time.Minute)
		if got := w.net.Dials(); got != dials {
			t.Errorf("Redial after Close dialled %d times", got-dials)
		}
	})
}

func TestSilentLineIsNoticedAndComesBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		endpoint := w.open(t)
		time.Sleep(time.Hour + time.Second) // it does not happen at a beat
		if states := w.told(); len(states) != 0 {
			t.Fatalf("a line that is well was reported as %+v", states)
		}
		w.Freeze()
		began := time.Now()
		time.Sleep(heartbeatInterval + heartbeatTolerance + time.Second)
		states := w.told()
		if len(states) != 2 || !down(states[0].TunnelState) || !up(states[1].TunnelState) {
			t.Fatalf("told %+v, want down and up", states)
		}
		t.Logf("noticed after %v, back after %v", states[0].at.Sub(began), states[1].at.Sub(began))
		deliver(t, w.Service, endpoint.URL(), "after")
	})
}

func TestReconnectsLeaveNothingBehind(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		endpoint := w.open(t)
		settle()
		before, connections := inThisBubble(), w.net.Open()
		for n := range reconnects {
			switch n % 4 {
			case 0:
				w.Drop()
			case 1:
				endpoint.Redial()
			case 2:
				w.net.Unplug()
				w.Drop()
				time.Sleep(3 * time.Second)
				w.net.Plug()
				endpoint.Redial()
			case 3:
				w.Freeze()
				endpoint.Redial()
			}
			time.Sleep(3 * time.Second)
		}
		w.Drop() // the service's end of the last line that went silent, too
		settle()
		deliver(t, w.Service, endpoint.URL(), "after")
		settle()
		nothingBehind(t, before)
		if got := w.net.Open(); got != connections || got != 1 {
			t.Errorf("%d connections are open, want 1", got)
		}
		t.Logf("%d sign-ins, %d goroutines before", len(w.Authtokens()), len(before))
		if got := len(w.Authtokens()); got < reconnects {
			t.Errorf("signed in %d times only", got)
		}
	})
}

// settle gives what the SDK started for a line the time to end.
func settle() { time.Sleep(2*(heartbeatInterval+heartbeatTolerance) + time.Second) }

// nothingBehind fails if there are more goroutines than before.
func nothingBehind(t *testing.T, before []string) {
	t.Helper()
	if left := inThisBubble(); len(left) > len(before) {
		t.Errorf("%d goroutines, want %d as before:\n%s", len(left), len(before), strings.Join(left, "\n\n"))
	}
}

// inThisBubble returns the stacks of the goroutines of the bubble. The count of
// the process has the runtime's own in it.
func inThisBubble() []string {
	synctest.Wait()
	stacks := make([]byte, 1<<20)
	all := strings.Split(string(stacks[:runtime.Stack(stacks, true)]), "\n\n")
	return slices.DeleteFunc(all, func(stack string) bool { return !strings.Contains(stack, "synctest bubble") })
}

func TestServiceThatDropsEveryLineIsNotPestered(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		endpoint := w.open(t)
		before := w.net.Dials()
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		for w.WaitOnline(ctx, endpoint.URL()) == nil {
			time.Sleep(heartbeatInterval + time.Second) // an end before the first heartbeat trips a race in the SDK's logging
			w.Drop()
		}
		dials := w.net.Dials() - before
		t.Logf("%d dials within an hour", dials)
		if dials < 120 || dials > 170 {
			t.Errorf("dialled %d times within an hour, want one each half minute or a little sooner", dials)
		}
		time.Sleep(longestPause)
		deliver(t, w.Service, endpoint.URL(), "after")
	})
}

func TestSlowServiceIsWaitedFor(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.Slow(signInTime / 3)
		endpoint, err := w.door().Open(t.Context(), w.Options(token), w.notify)
		if err != nil {
			t.Fatal(err)
		}
		serve(t, endpoint, echo)
		for _, s := range w.told() {
			if !s.Up {
				t.Errorf("a slow service was reported as %v", s.Err)
			}
		}
		deliver(t, w.Service, endpoint.URL(), "slow")
		w.Drop()
		time.Sleep(2 * signInTime)
		deliver(t, w.Service, endpoint.URL(), "slow again")
	})
}

func TestServiceThatNeverAnswersIsToldAndTriedAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.Slow(24 * time.Hour)
		opened := make(chan error, 1)
		go func() {
			endpoint, err := w.door().Open(t.Context(), w.Options(token), w.notify)
			if err == nil {
				err = endpoint.Close()
			}
			opened <- err
		}()
		time.Sleep(signInTime + time.Second)
		if states := w.told(); len(states) == 0 || !down(states[0].TunnelState) {
			t.Errorf("told %+v, want down", states)
		}
		time.Sleep(time.Hour)
		if dials := w.net.Dials(); dials < 50 || dials > 200 {
			t.Errorf("dialled %d times within an hour", dials)
		}
		w.Slow(0)
		if err := <-opened; err != nil {
			t.Error(err)
		}
	})
}
