package records

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
)

// clocked answers everything at once and notes when it was asked.
type clocked struct {
	mu     sync.Mutex // guards times
	times  []time.Time
	answer func(n int) *http.Response // to the nth; nil: an empty page
}

func (c *clocked) RoundTrip(*http.Request) (*http.Response, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.times = append(c.times, time.Now())
	if c.answer != nil {
		if r := c.answer(len(c.times)); r != nil {
			return r, nil
		}
	}
	return response(200, `{"data":[]}`), nil
}

// checkWindows fails when more requests than a limit lie within its length.
func (c *clocked) checkWindows(t *testing.T, windows []window) {
	t.Helper()
	for _, w := range windows {
		for i := w.n; i < len(c.times); i++ {
			if d := c.times[i].Sub(c.times[i-w.n]); d < w.d {
				t.Fatalf("%d requests within %v, want them in %v", w.n+1, d, w.d)
			}
		}
	}
}

func TestLimitsOfTheDatabaseAreKeptByEverybodyTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, start := &clocked{}, time.Now()
		c := New(Config{Transport: server})
		var callers sync.WaitGroup
		for range 5 {
			callers.Go(func() {
				for range 900 {
					if _, err := all(c.Units(t.Context(), oakLine(), Filter{})); err != nil {
						t.Error(err)
					}
				}
			})
		}
		callers.Wait()
		server.checkWindows(t, databaseLimits)
		if took := time.Since(start); took < time.Hour || took > time.Hour+2*time.Minute {
			t.Errorf("4,500 requests took %v, want an hour and the rest at full speed", took)
		}
		if d := server.times[255].Sub(start); d < 31*time.Second || d > 36*time.Second {
			t.Errorf("256 requests took %v, want almost 8 a second", d)
		}
	})
}

func TestLimitOfReportsIsItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, start := &clocked{}, time.Now()
		c := New(Config{Transport: server})
		for range 15 {
			if _, err := c.Receipts(t.Context(), oakLine(), date(2026, 6, 1), date(2026, 6, 2)); err != nil {
				t.Fatal(err)
			}
		}
		server.checkWindows(t, reportsLimits)
		if took := time.Since(start); took < 30*time.Second || took > 31*time.Second {
			t.Errorf("15 requests took %v, want hardly more than 30 s", took)
		}
		if _, err := all(c.Units(t.Context(), oakLine(), Filter{})); err != nil || time.Since(start) > 31*time.Second {
			t.Errorf("the database waits for reports: %v", err)
		}
		other := oakLine()
		other.Space.Company = "elmline"
		if _, err := c.Receipts(t.Context(), other, date(2026, 6, 1), date(2026, 6, 2)); err != nil || time.Since(start) > 31*time.Second {
			t.Errorf("one company waits for another: %v", err)
		}
	})
}

func TestRetryAfterHoldsEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := &clocked{answer: func(n int) *http.Response {
			if n == 1 {
				return response(429, "", "Retry-After", "90")
			}
			return nil
		}}
		c, start := New(Config{Transport: server}), time.Now()
		_, err := all(c.Units(t.Context(), oakLine(), Filter{}))
		if refused := new(core.Refused); !errors.As(err, &refused) || refused.RetryAfter != 90*time.Second {
			t.Fatalf("got %v, want a refusal", err)
		}
		records, receipts := c.Try(t.Context(), oakLine())
		if refused := new(core.Refused); !errors.As(records, &refused) || refused.Status != 429 || refused.RetryAfter != 90*time.Second || time.Since(start) != 0 {
			t.Errorf("got %v, want to be told at once", records)
		}
		if receipts != nil {
			t.Errorf("reports are held as well: %v", receipts)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err = all(c.Leases(ctx, oakLine(), Filter{})); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want what ended the wait", err)
		}
		var callers sync.WaitGroup
		for range 3 {
			callers.Go(func() {
				if _, err := all(c.Leases(t.Context(), oakLine(), Filter{})); err != nil || time.Since(start) < 90*time.Second {
					t.Errorf("got %v after %v", err, time.Since(start))
				}
			})
		}
		callers.Wait()
		if took := time.Since(start); took != 90*time.Second {
			t.Errorf("they waited %v", took)
		}
	})
}

// hand is a clock that is moved by hand.
type hand struct {
	mu sync.Mutex // guards at
	at time.Time
}

func (h *hand) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hand) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

func TestClockThatIsSetBackDoesNotCloseTheWay(t *testing.T) {
	clock := &hand{at: noon}
	l := newLimiter(reportsLimits, clock.now)
	for range 7 {
		if d := l.take(); d != 0 {
			t.Fatalf("wait %v, want none", d)
		}
	}
	l.pause(20 * time.Second)
	clock.move(-24 * time.Hour)
	if d := l.take(); d != 20*time.Second {
		t.Errorf("wait %v, want the 20 s of before", d)
	}
	clock.move(25 * time.Hour)
	if d := l.take(); d != 0 {
		t.Errorf("wait %v after an hour, want none", d)
	}
}

func TestLongWaitLooksAtTheClockAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock, start := &hand{at: noon}, time.Now()
		l := newLimiter(reportsLimits, clock.now)
		l.pause(time.Hour)
		var caller sync.WaitGroup
		caller.Go(func() {
			if err := l.wait(t.Context(), 0); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		clock.move(2 * time.Hour) // the computer slept, and timers with it
		caller.Wait()
		if took := time.Since(start); took != longestSleep {
			t.Errorf("waited %v, want at most %v", took, longestSleep)
		}
	})
}
