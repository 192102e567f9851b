package bell_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox"
	"rentbell/core/bell"
)

// registering is a desk that knows a stand-in AppFolio, and what it tells of
// its registration.
func registering(t *testing.T) (*desk, *sandbox.Sandbox, <-chan core.RegistrationStatus) {
	t.Helper()
	play := sandbox.New(sandbox.Config{Interval: -1})
	server := httptest.NewServer(play)
	t.Cleanup(server.Close)
	d := newDesk(t, t.TempDir(), func(c *bell.Config) {
		c.Override.AppFolioURL = server.URL + "/" // people paste it so
		c.Vault = &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), APIKey: core.NewSecret(sandbox.DefaultAPIKey)}}
	})
	told := watch(t, d, func(c core.Change) core.RegistrationStatus { return c.Status.Registration })
	d.run(t)
	return d, play, told
}

// reach takes statuses until one has the progress.
func reach(t *testing.T, told <-chan core.RegistrationStatus, want core.Progress) core.RegistrationStatus {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case s := <-told:
			if s.Progress == want {
				return s
			}
		case <-deadline:
			t.Fatalf("registration never reached %d", want)
		}
	}
}

func press(t *testing.T, d *desk) {
	t.Helper()
	if err := d.Register(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestNothingIsRegisteredUnasked(t *testing.T) {
	d, play, told := registering(t)
	if s := reach(t, told, core.NotWanted); s.Address != "" {
		t.Errorf("status = %+v", s)
	}
	press(t, d)
	if s := reach(t, told, core.Registered); s.Address != d.Status().Address+core.WebhookPath || s.At.IsZero() {
		t.Errorf("registered = %+v", s)
	}
	if hooks := play.Webhooks(); len(hooks) != 1 || hooks[0].Secret.Reveal() != secret {
		t.Errorf("AppFolio knows %d addresses", len(hooks))
	}
}

func TestPressingAgainRegistersAgain(t *testing.T) {
	d, play, told := registering(t)
	press(t, d)
	first := reach(t, told, core.Registered)
	press(t, d)
	for s := first; !s.At.After(first.At); {
		s = reach(t, told, core.Registered)
	}
	if n := play.Registrations.Calls(); n != 2 {
		t.Errorf("%d calls, want 2", n)
	}
}

func TestRefusedRegistrationWaitsForTheUserAndAPassingOneDoesNot(t *testing.T) {
	t.Parallel() // it waits in real time
	d, play, told := registering(t)
	play.Registrations.Fail(1, sandbox.Fault{Status: http.StatusForbidden, Body: `{"error":"not on your plan"}`})
	press(t, d)
	s := reach(t, told, core.Declined)
	refusal := new(core.SubscribeError)
	if !errors.As(s.Problem, &refusal) || refusal.Message != "not on your plan" {
		t.Errorf("problem = %v", s.Problem)
	}
	play.Registrations.Fail(1, sandbox.Fault{Status: http.StatusBadGateway})
	press(t, d)
	if s = reach(t, told, core.Retrying); s.RetryAt.IsZero() || s.Problem == nil {
		t.Errorf("retrying = %+v", s)
	}
	reach(t, told, core.Registered)
	if n := play.Registrations.Calls(); n != 3 {
		t.Errorf("%d calls, want 3", n)
	}
}
