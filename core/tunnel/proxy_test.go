package tunnel

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/tunnel/ngroktest"
)

// asked is what a proxy was asked to connect to.
type asked struct {
	mu        sync.Mutex
	addresses []string
}

func (a *asked) add(address string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.addresses = append(a.addresses, address)
}

func (a *asked) all() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.addresses
}

// httpProxy is a proxy that knows CONNECT, as offices have.
func httpProxy(t *testing.T) (string, *asked) {
	t.Helper()
	seen := new(asked)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen.add(r.Host)
		there, err := net.Dial("tcp", r.Host)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer there.Close()
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer here.Close()
		_, _ = io.WriteString(here, "HTTP/1.1 200 Connection established\r\nX-Proxy: office\r\n\r\n")
		join(here, there)
	}))
	t.Cleanup(server.Close)
	return server.URL, seen
}

// socksProxy is a SOCKS5 proxy that wants no password (RFC 1928).
func socksProxy(t *testing.T) (string, *asked) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var conns sync.WaitGroup
	seen := new(asked)
	conns.Go(func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			conns.Go(func() { serveSOCKS(c, seen) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		conns.Wait()
	})
	return "socks5://" + listener.Addr().String(), seen
}

// serveSOCKS takes one connection, to a name or an IPv4 address.
func serveSOCKS(here net.Conn, seen *asked) {
	defer here.Close()
	head := make([]byte, 3+4) // version 5, one method, "none"; version 5, connect, 0, kind of address
	if _, err := io.ReadFull(here, head[:3]); err != nil {
		return
	}
	_, _ = here.Write([]byte{5, 0})
	if _, err := io.ReadFull(here, head[3:]); err != nil {
		return
	}
	size := []byte{net.IPv4len}
	if head[6] == 3 { // a name
		_, _ = io.ReadFull(here, size)
	}
	rest := make([]byte, int(size[0])+2)
	if _, err := io.ReadFull(here, rest); err != nil {
		return
	}
	host, port := string(rest[:size[0]]), &net.TCPAddr{Port: int(rest[size[0]])<<8 | int(rest[size[0]+1])}
	if head[6] == 1 {
		host = net.IP(host).String()
	}
	address := host + port.String()
	seen.add(address)
	there, err := net.Dial("tcp", address)
	if err != nil {
		_, _ = here.Write([]byte{5, 5, 0, 1, 0, 0, 0, 0, 0, 0}) // connection refused
		return
	}
	defer there.Close()
	_, _ = here.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	join(here, there)
}

// join copies both ways until either side ends.
func join(here, there net.Conn) {
	done := make(chan struct{})
	go func() {
		_, _ = io.Copy(there, here)
		_ = there.Close()
		close(done)
	}()
	_, _ = io.Copy(here, there)
	_ = here.Close()
	<-done
}

func TestTunnelGoesThroughAProxy(t *testing.T) {
	for name, proxy := range map[string]func(*testing.T) (string, *asked){"HTTP": httpProxy, "SOCKS5": socksProxy} {
		t.Run(name, func(t *testing.T) {
			service := ngroktest.New(t)
			o := service.Options(token)
			_, port, err := net.SplitHostPort(o.ConnectURL)
			if err != nil {
				t.Fatal(err)
			}
			o.ConnectURL = net.JoinHostPort("localhost", port) // a name, which is for the proxy to look up
			var seen *asked
			o.Proxy, seen = proxy(t)
			endpoint, states := open(t, o)
			serve(t, endpoint, echo)
			deliver(t, service, endpoint.URL(), "before")
			await(t, states, up)
			service.Drop()
			await(t, states, down)
			await(t, states, up)
			deliver(t, service, endpoint.URL(), "after")
			if _, err := (Ngrok{}).Diagnose(t.Context(), o); err != nil {
				t.Errorf("Diagnose: %v", err)
			}
			if got := seen.all(); len(got) != 3 || got[0] != o.ConnectURL || got[2] != o.ConnectURL {
				t.Errorf("the proxy was asked for %q, want %s for two lines and a diagnosis", got, o.ConnectURL)
			}
		})
	}
}

func TestProxyThatSaysNo(t *testing.T) {
	answers := func(answer string) dialFunc {
		return func(context.Context, string, string) (net.Conn, error) {
			here, there := net.Pipe()
			go func() {
				defer there.Close()
				_, _ = there.Read(make([]byte, 1<<10))
				_, _ = io.WriteString(there, answer)
			}()
			return here, nil
		}
	}
	tests := []struct {
		name, proxy string
		dial        dialFunc
		want        []error
	}{
		{"not there", "http://proxy:3128", refuses, []error{core.ErrProxyUnreachable, errNobody}},
		{"SOCKS5 not there", "socks5://proxy:1080", refuses, []error{core.ErrProxyUnreachable, errNobody}},
		{"password", "http://proxy:3128", answers("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"), []error{core.ErrProxyRefused, core.ErrProxyAuth}},
		{"forbidden", "http://proxy:3128", answers("HTTP/1.0 403 No\r\nContent-Length: 9\r\n\r\nnot to us"), []error{core.ErrProxyRefused}},
		{"bad gateway", "http://proxy:3128", answers("HTTP/1.1 502 Bad Gateway\r\n\r\n"), []error{core.ErrProxyRefused}},
		{"no proxy", "http://proxy:3128", answers("220 mail.example ESMTP\r\n"), []error{core.ErrProxyUnreachable}},
		{"silence", "http://proxy:3128", answers(""), []error{core.ErrProxyUnreachable}},
		{"flood", "http://proxy:3128", answers("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 2*longestAnswer)), []error{core.ErrProxyUnreachable}},
		{"SOCKS5 password", "socks5://proxy:1080", answers("\x05\xff"), []error{core.ErrProxyRefused}},
		{"no SOCKS5", "socks5://proxy:1080", answers("HTTP/1.1 400 Bad Request\r\n\r\n"), []error{core.ErrProxyRefused}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dial, err := through(tt.proxy, tt.dial)
			if err != nil {
				t.Fatal(err)
			}
			c, err := dial(t.Context(), "tcp", "service:443")
			if err == nil {
				_ = c.Close()
			}
			for _, want := range tt.want {
				if !errors.Is(err, want) {
					t.Errorf("dial returned %v, want %v", err, want)
				}
			}
			if got := explain(err, core.NewSecret(token)); !errors.Is(got, tt.want[0]) || got.Refused {
				t.Errorf("explained as %v, want a temporary %v", got, tt.want[0])
			}
		})
	}
}

var errNobody = errors.New("connection refused")

func refuses(context.Context, string, string) (net.Conn, error) { return nil, errNobody }

func TestProxyThatSaysNothingIsGivenUp(t *testing.T) {
	for _, proxy := range []string{"http://proxy:3128", "socks5://proxy:1080"} {
		t.Run(proxy, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				silent := func(context.Context, string, string) (net.Conn, error) {
					here, there := net.Pipe()
					go func() { _, _ = io.Copy(io.Discard, there) }()
					return here, nil
				}
				dial, err := through(proxy, silent)
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithTimeout(t.Context(), dialTimeout)
				defer cancel()
				began := time.Now()
				_, err = dial(ctx, "tcp", "service:443")
				if took := time.Since(began); took > dialTimeout || !errors.Is(err, core.ErrProxyUnreachable) {
					t.Errorf("after %v: %v, want ErrProxyUnreachable", took, err)
				}
			})
		})
	}
}

func TestProxyIsToldByAnOpenThatWaits(t *testing.T) {
	service := ngroktest.New(t)
	o := service.Options(token)
	o.Proxy = "http://" + unusedAddress(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	notify, states := watch()
	opened := make(chan error, 1)
	go func() {
		_, err := Ngrok{}.Open(ctx, o, notify)
		opened <- err
	}()
	state := await(t, states, down)
	if !errors.Is(state.Err, core.ErrProxyUnreachable) || state.RetryAt.IsZero() {
		t.Errorf("told %+v, want ErrProxyUnreachable and when it is tried again", state)
	}
	cancel()
	if err := <-opened; !errors.Is(err, context.Canceled) {
		t.Errorf("Open returned %v, want the context's end", err)
	}
}

func TestProxyWithAPasswordIsNotTaken(t *testing.T) {
	notify, _ := watch()
	o := core.TunnelOptions{Authtoken: core.NewSecret(token), Proxy: "http://office:hunter2@proxy:3128"}
	_, err := Ngrok{}.Open(t.Context(), o, notify)
	if !errors.Is(err, core.ErrProxyPassword) || !refused(err, "") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("Open returned %v, want ErrProxyPassword, refused", err)
	}
}
