package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/appfolio/sandbox"
)

const hookSecret = "whsec-0123456789abcdef"

var (
	zone = time.FixedZone("EDT", -4*3600)
	noon = time.Date(2026, time.June, 18, 12, 0, 0, 0, zone)
)

// quiet is a sandbox without live events, repeats or long waits.
func quiet() sandbox.Config {
	return sandbox.Config{
		Seed: 1, Now: func() time.Time { return noon },
		Interval: -1, RepeatEvery: -1, Attempts: 4, Backoff: time.Millisecond,
	}
}

// serve starts a sandbox and returns it with its base address.
func serve(t testing.TB, c sandbox.Config) (*sandbox.Sandbox, string) {
	t.Helper()
	s := sandbox.New(c)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}

// run lets the sandbox deliver until the test ends.
func run(t testing.TB, s *sandbox.Sandbox) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Run(ctx)
	}()
	t.Cleanup(func() { cancel(); <-done })
}

// subscribe registers address as Rentbell does.
func subscribe(t testing.TB, base, address string) {
	t.Helper()
	if _, err := appfolio.New().Subscribe(t.Context(), subscription(base, address)); err != nil {
		t.Fatal(err)
	}
}

// hookAccount is who the events are signed for.
var hookAccount = core.Account{Secrets: core.Secrets{WebhookSecret: core.NewSecret(hookSecret)}}

func subscription(base, address string) core.Subscription {
	return core.Subscription{Base: base, Address: address, Secrets: core.Secrets{
		APIKey:        core.NewSecret(sandbox.DefaultAPIKey),
		WebhookSecret: core.NewSecret(hookSecret),
	}}
}

// listener takes deliveries: it opens each as Rentbell does and answers with
// the statuses it was given, then with 200.
type listener struct {
	URL      string
	arrived  chan core.Event // authentic ones, whatever they were answered
	mu       sync.Mutex      // guards statuses and forged
	statuses []int
	forged   int
}

func listen(t testing.TB, statuses ...int) *listener {
	t.Helper()
	l := &listener{statuses: statuses, arrived: make(chan core.Event, 1000)} // more than any test sends
	source := appfolio.New()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		d, err := source.Open(r.Context(), hookAccount, r.Header, body, noon)
		if r.Method != http.MethodPost || err != nil || len(d.Events) != 1 {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.forged++
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.WriteHeader(l.status())
		_, _ = io.WriteString(w, `{"received":true}`)
		l.arrived <- d.Events[0]
	}))
	t.Cleanup(server.Close)
	l.URL = server.URL + "/webhooks/appfolio"
	return l
}

func (l *listener) status() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.statuses) == 0 {
		return http.StatusOK
	}
	status := l.statuses[0]
	l.statuses = l.statuses[1:]
	return status
}

// next waits for the next delivery.
func (l *listener) next(t testing.TB) core.Event {
	t.Helper()
	select {
	case e := <-l.arrived:
		return e
	case <-time.After(5 * time.Second):
		t.Fatal("no delivery arrived")
		return core.Event{}
	}
}

func rent(id string) sandbox.Event {
	return sandbox.Event{ID: id, Type: core.TypePaymentReceived, At: noon,
		Body: []byte(`{"id":"` + id + `","type":"payment.received","data":{"lease_id":"1","amount_cents":5,"payment_method":"Card"}}`)}
}

func TestLiveEventsReachARegisteredListener(t *testing.T) {
	c := quiet()
	c.Interval = time.Millisecond
	s, base := serve(t, c)
	l := listen(t)
	run(t, s)
	subscribe(t, base, l.URL)
	seen := map[string]bool{}
	for range 50 {
		e := l.next(t)
		if seen[e.ID] || e.Detail == nil || !e.OccurredAt.Equal(noon) {
			t.Errorf("got %+v, seen before: %v", e, seen[e.ID])
		}
		seen[e.ID] = true
	}
}

func TestPastIsToldOnceToEachListenerInOrder(t *testing.T) {
	c := quiet()
	c.Past = 60 * 24 * time.Hour
	s, base := serve(t, c)
	run(t, s)
	want := history(c.Seed, noon.Add(-c.Past), noon)
	for _, l := range []*listener{listen(t), listen(t)} {
		subscribe(t, base, l.URL)
		for i, e := range want {
			if got := l.next(t); got.ID != e.ID || !got.OccurredAt.Equal(e.At) {
				t.Fatalf("event %d: got %s, want %s", i, got.ID, e.ID)
			}
		}
		subscribe(t, base, l.URL) // again: it has heard it
		if err := s.Send(t.Context(), rent("evt_after")); err != nil {
			t.Fatal(err)
		}
		if got := l.next(t); got.ID != "evt_after" {
			t.Errorf("got %s, want nothing but evt_after", got.ID)
		}
	}
}

func TestPastEndsWhereItIsNotAcknowledged(t *testing.T) {
	c := quiet()
	c.Past = 30 * 24 * time.Hour
	c.Attempts = 2
	attempts := make(chan sandbox.Delivery, 1000)
	c.OnDelivery = func(d sandbox.Delivery) { attempts <- d }
	s, base := serve(t, c)
	run(t, s)
	deaf, good := listen(t, 500, 500), listen(t)
	subscribe(t, base, deaf.URL)
	for range 2 {
		if d := <-attempts; d.Status != 500 || d.GivenUp != (d.Attempt == 2) {
			t.Errorf("got %+v", d)
		}
	}
	subscribe(t, base, good.URL)
	if d := <-attempts; d.Webhook.URL != good.URL {
		t.Errorf("the deaf listener was told more: %+v", d)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	c := quiet()
	c.Interval = time.Millisecond
	c.Backoff = time.Hour
	arrived := make(chan struct{}, 100)
	c.OnDelivery = func(sandbox.Delivery) { arrived <- struct{}{} }
	s, base := serve(t, c)
	l := listen(t, 503, 503, 503, 503, 503)
	subscribe(t, base, l.URL)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); s.Run(ctx) }()
	<-arrived // one waits for its second attempt
	cancel()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
		t.Fatal("Run still runs")
	}
}

func TestRentbellsRegistrationMeetsABadDay(t *testing.T) {
	s, base := serve(t, quiet())
	sub := subscription(base, "http://127.0.0.1:1/webhooks/appfolio")
	s.Registrations.Fail(1, sandbox.Fault{Status: 429, RetryAfter: "3"})
	s.Registrations.Fail(1, sandbox.Fault{Status: 401, Echo: true})
	s.Registrations.Fail(1, sandbox.Fault{Reset: true})
	s.Registrations.Fail(1, sandbox.Fault{Status: 503, Body: "down for maintenance"})
	s.Registrations.Fail(1, sandbox.Fault{})
	tests := []struct {
		status int
		wait   time.Duration
		words  string
	}{
		{429, 3 * time.Second, "Too Many Requests"},
		{401, 0, "Not accepted: Bearer"},
		{0, 0, ""},
		{503, 0, "down for maintenance"},
		{500, 0, "Internal Server Error"},
	}
	for _, tt := range tests {
		var refused *core.SubscribeError
		if _, err := appfolio.New().Subscribe(t.Context(), sub); !errors.As(err, &refused) {
			t.Fatalf("got %v, want status %d", err, tt.status)
		}
		if refused.Status != tt.status || refused.RetryAfter != tt.wait || !strings.HasPrefix(refused.Message, tt.words) {
			t.Errorf("got %+v, want %+v", refused, tt)
		}
		if strings.Contains(refused.Error(), hookSecret) || strings.Contains(refused.Error(), sandbox.DefaultAPIKey) {
			t.Errorf("%q holds a secret", refused.Error())
		}
	}
	if _, err := appfolio.New().Subscribe(t.Context(), sub); err != nil {
		t.Errorf("after the bad day: %v", err)
	}
	if got := s.Registrations.Calls(); got != 6 {
		t.Errorf("got %d calls, want 6", got)
	}
}

func TestHangingRegistrationEndsWithItsClient(t *testing.T) {
	s, base := serve(t, quiet())
	s.Registrations.Fail(1, sandbox.Fault{Hang: true})
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	_, err := appfolio.New().Subscribe(ctx, subscription(base, "http://127.0.0.1:1/"))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want a time-out", err)
	}
	if len(s.Webhooks()) != 0 {
		t.Error("it was registered all the same")
	}
}

func TestPastThatWasTakenIsNotDelivered(t *testing.T) {
	var heard atomic.Int64
	listener := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { heard.Add(1) }))
	defer listener.Close()
	c := quiet()
	c.Past = 30 * 24 * time.Hour
	s, base := serve(t, c)
	if past, again := s.TakePast(), s.TakePast(); len(past) < 47 || len(again) != 0 {
		t.Errorf("taken twice: %d and %d events, want a month of a portfolio and none", len(past), len(again))
	}
	run(t, s)
	subscribe(t, base, listener.URL)
	if err := s.Send(t.Context(), s.Next()); err != nil {
		t.Fatal(err)
	}
	if got := heard.Load(); got != 1 {
		t.Errorf("the listener heard %d events, want the live one only", got)
	}
}
