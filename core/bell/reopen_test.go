package bell_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/bell"
	"rentbell/store"
)

// brittle is a tunnel that does not open for some time, then opens for an hour.
type brittle struct {
	failures int
	opened   []time.Time // every try
}

func (b *brittle) Open(ctx context.Context, _ core.TunnelOptions, _ func(core.TunnelState)) (core.Endpoint, error) {
	b.opened = append(b.opened, time.Now())
	if len(b.opened) <= b.failures {
		return nil, &core.TunnelError{Err: errors.New("no route")}
	}
	return newHour(ctx, time.After(time.Hour)), nil
}

func (b *brittle) Diagnose(context.Context, core.TunnelOptions) (core.Line, error) {
	return core.Line{}, nil
}

// hour is an endpoint nobody connects to and that breaks by itself.
type hour struct {
	life  context.Context
	close context.CancelFunc
	over  <-chan time.Time
}

func newHour(ctx context.Context, over <-chan time.Time) *hour {
	h := &hour{over: over}
	h.life, h.close = context.WithCancel(ctx)
	return h
}

func (h *hour) Accept() (net.Conn, error) {
	select {
	case <-h.over:
		return nil, &core.TunnelError{Err: errors.New("broken")}
	case <-h.life.Done():
		return nil, net.ErrClosed
	}
}

func (h *hour) Redial()        {}
func (h *hour) Close() error   { h.close(); return nil }
func (h *hour) Addr() net.Addr { return &net.TCPAddr{} }
func (h *hour) URL() string    { return "https://oakline.ngrok.app" }

// inBubble opens a Bell on the bubble's clock, without a server of its own, and
// runs it until the bubble's test ends.
func inBubble(t *testing.T, dir string, change func(*bell.Config), before ...func(*bell.Bell)) (*bell.Bell, func()) {
	t.Helper()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	cfg := bell.Config{
		Store: db, Source: appfolio.New(), Log: slog.New(slog.DiscardHandler),
		Vault: &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), Authtoken: core.NewSecret("tok")}},
	}
	change(&cfg)
	b, err := bell.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, do := range before {
		do(b)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { b.Run(ctx) })
	stop := sync.OnceFunc(func() {
		cancel()
		running.Wait()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return b, stop
}

func TestDoorThatHeldIsOpenedAgainWithoutTheOldWait(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		tunnel := &brittle{failures: 8}
		_, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel = tunnel })
		time.Sleep(2 * time.Hour) // of the bubble's clock
		stop()

		if len(tunnel.opened) < 10 {
			t.Fatalf("%d tries in two hours", len(tunnel.opened))
		}
		if wait := tunnel.opened[8].Sub(tunnel.opened[7]); wait < time.Minute {
			t.Errorf("after eight failures it waited %v, want more patience", wait)
		}
		if wait := tunnel.opened[9].Sub(tunnel.opened[8]) - time.Hour; wait > 2*time.Second {
			t.Errorf("after an hour that held it waited %v, want about a second", wait)
		}
	})
}
