package appfolio

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"time"

	"rentbell/core"
)

func TestServerThatAnswersIsReachedWithoutTheKey(t *testing.T) {
	behind := time.Now().Add(-3 * time.Minute)
	var header http.Header
	sub := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
		header = r.Header
		w.Header().Set("Date", behind.UTC().Format(http.TimeFormat))
		w.WriteHeader(http.StatusForbidden) // any answer will do
	})
	got, err := New().Reach(t.Context(), sub)
	if err != nil || got.Took <= 0 || !got.ClockKnown {
		t.Fatalf("got %+v, %v", got, err)
	}
	if off := got.Skew - 3*time.Minute; off.Abs() > 2*time.Second {
		t.Errorf("skew %v, want about three minutes", got.Skew)
	}
	if header.Get("Authorization") != "" {
		t.Error("the key went along")
	}
}

// secure is an https server under its own certificate, and a Source that trusts
// it or not, whose plain host is another server.
func secure(t *testing.T, trusted bool, plain http.HandlerFunc, change func(*tls.Config)) (*Source, core.Subscription) {
	t.Helper()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = nil
	server.StartTLS()
	t.Cleanup(server.Close)
	portal := httptest.NewServer(plain)
	t.Cleanup(portal.Close)
	s := New()
	s.plainHost = strings.TrimPrefix(portal.URL, "http://")
	config := &tls.Config{}
	if trusted {
		config.RootCAs = x509.NewCertPool()
		config.RootCAs.AddCert(server.Certificate())
	}
	if change != nil {
		change(config)
	}
	s.client.Transport.(*http.Transport).TLSClientConfig = config
	sub := subscription
	sub.Base = server.URL
	return s, sub
}

func TestSignInPageOfAHotelIsRecognised(t *testing.T) {
	answer := func(status int, location string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if location != "" {
				w.Header().Set("Location", location)
			}
			w.WriteHeader(status)
		}
	}
	tests := []struct {
		name   string
		plain  http.HandlerFunc
		portal bool
	}{
		{"leads elsewhere", answer(302, "https://wifi.hotel.example/login"), true},
		{"a page of its own", answer(200, ""), true},
		{"says so", answer(511, ""), true},
		{"leads to its secure self", answer(301, "https://127.0.0.1/"), false},
		{"knows nothing", answer(404, ""), false},
	}
	for _, tt := range tests {
		s, sub := secure(t, false, tt.plain, nil)
		_, err := s.Reach(t.Context(), sub)
		if errors.Is(err, core.ErrPortal) != tt.portal || err == nil {
			t.Errorf("%s: %v, want a portal: %v", tt.name, err, tt.portal)
		}
		unknown := x509.UnknownAuthorityError{}
		if !tt.portal && !errors.As(err, &unknown) {
			t.Errorf("%s: %v does not tell the certificate", tt.name, err)
		}
	}
}

func TestExpiredCertificateUnderAWrongClockIsTheClocksFault(t *testing.T) {
	for ahead, wrong := range map[time.Duration]bool{30 * 365 * 24 * time.Hour: false, 90 * 365 * 24 * time.Hour: true} {
		plain := func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://127.0.0.1/")
			if wrong { // the server's time is years behind ours
				w.Header().Set("Date", time.Now().Add(-ahead).UTC().Format(http.TimeFormat))
			}
			w.WriteHeader(http.StatusMovedPermanently)
		}
		s, sub := secure(t, true, plain, func(c *tls.Config) {
			c.Time = func() time.Time { return time.Now().Add(90 * 365 * 24 * time.Hour) }
		})
		got, err := s.Reach(t.Context(), sub)
		if errors.Is(err, core.ErrClockWrong) != wrong || err == nil {
			t.Errorf("server's clock %v behind: %v, want the clock's fault: %v", ahead, err, wrong)
		}
		if wrong && got.Skew < 80*365*24*time.Hour {
			t.Errorf("skew %v", got.Skew)
		}
	}
}

func TestNobodyThereIsToldAsItIs(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close() // so that nobody listens there
	sub := subscription
	sub.Base = "https://" + address
	_, err = New().Reach(t.Context(), sub)
	if !errors.Is(err, syscall.ECONNREFUSED) || !errors.As(err, new(*core.SubscribeError)) {
		t.Errorf("got %v", err)
	}
	sub.Base = (&url.URL{Scheme: "http", Host: "no-such-name.invalid"}).String()
	dns := new(net.DNSError)
	if _, err = New().Reach(t.Context(), sub); !errors.As(err, &dns) {
		t.Errorf("got %v, want a DNS error", err)
	}
}
