package appfolio

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"rentbell/core"
)

// httpProxy leads every CONNECT, and every plain request, to the server with
// the address, and notes what it saw of it.
type httpProxy struct {
	URL  string
	mu   sync.Mutex // guards seen
	seen []string
}

func newHTTPProxy(t testing.TB, address string) *httpProxy {
	t.Helper()
	p := &httpProxy{}
	onward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.Out.URL.Host = address }}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		dump, _ := httputil.DumpRequest(r, r.Method != http.MethodConnect)
		p.mu.Lock()
		p.seen = append(p.seen, string(dump))
		p.mu.Unlock()
		if r.Method != http.MethodConnect {
			onward.ServeHTTP(w, r)
			return
		}
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\n")
		join(t, conn, address)
	}))
	t.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

func (p *httpProxy) sight() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.seen, "\n")
}

// join leads conn to the server with the address until both sides are done.
func join(t testing.TB, conn net.Conn, address string) {
	t.Helper()
	defer func() { _ = conn.Close() }()
	server, err := net.Dial("tcp", address)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = server.Close() }()
	var back sync.WaitGroup
	back.Go(func() {
		_, _ = io.Copy(conn, server)
		_ = conn.Close()
	})
	_, _ = io.Copy(server, conn)
	_ = server.Close()
	back.Wait()
}

// newSOCKS serves SOCKS5 without sign-in (RFC 1928) and leads every CONNECT to
// the server with the address. It returns its own.
func newSOCKS(t testing.TB, address string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { serveSOCKS(t, conn, address) })
		}
	})
	t.Cleanup(func() { _ = listener.Close(); serving.Wait() })
	return "socks5://" + listener.Addr().String()
}

func serveSOCKS(t testing.TB, conn net.Conn, address string) {
	t.Helper()
	defer func() { _ = conn.Close() }()
	hello := make([]byte, 3)
	if _, err := io.ReadFull(conn, hello); err != nil || string(hello) != "\x05\x01\x00" {
		t.Errorf("got %x, %v, want version 5 without sign-in", hello, err)
		return
	}
	_, _ = io.WriteString(conn, "\x05\x00")
	want := "\x05\x01\x00\x03\x0bexample.com\x01\xbb" // the name goes to the proxy, which looks it up
	request := make([]byte, len(want))
	if _, err := io.ReadFull(conn, request); err != nil || string(request) != want {
		t.Errorf("got %q, %v, want %q", request, err, want)
		return
	}
	_, _ = io.WriteString(conn, "\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
	join(t, conn, address)
}

// proxied returns a Source that can resolve nothing but the proxy's own address.
func proxied(t testing.TB, proxy string) *Source {
	t.Helper()
	_, address, _ := strings.Cut(proxy, "://")
	return internet{address: address}.on(t)
}

func TestEverythingGoesThroughTheProxy(t *testing.T) {
	var asked atomic.Int64
	server := secure(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = io.WriteString(w, "[]")
	})
	for name, proxy := range map[string]string{"http": newHTTPProxy(t, server).URL, "socks5": newSOCKS(t, server)} {
		t.Run(name, func(t *testing.T) {
			asked.Store(0)
			sub := subscription
			sub.Base, sub.Proxy = "https://example.com", proxy
			s := proxied(t, proxy)
			for name, err := range everything(t.Context(), s, sub) {
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			if _, err := s.Reach(t.Context(), sub); err != nil {
				t.Error(err)
			}
			if got := asked.Load(); got != 4 {
				t.Errorf("got %d requests", got)
			}
		})
	}
}

func TestProxyDoesNotSeeTheKey(t *testing.T) {
	proxy := newHTTPProxy(t, secure(t, func(http.ResponseWriter, *http.Request) {}))
	sub := subscription
	sub.Base, sub.Proxy = "https://example.com", proxy.URL
	everything(t.Context(), proxied(t, proxy.URL), sub)
	sight := proxy.sight()
	if strings.Count(sight, "CONNECT example.com:443") != 3 || strings.Contains(sight, "Authorization") {
		t.Errorf("the proxy saw %s", sight)
	}
	checkScrubbed(t, sight)
}

func TestPortalIsLookedForThroughTheProxy(t *testing.T) {
	proxy := newHTTPProxy(t, plain(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "Welcome") }))
	sub := subscription
	sub.Base, sub.Proxy = "https://example.com", proxy.URL
	if _, err := proxied(t, proxy.URL).Reach(t.Context(), sub); !errors.Is(err, core.ErrPortal) {
		t.Errorf("got %v, want a portal", err)
	}
	if sight := proxy.sight(); !strings.Contains(sight, "GET http://example.com/ ") {
		t.Errorf("the proxy saw %s", sight)
	}
}

func TestSandboxOnThisComputerNeedsNoProxy(t *testing.T) {
	sub := listing(t, 200, "[]")
	for _, base := range []string{sub.Base, strings.Replace(sub.Base, "127.0.0.1", "localhost", 1)} {
		sub.Base, sub.Proxy = base, "http://127.0.0.1:1" // nobody there
		for name, err := range everything(t.Context(), New(), sub) {
			if err != nil {
				t.Errorf("%s %s: %v", base, name, err)
			}
		}
	}
}

func TestProxyThatIsNotThere(t *testing.T) {
	sub := subscription
	sub.Base, sub.Proxy = "https://example.com", "http://127.0.0.1:1"
	s := New()
	for name, err := range everything(t.Context(), s, sub) {
		if refused := new(core.SubscribeError); !errors.As(err, &refused) || refused.Status != 0 {
			t.Errorf("%s: got %v, want no answer", name, err)
		}
	}
	if _, err := s.Reach(t.Context(), sub); !errors.As(err, new(*core.SubscribeError)) {
		t.Errorf("got %v", err)
	}
}

func TestUnusableProxyIsNotRepeated(t *testing.T) {
	for _, proxy := range []string{"http://user:hunter2000\x7f@proxy:1", "hunter2000", "http://"} {
		sub := subscription
		sub.Proxy = proxy
		errs := everything(t.Context(), New(), sub)
		_, errs["Reach"] = New().Reach(t.Context(), sub)
		for name, err := range errs {
			if !errors.Is(err, core.ErrBadProxy) || !errors.As(err, new(*core.SubscribeError)) || strings.Contains(err.Error(), "hunter2000") {
				t.Errorf("%q %s: got %v, want ErrBadProxy", proxy, name, err)
			}
		}
	}
}
