package bell_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/tunnel"
	"rentbell/core/tunnel/ngroktest"
)

// atNgrok is a desk whose door is ngrok's stand-in, and the statuses it tells.
func atNgrok(t *testing.T, service *ngroktest.Service, change ...func(*bell.Config)) (*desk, <-chan core.Status) {
	t.Helper()
	d := newDesk(t, t.TempDir(), func(c *bell.Config) {
		c.Tunnel = tunnel.Ngrok{}
		c.Grace = 1 // a drop is told at once
		options := service.Options("tok_of_the_tests")
		c.Override.Secrets.Authtoken = options.Authtoken
		c.Override.Tunnel = options
		c.Override.Tunnel.Kind = core.TunnelNgrok
		for _, f := range change {
			f(c)
		}
	})
	statuses := watch(t, d, func(c core.Change) core.Status { return c.Status })
	d.run(t)
	return d, statuses
}

// await takes statuses until one is in the state.
func await(t *testing.T, statuses <-chan core.Status, want core.Connection) core.Status {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case s := <-statuses:
			if s.Connection == want {
				return s
			}
		case <-deadline:
			t.Fatalf("never reached state %d", want)
		}
	}
}

// throughEdge delivers a rent from the internet side.
func throughEdge(t *testing.T, service *ngroktest.Service, id string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := service.WaitOnline(ctx, service.URL()); err != nil {
		t.Fatal(err)
	}
	body := rent(id, 1)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, service.URL()+core.WebhookPath, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-AppFolio-Signature", sign(body))
	resp, err := service.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close() // only the status counts
	if resp.StatusCode != http.StatusOK {
		t.Errorf("delivery through the tunnel: %s", resp.Status)
	}
}

func TestTunnelThatDropsIsToldAndComesBackByItself(t *testing.T) {
	t.Parallel() // it waits in real time
	service := ngroktest.New(t)
	d, statuses := atNgrok(t, service)
	if s := await(t, statuses, core.Listening); s.Address != service.URL() || s.Problem != nil {
		t.Errorf("listening at %q with %v", s.Address, s.Problem)
	}
	throughEdge(t, service, "before")
	service.Refuse("ERR_NGROK_108", "too many sessions") // trouble that passes; a drop alone mends too soon to see
	service.Drop()
	if s := await(t, statuses, core.Unreachable); s.Problem == nil || s.Address != service.URL() {
		t.Errorf("unreachable without a reason, or without the address: %+v", s)
	}
	service.Welcome()
	if s := await(t, statuses, core.Listening); s.Problem != nil {
		t.Errorf("back with %v", s.Problem)
	}
	throughEdge(t, service, "after")
	if n := d.Status().Summary.Events; n != 2 {
		t.Errorf("%d events, want 2", n)
	}
}

func TestRefusedTunnelWaitsForTheUser(t *testing.T) {
	service := ngroktest.New(t)
	service.Refuse("ERR_NGROK_107", "revoked")
	d, statuses := atNgrok(t, service)
	s := await(t, statuses, core.ConnectionRefused)
	refusal := new(core.TunnelError)
	if !errors.As(s.Problem, &refusal) || refusal.Code != "ERR_NGROK_107" {
		t.Errorf("problem = %v", s.Problem)
	}
	service.Welcome()
	d.Reconnect() // "Try now"
	await(t, statuses, core.Listening)
}

func TestNothingIsOpenedBeforeThereIsASecret(t *testing.T) {
	service := ngroktest.New(t)
	d := newDesk(t, t.TempDir(), func(c *bell.Config) {
		c.Tunnel, c.Vault = tunnel.Ngrok{}, &vault{}
		c.Override.Tunnel = service.Options("x")
		c.Override.Tunnel.Kind = core.TunnelNgrok
	})
	statuses := watch(t, d, func(c core.Change) core.Status { return c.Status })
	d.run(t)
	await(t, statuses, core.ConnectionOff)
	if n := len(service.Binds()); n != 0 {
		t.Errorf("%d addresses bound without a secret", n)
	}
	if err := d.ChangeSecrets(t.Context(), func(s *core.Secrets) {
		s.WebhookSecret, s.Authtoken = core.NewSecret(secret), core.NewSecret("tok")
	}); err != nil {
		t.Fatal(err)
	}
	await(t, statuses, core.Listening) // pasting them is enough
}
