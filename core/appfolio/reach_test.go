package appfolio

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
)

func TestReachAsksWithoutAKey(t *testing.T) {
	sub := subscription
	sub.Base = "https://example.com/sandbox/api"
	s := internet{"example.com:443": secure(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != "GET" || r.RequestURI != "/" || r.Host != "example.com" {
			t.Errorf("got %s %s on %s", r.Method, r.RequestURI, r.Host)
		}
		for name, values := range r.Header {
			checkScrubbed(t, name+": "+strings.Join(values, ", "))
		}
		if r.Header.Get("Authorization") != "" {
			t.Error("a key was sent")
		}
	})}.on(t)
	got, err := s.Reach(t.Context(), sub)
	if err != nil || !got.ClockKnown || got.Took <= 0 || got.Took > lookTimeout || got.Skew.Abs() > 2*time.Second {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestAnyStatusIsReached(t *testing.T) {
	for _, status := range []int{200, 204, 301, 304, 401, 403, 404, 405, 500, 503, 511} {
		sub := subscription
		sub.Base = "https://example.com"
		s := internet{"example.com:443": secure(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://elsewhere.example/")
			w.WriteHeader(status)
		})}.on(t)
		if _, err := s.Reach(t.Context(), sub); err != nil {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestReachReadsTheServersClock(t *testing.T) {
	tests := []struct {
		name  string
		date  func() string
		known bool
		want  time.Duration
	}{
		{"right", func() string { return ago(0) }, true, 0},
		{"ahead by five minutes", func() string { return ago(5 * time.Minute) }, true, 5 * time.Minute},
		{"behind by a day", func() string { return ago(-24 * time.Hour) }, true, -24 * time.Hour},
		{"told in an older form", func() string { return time.Now().Add(-time.Hour).UTC().Format(time.ANSIC) }, true, time.Hour},
		{"not told", nil, false, 0},
		{"told as nonsense", func() string { return "soon" }, false, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sub := appFolio(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Date"] = nil // net/http would add one
				if tt.date != nil {
					w.Header().Set("Date", tt.date())
				}
			})
			got, err := New().Reach(t.Context(), sub)
			if err != nil || got.ClockKnown != tt.known || (got.Skew-tt.want).Abs() > 2*time.Second {
				t.Errorf("got %+v, %v, want a skew of %v", got, err, tt.want)
			}
		})
	}
}

// ago is a Date header that a server sends whose clock is behind by d.
func ago(d time.Duration) string { return time.Now().Add(-d).UTC().Format(http.TimeFormat) }

func TestSkewIsThatOfTheMiddleOfASecond(t *testing.T) {
	header := http.Header{"Date": {"Thu, 18 Jun 2026 14:40:00 GMT"}}
	at := time.Date(2026, time.June, 18, 14, 40, 10, 0, time.UTC)
	if got, known := skew(header, at); got != 9500*time.Millisecond || !known {
		t.Errorf("got %v, %v", got, known)
	}
}

func TestPortal(t *testing.T) {
	const own = "https://api.appfolio.example/"
	tests := []struct {
		name     string
		status   int
		location string
		portal   bool
	}{
		{"sign-in page", 200, "", true},
		{"network authentication required", 511, "", true},
		{"sends elsewhere", 302, "http://login.hotel.example/?to=api.appfolio.example", true},
		{"sends elsewhere by TLS", 307, "https://login.hotel.example/", true},
		{"sends to a number", 302, "http://10.0.0.1:8880/guest", true},
		{"sends to a page of its own", 303, "/guest/s/default/", true},
		{"sends to a name that ends alike", 302, "https://evil-appfolio.example/", true},
		{"AppFolio sends to TLS", 301, own, false},
		{"AppFolio sends to TLS, spelt otherwise", 308, "https://API.AppFolio.example:443/v1", false},
		{"AppFolio sends to its front page", 301, "https://www.appfolio.example/", false},
		{"AppFolio sends to its domain", 301, "https://appfolio.example/", false},
		{"sends nowhere", 302, "", false},
		{"sends to nonsense", 302, "http://[", false},
		{"refused", 403, "", false},
		{"not found", 404, "", false},
		{"out of order", 502, "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sub := subscription
			sub.Base = "https://api.appfolio.example"
			s := internet{
				"api.appfolio.example:443": "", // refuses
				"api.appfolio.example:80": plain(t, func(w http.ResponseWriter, r *http.Request) {
					if r.Header.Get("Authorization") != "" || r.RequestURI != "/" {
						t.Errorf("got %s with %q", r.RequestURI, r.Header)
					}
					if tt.location != "" {
						w.Header().Set("Location", tt.location)
					}
					w.WriteHeader(tt.status)
				}),
			}.on(t)
			_, err := s.Reach(t.Context(), sub)
			if got := errors.Is(err, core.ErrPortal); got != tt.portal {
				t.Errorf("got %v, want a portal: %v", err, tt.portal)
			}
			if refused := new(core.SubscribeError); !tt.portal && (!errors.As(err, &refused) || !errors.Is(err, syscall.ECONNREFUSED)) {
				t.Errorf("got %v, want what went wrong at first", err)
			}
		})
	}
}

func TestRelated(t *testing.T) {
	tests := []struct {
		other, host string
		want        bool
	}{
		{"api.appfolio.com", "api.appfolio.com", true},
		{"www.appfolio.com", "api.appfolio.com", true},
		{"appfolio.com", "api.appfolio.com", true},
		{"evil-appfolio.com", "api.appfolio.com", false},
		{"hotel.com", "example.com", false}, // "com" has no owner
		{"localhost", "localhost", true},
		{"", "localhost", false},
	}
	for _, tt := range tests {
		if got := related(tt.other, tt.host); got != tt.want {
			t.Errorf("related(%q, %q) = %v, want %v", tt.other, tt.host, got, tt.want)
		}
	}
}

// hangUp is a server that closes every connection before a word.
func hangUp(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_ = conn.(*net.TCPConn).SetLinger(0) // as a firewall's reset
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = listener.Close(); <-done })
	return listener.Addr().String()
}

func TestPortalIsLookedForWhateverGoesWrong(t *testing.T) {
	signIn := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>Welcome, guest")) }
	for name, address := range map[string]string{
		"refused":                "",
		"reset":                  hangUp(t),
		"speaks no TLS":          plain(t, signIn),
		"stranger's certificate": secure(t, signIn),
	} {
		t.Run(name, func(t *testing.T) {
			sub := subscription
			sub.Base = "https://example.com:443"
			s := internet{"example.com:443": address, "example.com:80": plain(t, signIn)}.on(t)
			s.transport.TLSClientConfig = &tls.Config{} // httptest is a stranger
			got, err := s.Reach(t.Context(), sub)
			if !errors.Is(err, core.ErrPortal) || got != (core.Reached{}) {
				t.Errorf("got %+v, %v, want a portal", got, err)
			}
		})
	}
}

func TestPortalIsNotLookedForWhereThereIsNoneToFind(t *testing.T) {
	asked := plain(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("got a request for %s", r.Host) })
	for _, base := range []string{"https://example.com:8443", "http://example.com:8080", "nonsense", "ftp://example.com"} {
		sub := subscription
		sub.Base = base
		s := internet{"example.com:8443": "", "example.com:8080": "", "example.com:80": asked}.on(t)
		_, err := s.Reach(t.Context(), sub)
		if refused := new(core.SubscribeError); !errors.As(err, &refused) || errors.Is(err, core.ErrPortal) {
			t.Errorf("%s: got %v", base, err)
		}
	}
}

func TestReachSaysWhatStandsInTheWay(t *testing.T) {
	reached := func(http.ResponseWriter, *http.Request) {}
	sub := subscription
	sub.Base = "https://example.com"
	t.Run("no such name", func(t *testing.T) {
		_, err := internet{}.on(t).Reach(t.Context(), sub)
		if dns := new(net.DNSError); !errors.As(err, &dns) || !dns.IsNotFound {
			t.Errorf("got %v", err)
		}
	})
	t.Run("stranger's certificate", func(t *testing.T) {
		s := internet{"example.com:443": secure(t, reached), "example.com:80": ""}.on(t)
		s.transport.TLSClientConfig = &tls.Config{}
		if _, err := s.Reach(t.Context(), sub); !errors.As(err, new(x509.UnknownAuthorityError)) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("certificate for another name", func(t *testing.T) {
		sub := sub
		sub.Base = "https://another.test"
		_, err := internet{"another.test:443": secure(t, reached)}.on(t).Reach(t.Context(), sub)
		if !errors.As(err, new(x509.HostnameError)) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("refused", func(t *testing.T) {
		_, err := internet{"example.com:443": ""}.on(t).Reach(t.Context(), sub)
		if !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("reset", func(t *testing.T) {
		_, err := internet{"example.com:443": hangUp(t)}.on(t).Reach(t.Context(), sub)
		if !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := internet{}.on(t).Reach(ctx, sub)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestWrongClockIsTold(t *testing.T) {
	tests := []struct {
		name string
		date string
		want error
		skew time.Duration
	}{
		{"years ahead", ago(3 * 365 * 24 * time.Hour), core.ErrClockWrong, 3 * 365 * 24 * time.Hour},
		{"years behind", ago(-3 * 365 * 24 * time.Hour), core.ErrClockWrong, -3 * 365 * 24 * time.Hour},
		{"right: the certificate is out of date", ago(0), nil, 0},
		{"half an hour ahead", ago(30 * time.Minute), nil, 0},
		{"not told", "", nil, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sub := subscription
			sub.Base = "https://example.com"
			s := internet{
				"example.com:443": secure(t, nil),
				"example.com:80": plain(t, func(w http.ResponseWriter, r *http.Request) {
					w.Header()["Date"] = nil
					if tt.date != "" {
						w.Header().Set("Date", tt.date)
					}
					http.Redirect(w, r, "https://example.com/", http.StatusMovedPermanently)
				}),
			}.on(t)
			s.transport.TLSClientConfig.Time = func() time.Time { return time.Now().AddDate(100, 0, 0) }
			got, err := s.Reach(t.Context(), sub)
			if tt.want == nil {
				if !errors.As(err, new(x509.CertificateInvalidError)) || got != (core.Reached{}) {
					t.Errorf("got %+v, %v, want the certificate's error", got, err)
				}
				return
			}
			if !errors.Is(err, tt.want) || !got.ClockKnown || (got.Skew-tt.skew).Abs() > 2*time.Second {
				t.Errorf("got %+v, %v, want %v and a skew of %v", got, err, tt.want, tt.skew)
			}
		})
	}
}

func TestReachGivesUpByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New()
		s.transport.Proxy = nil
		s.transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done() // a network that swallows everything
			return nil, ctx.Err()
		}
		start := time.Now()
		_, err := s.Reach(t.Context(), subscription)
		if timeout := net.Error(nil); !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Errorf("got %v, want a time-out", err)
		}
		if took := time.Since(start); took != lookTimeout+plainTimeout {
			t.Errorf("gave up after %v", took)
		}
	})
}
