package bell_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/appfolio/sandbox"
	"rentbell/core/bell"
)

// computer is a Machine whose state a test tells.
type computer struct {
	free   uint64
	silent bool
}

func (c computer) FreeSpace() (uint64, error) { return c.free, nil }
func (c computer) Network() string            { return "192.168.1.20" }
func (c computer) Notifier(context.Context) error {
	if c.silent {
		return core.ErrNoNotifier
	}
	return nil
}

// examined is a desk beside a stand-in AppFolio, and the check it passes.
func examined(t *testing.T, change ...func(*bell.Config)) (*desk, *sandbox.Sandbox) {
	t.Helper()
	play := sandbox.New(sandbox.Config{Interval: -1})
	server := httptest.NewServer(play)
	t.Cleanup(server.Close)
	d := newDesk(t, t.TempDir(), append([]func(*bell.Config){func(c *bell.Config) {
		c.Override.AppFolioURL = server.URL
		c.Machine = computer{free: 12 << 30}
		c.Vault = &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), APIKey: core.NewSecret(sandbox.DefaultAPIKey)}}
	}}, change...)...)
	return d, play
}

func (d *desk) check(t *testing.T, name core.CheckName) core.Check {
	t.Helper()
	r := d.Check(t.Context())
	i := slices.IndexFunc(r.Checks, func(c core.Check) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("the report has no %s", name)
	}
	return r.Checks[i]
}

func (d *desk) expect(t *testing.T, name core.CheckName, state core.CheckState, err error) core.Check {
	t.Helper()
	c := d.check(t, name)
	if c.State != state || !errors.Is(c.Err, err) {
		t.Errorf("%s is %s because of %v, want %s because of %v", name, c.State, c.Err, state, err)
	}
	return c
}

func TestWhatWorksNeedsNobody(t *testing.T) {
	d, play := examined(t)
	told := watch(t, d, func(c core.Change) core.RegistrationStatus { return c.Status.Registration })
	d.run(t)
	press(t, d)
	reach(t, told, core.Registered)
	if n := len(play.Webhooks()); n != 1 {
		t.Fatalf("%d registrations", n)
	}
	go func() { // the b must not wait for this test
		for range told {
		}
	}()
	r := d.Check(t.Context())
	if !r.Healthy() {
		t.Errorf("report = %+v", r.Checks)
	}
	for _, name := range []core.CheckName{core.CheckInternet, core.CheckTunnel, core.CheckRegistration, core.CheckClock, core.CheckNotifications, core.CheckDisk} {
		d.expect(t, name, core.CheckGood, nil)
	}
}

func TestRegistrationThatIsGoneIsFound(t *testing.T) {
	d, play := examined(t)
	told := watch(t, d, func(c core.Change) core.RegistrationStatus { return c.Status.Registration })
	d.run(t)
	press(t, d)
	reach(t, told, core.Registered)
	go func() {
		for range told {
		}
	}()
	from := core.Subscription{Base: d.Override().AppFolioURL, Secrets: d.Secrets()}
	if err := appfolio.New().Unsubscribe(t.Context(), from, play.Webhooks()[0].ID); err != nil {
		t.Fatal(err)
	}
	d.expect(t, core.CheckRegistration, core.CheckBad, core.ErrNotRegistered)
}

func TestWhatDoesNotWorkIsTold(t *testing.T) {
	d, _ := examined(t, func(c *bell.Config) { c.Machine = computer{free: 50 << 20, silent: true} })
	d.expect(t, core.CheckTunnel, core.CheckWarn, core.ErrNotRunning)
	d.expect(t, core.CheckRegistration, core.CheckWarn, core.ErrNotRegistered)
	d.expect(t, core.CheckNotifications, core.CheckWarn, core.ErrNoNotifier)
	d.expect(t, core.CheckDisk, core.CheckWarn, core.ErrLowDisk)
	if d.Check(t.Context()).Healthy() {
		t.Error("nothing needs the user")
	}
}

func TestAControlChannelIsToldOfOnlyWhenThereIsNone(t *testing.T) {
	why := errors.New("address family not supported")
	d, _ := examined(t, func(c *bell.Config) { c.Control = why })
	d.expect(t, core.CheckControl, core.CheckWarn, why)
	whole, _ := examined(t)
	for _, c := range whole.Check(t.Context()).Checks {
		if c.Name == core.CheckControl {
			t.Errorf("where all is well, the report has %+v", c)
		}
	}
}

func TestNoWayOutIsTheInternetsTrouble(t *testing.T) {
	server := httptest.NewServer(nil)
	server.Close()
	d, _ := examined(t, func(c *bell.Config) { c.Override.AppFolioURL = server.URL })
	if c := d.check(t, core.CheckInternet); c.State != core.CheckBad || !errors.As(c.Err, new(*core.SubscribeError)) {
		t.Errorf("internet is %s because of %v", c.State, c.Err)
	}
	d.expect(t, core.CheckClock, core.CheckUnknown, nil)
}

func TestClockThatIsWrongIsToldInSeconds(t *testing.T) {
	d, _ := examined(t, func(c *bell.Config) { c.Now = func() time.Time { return time.Now() } })
	c := d.expect(t, core.CheckClock, core.CheckGood, nil)
	if c.Skew.Abs() > 5*time.Second {
		t.Errorf("skew %v on one computer", c.Skew)
	}
}

func TestSignaturesOfTheLastDayAreCounted(t *testing.T) {
	clock := &skewed{}
	d, _ := examined(t, func(c *bell.Config) { c.Now = clock.now })
	receive(t, d.Bell, rent("old", 1))
	receiveSigned(t, d.Bell, rent("forged_old", 1), "00", 401)
	clock.sleep(26 * time.Hour)
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		receive(t, d.Bell, rent(id, 1))
	}
	if c := d.expect(t, core.CheckSignatures, core.CheckGood, nil); c.Good != 5 || c.Bad != 0 {
		t.Errorf("%d matched and %d were kept out, want 5 and 0", c.Good, c.Bad)
	}
	receiveSigned(t, d.Bell, rent("forged", 1), "00", 401)
	if c := d.expect(t, core.CheckSignatures, core.CheckWarn, core.ErrSignaturesWrong); c.Good != 5 || c.Bad != 1 {
		t.Errorf("%d matched and %d were kept out, want 5 and 1", c.Good, c.Bad)
	}
}

func TestNewSetUpWhoseEverySignatureFailsBlamesTheSecret(t *testing.T) {
	clock := &skewed{}
	d, _ := examined(t, func(c *bell.Config) { c.Now = clock.now })
	receiveSigned(t, d.Bell, rent("a", 1), "00", 401)
	receiveSigned(t, d.Bell, rent("b", 1), "00", 401)
	if c := d.expect(t, core.CheckSignatures, core.CheckWarn, core.ErrSecretDiffers); c.Good != 0 || c.Bad != 2 {
		t.Errorf("%d matched and %d were kept out, want 0 and 2", c.Good, c.Bad)
	}
	receive(t, d.Bell, rent("a", 1))
	d.expect(t, core.CheckSignatures, core.CheckWarn, core.ErrSignaturesWrong)
	clock.sleep(26 * time.Hour) // what matched is of another day, and the secret is right all the same
	receiveSigned(t, d.Bell, rent("c", 1), "00", 401)
	d.expect(t, core.CheckSignatures, core.CheckWarn, core.ErrSignaturesWrong)
}

func TestSecretThatChangedInTheEnvironmentAloneIsBlamed(t *testing.T) {
	dir, play := t.TempDir(), httptest.NewServer(sandbox.New(sandbox.Config{Interval: -1}))
	defer play.Close()
	for i, step := range []struct {
		inForce, signedWith string
		status              int
		want                error
	}{
		{"old", "old", 200, nil},
		{"old", "stranger", 401, core.ErrSignaturesWrong}, // the right one is known
		{"new", "old", 401, core.ErrSecretDiffers},
		{"new", "new", 200, core.ErrSignaturesWrong}, // AppFolio has it now
		{"old", "new", 401, core.ErrSecretDiffers},
	} {
		d := newDesk(t, dir, func(c *bell.Config) {
			c.Override.AppFolioURL, c.Override.Secrets.WebhookSecret = play.URL, core.NewSecret(step.inForce)
		})
		stop := d.run(t)
		body, signature := signedWith(step.signedWith, fmt.Sprint("evt_", i))
		receiveSigned(t, d.Bell, body, signature, step.status)
		stop()
		if c := d.check(t, core.CheckSignatures); !errors.Is(c.Err, step.want) {
			t.Errorf("%d: %v, want %v", i, c.Err, step.want)
		}
		if err := d.store.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestKeysThatAreNotKeptAreTold(t *testing.T) {
	d, _ := examined(t, func(c *bell.Config) { c.Vault = &vault{err: core.ErrNoVault} })
	d.expect(t, core.CheckSecrets, core.CheckWarn, core.ErrNoVault)
}

// brokenWay is a tunnel whose service cannot be trusted.
type brokenWay struct{ scripted }

func (b *brokenWay) Diagnose(context.Context, core.TunnelOptions) (core.Line, error) {
	return core.Line{}, &core.TunnelError{Step: core.StepTLS, Err: errors.New("certificate of a stranger")}
}

func TestTunnelIsTriedStepByStep(t *testing.T) {
	d, _ := examined(t, func(c *bell.Config) { c.Tunnel = &brokenWay{} })
	c := d.check(t, core.CheckTunnel)
	why := new(core.TunnelError)
	if c.State != core.CheckBad || !errors.As(c.Err, &why) || why.Step != core.StepTLS {
		t.Errorf("tunnel is %s because of %v, want the certificate", c.State, c.Err)
	}
}
