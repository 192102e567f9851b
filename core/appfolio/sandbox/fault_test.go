package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/appfolio/sandbox"
)

// account asks the sandbox as Rentbell does, always for the same registration.
type account struct {
	vendor *appfolio.Source
	sub    core.Subscription
}

func newAccount(base string) account {
	return account{appfolio.New(), subscription(base, "http://127.0.0.1:1/webhooks/appfolio")}
}

func (a account) subscribe(ctx context.Context) (string, error) {
	return a.vendor.Subscribe(ctx, a.sub)
}

func (a account) list(ctx context.Context) ([]core.Subscribed, error) {
	return a.vendor.Subscriptions(ctx, a.sub)
}

func TestEveryCallMeetsItsBadDay(t *testing.T) {
	s, base := serve(t, quiet())
	a := newAccount(base)
	id, err := a.subscribe(t.Context())
	if err != nil || id != "wh_0001" {
		t.Fatalf("got %q, %v", id, err)
	}
	calls := map[string]struct {
		fail func(int, sandbox.Fault)
		ask  func() error
	}{
		"register": {s.Registrations.Fail, func() error { _, err := a.subscribe(t.Context()); return err }},
		"list":     {s.Lists.Fail, func() error { _, err := a.list(t.Context()); return err }},
		"delete":   {s.Deletions.Fail, func() error { return a.vendor.Unsubscribe(t.Context(), a.sub, "wh_0002") }},
	}
	faults := []struct {
		fault  sandbox.Fault
		status int
		wait   time.Duration
	}{
		{sandbox.Fault{}, 500, 0},
		{sandbox.Fault{Status: 429, RetryAfter: "3"}, 429, 3 * time.Second},
		{sandbox.Fault{Status: 401, Echo: true}, 401, 0},
		{sandbox.Fault{Status: 503, Body: "down for maintenance"}, 503, 0},
		{sandbox.Fault{Reset: true}, 0, 0},
	}
	for name, c := range calls {
		for _, tt := range faults {
			c.fail(1, tt.fault)
			for other := range calls {
				if other == name {
					continue
				}
				if err := calls[other].ask(); err != nil {
					t.Errorf("%s failed for %s: %v", other, name, err)
				}
			}
			var refused *core.SubscribeError
			if err := c.ask(); !errors.As(err, &refused) || refused.Status != tt.status || refused.RetryAfter != tt.wait {
				t.Errorf("%s: got %v, want status %d", name, err, tt.status)
			} else if strings.Contains(err.Error(), sandbox.DefaultAPIKey) || strings.Contains(err.Error(), hookSecret) {
				t.Errorf("%s: %v holds a secret", name, err)
			}
			if err := c.ask(); err != nil {
				t.Errorf("%s after the bad day: %v", name, err)
			}
		}
	}
}

func TestCallsAreCounted(t *testing.T) {
	s, base := serve(t, quiet())
	a := newAccount(base)
	s.Lists.Fail(1, sandbox.Fault{Status: 503})
	s.Deletions.Fail(1, sandbox.Fault{Status: 503})
	_, _ = a.subscribe(t.Context())
	for range 2 {
		_, _ = a.list(t.Context())
	}
	for range 3 {
		_ = a.vendor.Unsubscribe(t.Context(), a.sub, "wh_0001")
	}
	if s.Registrations.Calls() != 1 || s.Lists.Calls() != 2 || s.Deletions.Calls() != 3 {
		t.Errorf("got %d, %d and %d calls, want 1, 2 and 3", s.Registrations.Calls(), s.Lists.Calls(), s.Deletions.Calls())
	}
}

func TestFailedDeletionDeletesNothing(t *testing.T) {
	s, base := serve(t, quiet())
	a := newAccount(base)
	if _, err := a.subscribe(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Deletions.Fail(1, sandbox.Fault{Status: 500})
	if err := a.vendor.Unsubscribe(t.Context(), a.sub, "wh_0001"); err == nil || len(s.Webhooks()) != 1 {
		t.Errorf("got %v with %d webhooks left", err, len(s.Webhooks()))
	}
	for range 2 { // the second time it is not there
		if err := a.vendor.Unsubscribe(t.Context(), a.sub, "wh_0001"); err != nil || len(s.Webhooks()) != 0 {
			t.Errorf("got %v with %d webhooks left", err, len(s.Webhooks()))
		}
	}
}

func TestLostAnswerLeavesTheRegistration(t *testing.T) {
	s, base := serve(t, quiet())
	a := newAccount(base)
	s.Registrations.Fail(1, sandbox.Fault{Reset: true, Done: true})
	if _, err := a.subscribe(t.Context()); err == nil {
		t.Fatal("the answer arrived")
	}
	list, err := a.list(t.Context())
	if err != nil || len(list) != 1 || list[0].ID != "wh_0001" || list[0].Address != a.sub.Address || !slices.Equal(list[0].Events, core.KnownTypes()) {
		t.Errorf("got %+v, %v, want the registration", list, err)
	}
	s.Deletions.Fail(1, sandbox.Fault{Status: 504, Done: true})
	if err := a.vendor.Unsubscribe(t.Context(), a.sub, "wh_0001"); err == nil || len(s.Webhooks()) != 0 {
		t.Errorf("got %v with %d webhooks left", err, len(s.Webhooks()))
	}
}

func TestAccountWithoutAList(t *testing.T) {
	for _, status := range []int{http.StatusNotFound, http.StatusMethodNotAllowed} {
		c := quiet()
		c.NoList = status
		s, base := serve(t, c)
		a := newAccount(base)
		if list, err := a.list(t.Context()); !errors.Is(err, core.ErrNoList) {
			t.Errorf("%d: got %v, %v, want ErrNoList", status, list, err)
		}
		if _, err := a.subscribe(t.Context()); err != nil || len(s.Webhooks()) != 1 {
			t.Errorf("%d: got %v with %d webhooks", status, err, len(s.Webhooks()))
		}
	}
}

func TestTwinsAreKeptWhereAsked(t *testing.T) {
	c := quiet()
	c.KeepTwins = true
	s, base := serve(t, c)
	heard := make(chan string, 2) // one delivery for each twin
	listener := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for _, secret := range []string{hookSecret, "another-secret"} {
			if r.Header.Get("X-AppFolio-Signature") == sandbox.Sign(secret, body) {
				heard <- secret
			}
		}
	}))
	t.Cleanup(listener.Close)
	a := newAccount(base)
	a.sub.Address = listener.URL
	first, err := a.subscribe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.sub.Secrets.WebhookSecret = core.NewSecret("another-secret")
	second, err := a.subscribe(t.Context())
	if err != nil || first == second {
		t.Fatalf("got %q and %q, %v, want two registrations", first, second, err)
	}
	if list, err := a.list(t.Context()); err != nil || len(list) != 2 || list[0].ID != first || list[1].ID != second {
		t.Errorf("got %+v, %v", list, err)
	}
	if err := s.Send(t.Context(), rent("evt_1")); err != nil {
		t.Fatal(err)
	}
	if got := []string{<-heard, <-heard}; !slices.Equal(got, []string{hookSecret, "another-secret"}) {
		t.Errorf("signed with %q, want each twin's own secret", got)
	}
	if err := a.vendor.Unsubscribe(t.Context(), a.sub, first); err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), rent("evt_2")); err != nil {
		t.Fatal(err)
	}
	if got := <-heard; got != "another-secret" || len(heard) != 0 {
		t.Errorf("signed with %q and %d more, want the second twin alone", got, len(heard))
	}
}

func TestSandboxIsReached(t *testing.T) {
	_, base := serve(t, quiet())
	a := newAccount(base)
	if got, err := a.vendor.Reach(t.Context(), a.sub); err != nil || !got.ClockKnown {
		t.Errorf("got %+v, %v", got, err)
	}
}
