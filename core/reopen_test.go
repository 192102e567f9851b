package core

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// brittle is a tunnel that cannot be opened at first, then holds for an hour at
// a time. It stands for ngrok's service over a span no test can wait for.
type brittle struct {
	failures int
	opened   []time.Time // every try
}

func (b *brittle) Open(ctx context.Context, _ TunnelOptions, _ func(TunnelState)) (Endpoint, error) {
	b.opened = append(b.opened, time.Now())
	if len(b.opened) <= b.failures {
		return nil, &TunnelError{Err: errors.New("no route")}
	}
	return &hour{ctx: ctx, over: time.After(time.Hour)}, nil
}

func (b *brittle) Diagnose(context.Context, TunnelOptions) (Line, error) { return Line{}, nil }

// hour is an endpoint nobody connects to and that breaks by itself.
type hour struct {
	ctx  context.Context
	over <-chan time.Time
}

func (h *hour) Accept() (net.Conn, error) {
	select {
	case <-h.over:
		return nil, &TunnelError{Err: errors.New("broken")}
	case <-h.ctx.Done():
		return nil, net.ErrClosed
	}
}

func (h *hour) Redial()        {}
func (h *hour) Close() error   { return nil }
func (h *hour) Addr() net.Addr { return &net.TCPAddr{} }
func (h *hour) URL() string    { return "https://oakline.ngrok.app" }

func TestDoorThatHeldIsOpenedAgainWithoutTheOldWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tunnel := &brittle{failures: 8}
		b := &Bell{
			cfg: Config{Tunnel: tunnel, Override: Override{Tunnel: TunnelOptions{Kind: TunnelLoopback}}}, log: slog.New(slog.DiscardHandler), now: time.Now,
			arrived: make(chan struct{}, 1), registration: make(chan struct{}, 1), hangUp: func() {},
		}
		b.secrets.Store(&Secrets{WebhookSecret: NewSecret("secret")})
		ctx, cancel := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { b.keepOpen(ctx) })
		time.Sleep(2 * time.Hour) // of the bubble's clock
		cancel()
		running.Wait()

		if len(tunnel.opened) < 10 {
			t.Fatalf("%d tries in two hours", len(tunnel.opened))
		}
		if wait := tunnel.opened[8].Sub(tunnel.opened[7]); wait < time.Minute {
			t.Errorf("after eight failures it waited %v, want more patience", wait)
		}
		if wait := tunnel.opened[9].Sub(tunnel.opened[8]) - time.Hour; wait > 2*retryFirst {
			t.Errorf("after an hour that held it waited %v, want about %v", wait, retryFirst)
		}
	})
}
