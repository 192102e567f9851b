package tunnel

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/tunnel/ngroktest"
)

func TestCloseLeavesNothingBehind(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		before := inThisBubble()
		endpoint, err := w.door().Open(t.Context(), w.Options(token), w.notify)
		if err != nil {
			t.Fatal(err)
		}
		server := serve(t, endpoint, echo)
		deliver(t, w.Service, endpoint.URL(), "one")
		if err := server.Shutdown(t.Context()); err != nil {
			t.Fatalf("Shutdown: %v", err)
		}
		settle()
		nothingBehind(t, before)
		if _, err := endpoint.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("Accept after Close returned %v, want net.ErrClosed", err)
		}
		if states := w.told(); len(states) != 1 || !isUp(states) {
			t.Errorf("told %+v, want up alone: a clean close is no news", states)
		}
	})
}

func TestEndOfContextLeavesNothingBehind(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		before := inThisBubble()
		ctx, cancel := context.WithCancel(t.Context())
		endpoint, err := w.door().Open(ctx, w.Options(token), w.notify)
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		if _, err := endpoint.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("Accept after the context's end returned %v, want net.ErrClosed", err)
		}
		settle()
		nothingBehind(t, before)
	})
}

func TestRefusalLeavesNothingBehind(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		before := inThisBubble()
		w.RefuseBind("ERR_NGROK_320", "This domain is reserved for another account.")
		if _, err := w.door().Open(t.Context(), w.Options(token), w.notify); err == nil {
			t.Fatal("Open succeeded although the address was refused")
		}
		w.Refuse("ERR_NGROK_105", "No.")
		if _, err := w.door().Open(t.Context(), w.Options(token), w.notify); err == nil {
			t.Fatal("Open succeeded although the authtoken was refused")
		}
		settle()
		nothingBehind(t, before)
	})
}

func TestRequestInFlightOutlivesClose(t *testing.T) {
	service := ngroktest.New(t)
	endpoint, _ := open(t, service.Options(token))
	arrived, release := make(chan struct{}), make(chan struct{})
	server := serve(t, endpoint, func(w http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-release
		_, _ = io.WriteString(w, "finished")
	})
	type result struct {
		code int
		text string
	}
	answered := make(chan result, 1)
	go func() {
		code, text := deliver(t, service, endpoint.URL(), "slow")
		answered <- result{code, text}
	}()
	<-arrived
	stopped := make(chan error, 1)
	go func() { stopped <- server.Shutdown(t.Context()) }()
	if _, err := endpoint.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept returned %v, want net.ErrClosed", err)
	}
	close(release)
	if got, want := <-answered, (result{http.StatusOK, "finished"}); got != want {
		t.Errorf("the request in flight got %v, want %v", got, want)
	}
	if err := <-stopped; err != nil {
		t.Errorf("Shutdown: %v", err)
	}
}

// closing counts its closes, without a lock: the race detector sees two at once.
type closing struct {
	net.Conn
	closes int
}

func (c *closing) Close() error {
	c.closes++
	return io.ErrUnexpectedEOF
}

func TestConnectionIsClosedOnceHoweverManyCloseIt(t *testing.T) {
	inner, left := &closing{}, 0
	c := newConn(inner, func() { left++ })
	var closers sync.WaitGroup
	for range 8 {
		closers.Go(func() {
			if err := c.Close(); !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("Close returned %v", err)
			}
		})
	}
	closers.Wait()
	if inner.closes != 1 || left != 1 {
		t.Errorf("closed %d times and left %d times, want once each", inner.closes, left)
	}
}

func TestNotifyMayClose(t *testing.T) {
	service := ngroktest.New(t)
	var endpoint core.Endpoint
	closed := make(chan error, 1)
	opened := make(chan struct{})
	notify := func(s core.TunnelState) {
		if down(s) {
			<-opened
			closed <- endpoint.Close()
		}
	}
	var err error
	if endpoint, err = (Ngrok{}).Open(t.Context(), service.Options(token), notify); err != nil {
		t.Fatal(err)
	}
	close(opened)
	service.Drop()
	select {
	case err := <-closed:
		if err != nil {
			t.Errorf("Close: %v", err)
		}
	case <-time.After(patience):
		t.Fatal("Close, called from notify, does not return")
	}
}

func TestRedialMayComeFromAnywhereAtAnyTime(t *testing.T) {
	service := ngroktest.New(t)
	redial := make(chan func(), 1)
	states := make(chan core.TunnelState, 1000)
	endpoint, err := Ngrok{}.Open(t.Context(), service.Options(token), func(s core.TunnelState) {
		states <- s
		select {
		case again := <-redial: // once, or it would never come to rest
			again()
		default:
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	serve(t, endpoint, echo)
	redial <- endpoint.Redial
	var callers sync.WaitGroup
	for range 8 {
		callers.Go(func() {
			for range 20 {
				endpoint.Redial()
				runtime.Gosched()
			}
		})
	}
	callers.Wait()
	service.Drop()
	await(t, states, up)
	deliver(t, service, endpoint.URL(), "after")
	if err := endpoint.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	endpoint.Redial()
}
