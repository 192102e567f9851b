package devspace

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func forged() bool    { return false }
func authentic() bool { return true }

// flood has n strangers ask at once and returns how many were looked at.
func flood(t *testing.T, g *gate, n int) (looked int) {
	t.Helper()
	var count atomic.Int64
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			genuine, err := g.check(t.Context(), price, func() bool { count.Add(1); return false })
			if genuine || err != nil && !errors.Is(err, ErrBusy) {
				t.Errorf("got %v, %v", genuine, err)
			}
		})
	}
	wg.Wait()
	return int(count.Load())
}

func TestForgedSignaturesAreCheckedSoManyASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, start := newGate(), time.Now()
		if got, took := flood(t, g, 1000), time.Since(start); got != 1000 || took > 0 {
			t.Errorf("burst: looked at %d of 1,000 in %v", got, took)
		}
		if got, took := flood(t, g, 4000), time.Since(start); got != 4000 || took != time.Second {
			t.Errorf("then: looked at %d of 4,000 in %v, want all in a second", got, took)
		}
		start = time.Now()
		if got, took := flood(t, g, 9000), time.Since(start); got != 8000 || took != longestWait {
			t.Errorf("flood: looked at %d in %v, want 8,000 in %v", got, took, longestWait)
		}
		time.Sleep(time.Minute)
		start = time.Now()
		if got, took := flood(t, g, 1000), time.Since(start); got != 1000 || took > 0 {
			t.Errorf("a minute later: looked at %d of 1,000 in %v", got, took)
		}
	})
}

func TestGenuineDeliveriesPayNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, start := newGate(), time.Now()
		for range 20000 {
			if ok, err := g.check(t.Context(), price, authentic); !ok || err != nil {
				t.Fatalf("got %v, %v", ok, err)
			}
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("they waited %v", took)
		}
	})
}

func TestGenuineDeliveryWaitsItsTurnInAFlood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		flood(t, g, 1000)
		start := time.Now()
		if ok, err := g.check(t.Context(), price, authentic); !ok || err != nil || time.Since(start) != price {
			t.Errorf("got %v, %v after %v", ok, err, time.Since(start))
		}
	})
}

func TestSenderWhoHangsUpInLinePaysNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		flood(t, g, 1000)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for range 100 {
			if _, err := g.check(ctx, price, forged); !errors.Is(err, ErrBusy) || !errors.Is(err, context.Canceled) {
				t.Fatalf("got %v", err)
			}
		}
		start := time.Now()
		if _, err := g.check(t.Context(), price, forged); err != nil || time.Since(start) != price {
			t.Errorf("the next one waited %v (%v), want %v", time.Since(start), err, price)
		}
	})
}

func TestAsManyAreCheckedAtOnceAsThereAreProcessors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, hold := newGate(), make(chan struct{})
		var busy, refused atomic.Int64
		var wg sync.WaitGroup
		for range runtime.GOMAXPROCS(0) + 5 {
			wg.Go(func() {
				_, err := g.check(t.Context(), price, func() bool { busy.Add(1); <-hold; return true })
				if errors.Is(err, ErrBusy) {
					refused.Add(1)
				}
			})
		}
		synctest.Wait()
		if got := int(busy.Load()); got != runtime.GOMAXPROCS(0) {
			t.Errorf("%d checks at once", got)
		}
		time.Sleep(longestWait + time.Millisecond)
		synctest.Wait()
		if got := refused.Load(); got != 5 {
			t.Errorf("%d of the 5 others were sent away in time", got)
		}
		close(hold)
		wg.Wait()
		if ok, err := g.check(t.Context(), price, authentic); !ok || err != nil {
			t.Errorf("afterwards: got %v, %v", ok, err)
		}
	})
}

func TestLongBodiesAndHeadersCostMore(t *testing.T) {
	ordinary := signature{text: string(make([]byte, 383)), size: 256, body: []byte(ring)}
	if got := ordinary.cost(); got != price {
		t.Errorf("an ordinary delivery costs %v", got)
	}
	for _, s := range []signature{
		{text: ordinary.text, size: 256, body: make([]byte, 1<<20)},
		{text: string(make([]byte, longestSignature)), size: 256},
	} {
		if got := s.cost(); got < 50*price {
			t.Errorf("header of %d bytes, body of %d: costs %v", len(s.text), len(s.body), got)
		}
	}
}
