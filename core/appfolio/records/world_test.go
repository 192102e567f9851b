package records

import (
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"rentbell/core"
)

const (
	clientSecret  = "c1ient-s3cret-of-oakline-4711"
	reportsSecret = "r3ports-s3cret-of-oakline-0815"
)

// oakLine is an account at AppFolio itself.
func oakLine() core.Account {
	return core.Account{
		Kind: core.KindDeveloperSpace,
		Space: core.Space{
			ClientID: "oak-client", DeveloperID: "oak-developer", Company: "oakline", ReportsClientID: "oak-reports",
		},
		Secrets: core.Secrets{ClientSecret: core.NewSecret(clientSecret), ReportsSecret: core.NewSecret(reportsSecret)},
	}
}

// at is oakLine with both APIs at the server.
func at(server *httptest.Server) core.Account {
	a := oakLine()
	a.Base, a.Space.ReportsURL = server.URL, server.URL
	return a
}

// served returns a Client, what it logs, and an account at a server of its own.
func served(t testing.TB, handler http.HandlerFunc) (*Client, *logged, core.Account) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	log := &logged{}
	c := New(Config{Log: log.logger()})
	t.Cleanup(c.Close)
	return c, log, at(server)
}

// answering serves the same body always.
func answering(t testing.TB, status int, body string) (*Client, *logged, core.Account) {
	t.Helper()
	return served(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

// logged keeps what was logged.
type logged struct {
	mu   sync.Mutex // guards text
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logged) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// transport is a network in memory: it works in a bubble of synctest.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func response(status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i+1 < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}
}

// all collects a list up to its first error.
func all[T any](list iter.Seq2[T, error]) (records []T, err error) {
	for record, err := range list {
		if err != nil {
			return records, err
		}
		records = append(records, record)
	}
	return records, nil
}

// everything makes each call, and returns how it ended.
func everything(t testing.TB, c *Client, a core.Account) map[string]error {
	t.Helper()
	ctx, errs := t.Context(), map[string]error{}
	_, errs["WorkOrders"] = all(c.WorkOrders(ctx, a, Filter{}))
	_, errs["Leases"] = all(c.Leases(ctx, a, Filter{}))
	_, errs["Tenants"] = all(c.Tenants(ctx, a, Filter{IDs: []string{"t1"}}))
	_, errs["Properties"] = all(c.Properties(ctx, a, Filter{}))
	_, errs["Units"] = all(c.Units(ctx, a, Filter{}))
	_, errs["Vendors"] = all(c.Vendors(ctx, a, Filter{}))
	_, errs["Receipts"] = c.Receipts(ctx, a, core.Date{Year: 2026, Month: 6, Day: 15}, core.Date{Year: 2026, Month: 6, Day: 18})
	errs["Try"], errs["Try receipts"] = c.Try(ctx, a)
	return errs
}

// checkSecret fails when a text holds a piece of a secret, in any spelling.
func checkSecret(t testing.TB, what string, texts ...any) {
	t.Helper()
	a := oakLine()
	for _, held := range texts {
		shown := fmt.Sprint(held)
		for _, basic := range []string{basicOf(a.Space.ClientID, clientSecret), basicOf(a.Space.ReportsClientID, reportsSecret)} {
			if strings.Contains(shown, basic[len(basic)/2:]) {
				t.Errorf("%s holds the header: %q", what, shown)
			}
		}
		if a.Secrets.Scrub(shown) != shown {
			t.Errorf("%s holds a secret: %q", what, shown)
		}
	}
}

func basicOf(user, password string) string {
	r := &http.Request{Header: http.Header{}}
	r.SetBasicAuth(user, password)
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Basic ")
}
