package appfolio

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
)

// internet leads the names of a test to its servers. A name it does not hold
// does not resolve; an empty address refuses.
type internet map[string]string

func (i internet) dial(ctx context.Context, network, name string) (net.Conn, error) {
	address, known := i[name]
	switch {
	case !known:
		return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	case address == "":
		address = "127.0.0.1:1"
	}
	return new(net.Dialer).DialContext(ctx, network, address)
}

// on returns a Source of which the internet is all it reaches. It trusts the
// certificate of httptest, which is for example.com.
func (i internet) on(t testing.TB) *Source {
	t.Helper()
	server := httptest.NewTLSServer(nil)
	t.Cleanup(server.Close)
	s := New()
	s.transport.TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	s.transport.DialContext = i.dial
	s.transport.Proxy = nil // whatever the environment of the test says
	return s
}

// secure serves TLS as example.com and returns its address.
func secure(t testing.TB, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewTLSServer(handler)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// plain serves without TLS and returns its address.
func plain(t testing.TB, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// everything makes each call that carries the key.
func everything(ctx context.Context, s *Source, sub core.Subscription) map[string]error {
	_, subscribed := s.Subscribe(ctx, sub)
	_, listed := s.Subscriptions(ctx, sub)
	return map[string]error{"Subscribe": subscribed, "Subscriptions": listed, "Unsubscribe": s.Unsubscribe(ctx, sub, "wh_1")}
}

func TestKeyGoesToTheServerOfTheBaseOnly(t *testing.T) {
	elsewhere := plain(t, func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the key went to %s: %q", r.Host, r.Header.Get("Authorization"))
	})
	for _, status := range []int{301, 302, 303, 307, 308} {
		sub := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://"+elsewhere, status)
		})
		for name, err := range everything(t.Context(), New(), sub) {
			var refused *core.SubscribeError
			if !errors.As(err, &refused) || refused.Status != status {
				t.Errorf("%s: got %v, want status %d", name, err, status)
			}
		}
	}
}

func TestEveryCallTellsTheStatusAndNoSecret(t *testing.T) {
	for _, status := range []int{400, 401, 403, 409, 422, 429, 500, 503} {
		sub := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(status)
			_, _ = fmt.Fprintf(w, `{"error":"no: %s"}`, r.Header.Get("Authorization"))
		})
		for name, err := range everything(t.Context(), New(), sub) {
			var refused *core.SubscribeError
			if !errors.As(err, &refused) || refused.Status != status || refused.RetryAfter != 7*time.Second ||
				!strings.HasPrefix(refused.Message, "no: Bearer ") {
				t.Errorf("%s: got %v, want status %d", name, err, status)
			}
			checkScrubbed(t, err.Error())
		}
	}
}

func TestEveryCallGivesUpByItself(t *testing.T) {
	limits := map[string]time.Duration{"Subscribe": 10 * time.Second, "Unsubscribe": 10 * time.Second, "Subscriptions": 5 * time.Second}
	synctest.Test(t, func(t *testing.T) {
		s := New()
		s.transport.Proxy = nil
		s.transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done() // a network that swallows everything
			return nil, ctx.Err()
		}
		for name, ask := range map[string]func() error{
			"Subscribe":     func() error { _, err := s.Subscribe(t.Context(), subscription); return err },
			"Unsubscribe":   func() error { return s.Unsubscribe(t.Context(), subscription, "wh_1") },
			"Subscriptions": func() error { _, err := s.Subscriptions(t.Context(), subscription); return err },
		} {
			start := time.Now()
			if err := ask(); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: got %v, want a time-out", name, err)
			}
			if took := time.Since(start); took != limits[name] {
				t.Errorf("%s gave up after %v, want %v", name, took, limits[name])
			}
		}
	})
}

func TestConnectionsAreNotKept(t *testing.T) {
	var open atomic.Int64
	closed := make(chan struct{}, 10)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "[]") }))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			open.Add(1)
		case http.StateClosed:
			open.Add(-1)
			closed <- struct{}{}
		}
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	sub := subscription
	sub.Base = "https://example.com"
	s := internet{"example.com:443": server.Listener.Addr().String()}.on(t)
	for name, err := range everything(t.Context(), s, sub) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Reach(t.Context(), sub); err != nil {
		t.Error(err)
	}
	for range 4 {
		<-closed
	}
	if n := open.Load(); n != 0 {
		t.Errorf("%d connections are open", n)
	}
}

func TestOnlyAProperCertificateHearsTheKey(t *testing.T) {
	stranger := secure(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("a stranger heard %q", r.Header) })
	sub := subscription
	sub.Base = "https://example.com"
	s := internet{"example.com:443": stranger}.on(t)
	s.transport.TLSClientConfig = &tls.Config{} // trusts the system's authorities, not httptest's
	for name, err := range everything(t.Context(), s, sub) {
		var refused *core.SubscribeError
		if !errors.As(err, &refused) || refused.Status != 0 || refused.Err == nil {
			t.Errorf("%s: got %v, want no answer", name, err)
		}
	}
}
