package main

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core/appfolio/sandbox"
	"rentbell/core/tunnel/ngroktest"
)

const (
	apiKey    = "key_3hZpQ8rTn5Lw"
	authtoken = "2authtoken_9fKd73hsA"
)

// vendor starts a stand-in AppFolio that accepts apiKey.
func vendor(t testing.TB) (*sandbox.Sandbox, string) {
	t.Helper()
	play := sandbox.New(sandbox.Config{APIKey: apiKey, Interval: -1, AllowAnywhere: true})
	server := httptest.NewServer(play)
	t.Cleanup(server.Close)
	return play, server.URL
}

// registering starts a receiver at ngrok's stand-in that registers at base, with
// a webhook secret of its own.
func registering(t testing.TB, service *ngroktest.Service, dir, base, secret string) *process {
	t.Helper()
	return start(t, []string{
		launch.EnvWebhookSecret + "=" + secret, launch.EnvAPIKey + "=" + apiKey, launch.EnvAuthtoken + "=" + authtoken,
	}, "serve", "--data", dir, "--register", "--appfolio-url", base,
		"--ngrok-connect-url", service.Addr(), "--ngrok-connect-cas", service.CAFile())
}

func TestAddressIsRegisteredOnceAndAgainForAnotherSecret(t *testing.T) {
	t.Parallel()
	service := ngroktest.New(t)
	play, base := vendor(t)
	dir := t.TempDir()

	p := registering(t, service, dir, base, webhookSecret)
	p.waitFor(t, p.err, `webhook registered`)
	hooks := play.Webhooks()
	if len(hooks) != 1 || hooks[0].URL != service.URL()+"/webhooks/appfolio" || len(hooks[0].Events) != 5 {
		t.Fatalf("registered: %+v", hooks)
	}
	online, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := service.WaitOnline(online, service.URL()); err != nil {
		t.Fatal(err)
	}
	play.ForgeDeliveries(1) // kept out; the retry is authentic
	e := play.Next()
	sandboxThrough(t, service, hooks[0].Secret.Reveal(), e)
	p.waitFor(t, p.out, e.ID)
	p.stop(t)

	p = registering(t, service, dir, base, webhookSecret)
	p.waitFor(t, p.err, `listening`)
	p.stop(t)
	if calls := play.Registrations.Calls(); calls != 1 {
		t.Errorf("a restart with the same address and secret registered again: %d calls", calls)
	}

	p = registering(t, service, dir, base, "another-"+webhookSecret)
	p.waitFor(t, p.err, `webhook registered`)
	p.stop(t)
	if calls := play.Registrations.Calls(); calls != 2 {
		t.Errorf("another secret: %d calls, want 2", calls)
	}
}

// sandboxThrough delivers e through ngrok's edge, as AppFolio would.
func sandboxThrough(t testing.TB, service *ngroktest.Service, secret string, e sandbox.Event) {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), "POST", service.URL()+"/webhooks/appfolio", strings.NewReader(string(e.Body)))
	req.RequestURI = ""
	req.Header.Set("X-AppFolio-Signature", sandbox.Sign(secret, e.Body))
	resp, err := service.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }() // only the status counts
	if resp.StatusCode != 200 {
		t.Errorf("delivery through the tunnel: %s", resp.Status)
	}
}

func TestRegistrationSurvivesAppFoliosBadDays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault sandbox.Fault
		says  string // on stderr
		calls int    // until it is registered; 0: it is not tried again
	}{
		{"too many requests", sandbox.Fault{Status: 429, RetryAfter: "1"}, "429", 2},
		{"trouble at AppFolio", sandbox.Fault{Status: 503, Echo: true}, "503", 2},
		{"cut connection", sandbox.Fault{Reset: true}, "trying again", 2},
		{"key refused", sandbox.Fault{Status: 401, Echo: true}, "declined", 0},
		{"not understood", sandbox.Fault{Status: 422, Body: `{"error":"events are odd"}`}, "events are odd", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			service := ngroktest.New(t)
			play, base := vendor(t)
			play.Registrations.Fail(1, tt.fault)
			p := registering(t, service, t.TempDir(), base, webhookSecret)
			p.waitFor(t, p.err, tt.says)
			if tt.calls > 0 {
				p.waitFor(t, p.err, `webhook registered`)
			}
			e := play.Next()
			online, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			if err := service.WaitOnline(online, service.URL()); err != nil {
				t.Fatal(err)
			}
			sandboxThrough(t, service, webhookSecret, e) // it keeps serving
			p.waitFor(t, p.out, e.ID)
			p.stop(t)
			if calls := play.Registrations.Calls(); calls != max(1, tt.calls) {
				t.Errorf("%d calls, want %d", calls, max(1, tt.calls))
			}
			everything := p.out.String() + p.err.String()
			for _, secret := range []string{apiKey, webhookSecret, authtoken} {
				if strings.Contains(everything, secret) {
					t.Errorf("a secret is in the output:\n%s", everything)
				}
			}
		})
	}
}

func TestRefusedAuthtokenIsToldInWords(t *testing.T) {
	t.Parallel()
	service := ngroktest.New(t)
	service.Refuse("ERR_NGROK_105", "The authtoken "+authtoken+" is not one")
	_, base := vendor(t)
	p := registering(t, service, t.TempDir(), base, webhookSecret)
	if code := p.wait(t, 10*time.Second); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	errs := p.err.String()
	if !strings.Contains(errs, "authtoken") || !strings.Contains(errs, "ERR_NGROK_105") || strings.Contains(errs, authtoken) {
		t.Errorf("stderr:\n%s", errs)
	}
	for _, words := range []string{"rentbelld: The ngrok authtoken was refused.\n", "environment variables", `wrong="The ngrok authtoken was refused"`} {
		if !strings.Contains(errs, words) {
			t.Errorf("stderr lacks %q:\n%s", words, errs)
		}
	}
}
