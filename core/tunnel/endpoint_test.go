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

// briefly is an agent whose heartbeat goroutine, which wakes only to beat, ends
// soon after its session. The SDK's own interval is ten seconds.
var briefly = Ngrok{heartbeat: time.Second}

func TestCloseLeavesNothingBehind(t *testing.T) {
	service := ngroktest.New(t)
	before := runtime.NumGoroutine()
	notify, states := watch()
	endpoint, err := briefly.Open(t.Context(), service.Options(token), notify)
	if err != nil {
		t.Fatal(err)
	}
	server := serve(t, endpoint, echo)
	deliver(t, service, endpoint.URL(), "one")
	if err := server.Shutdown(t.Context()); err != nil {
		t.Fatalf("Shutdown: %v", err)
	}
	awaitGoroutines(t, before)
	if _, err := endpoint.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept after Close returned %v, want net.ErrClosed", err)
	}
	await(t, states, up)
	if len(states) != 0 {
		t.Errorf("a clean close was reported as %v", <-states)
	}
}

func TestEndOfContextLeavesNothingBehind(t *testing.T) {
	service := ngroktest.New(t)
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(t.Context())
	notify, _ := watch()
	endpoint, err := briefly.Open(ctx, service.Options(token), notify)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := endpoint.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept after the context's end returned %v, want net.ErrClosed", err)
	}
	awaitGoroutines(t, before)
}

func TestRefusalLeavesNothingBehind(t *testing.T) {
	service := ngroktest.New(t)
	before := runtime.NumGoroutine()
	notify, _ := watch()
	service.RefuseBind("ERR_NGROK_320", "This domain is reserved for another account.")
	if _, err := briefly.Open(t.Context(), service.Options(token), notify); err == nil {
		t.Fatal("Open succeeded although the address was refused")
	}
	service.Refuse("ERR_NGROK_105", "No.")
	if _, err := briefly.Open(t.Context(), service.Options(token), notify); err == nil {
		t.Fatal("Open succeeded although the authtoken was refused")
	}
	awaitGoroutines(t, before)
}

// awaitGoroutines waits until no more than want goroutines are left.
func awaitGoroutines(t *testing.T, want int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for runtime.NumGoroutine() > want {
		select {
		case <-tick.C:
		case <-ctx.Done():
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines are left, want %d:\n%s", runtime.NumGoroutine(), want, stacks[:runtime.Stack(stacks, true)])
		}
	}
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
	if endpoint, err = briefly.Open(t.Context(), service.Options(token), notify); err != nil {
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
	endpoint, err := briefly.Open(t.Context(), service.Options(token), func(s core.TunnelState) {
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
