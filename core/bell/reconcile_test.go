package bell_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/appfolio/sandbox"
	"rentbell/core/bell"
	"rentbell/core/tunnel"
)

// office is a stand-in AppFolio and the data directory of a Rentbell beside it.
type office struct {
	*sandbox.Sandbox
	base     string
	dir      string
	answered chan struct{} // capacity 1: a nudge after each answer
}

func newOffice(t *testing.T, c sandbox.Config) office {
	t.Helper()
	c.Interval, c.AllowAnywhere = -1, true
	play := sandbox.New(c)
	o := office{Sandbox: play, dir: t.TempDir(), answered: make(chan struct{}, 1)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer nudge(o.answered)
		play.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	o.base = server.URL
	return o
}

// urls are the addresses AppFolio has, with their ids.
func (o office) urls() []string {
	var all []string
	for _, w := range o.Webhooks() {
		all = append(all, w.ID+" "+w.URL)
	}
	return all
}

// untold answers a registration without its id.
var untold = sandbox.Fault{Status: http.StatusCreated, Body: "{}", Done: true}

// registered runs a desk, on the host of this computer, until it has registered,
// and returns the desk and its address.
func (o office) registered(t *testing.T, host string) (d *desk, address string, stop func()) {
	t.Helper()
	d = newDesk(t, o.dir, func(c *bell.Config) {
		c.Tunnel = tunnel.Loopback{Address: host + ":0"}
		c.Override.AppFolioURL, c.Override.Register = o.base, true
		c.Vault = &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), APIKey: core.NewSecret(sandbox.DefaultAPIKey)}}
	})
	_, stopRun := d.listening(t)
	o.await(t, d, func() bool { return d.Status().Registration.Progress == core.Registered })
	return d, d.Status().Registration.Address, func() { stopRun(); _ = d.store.Close() } // the next desk opens it again
}

const here, there = "127.0.0.1", "127.0.0.2" // two addresses of this computer

func TestNewRegistrationReplacesOursAndNobodyElses(t *testing.T) {
	for _, twins := range []bool{false, true} {
		o := newOffice(t, sandbox.Config{KeepTwins: twins})
		foreign := core.Subscription{Base: o.base, Address: "https://office.example/hook", Secrets: core.Secrets{
			APIKey: core.NewSecret(sandbox.DefaultAPIKey), WebhookSecret: core.NewSecret("theirs"),
		}}
		if _, err := appfolio.New().Subscribe(t.Context(), foreign); err != nil {
			t.Fatal(err)
		}
		_, first, stop := o.registered(t, here)
		stop()
		if got := o.urls(); !slices.Equal(got, []string{"wh_0001 https://office.example/hook", "wh_0002 " + first}) {
			t.Fatalf("twins %v: AppFolio has %v", twins, got)
		}
		d, second, stop := o.registered(t, there)
		o.await(t, d, func() bool {
			return slices.Equal(o.urls(), []string{"wh_0001 https://office.example/hook", "wh_0003 " + second})
		})
		stop()
	}
}

func TestEntryThatWasChangedInPlaceStays(t *testing.T) {
	for _, f := range []*sandbox.Fault{nil, &untold} {
		o := newOffice(t, sandbox.Config{})
		if f != nil {
			o.Registrations.Fail(2, *f)
		}
		d, address, stop := o.registered(t, here)
		press(t, d)
		o.await(t, d, func() bool {
			return o.Registrations.Calls() == 2 && d.Status().Registration.Progress == core.Registered
		})
		stop()
		if got := o.urls(); !slices.Equal(got, []string{"wh_0001 " + address}) {
			t.Errorf("answer %+v: AppFolio has %v", f, got)
		}
	}
}

func TestTwinOfALostAnswerIsTakenBack(t *testing.T) {
	t.Parallel() // it waits in real time
	for _, next := range []*sandbox.Fault{nil, &untold} {
		o := newOffice(t, sandbox.Config{KeepTwins: true})
		o.Registrations.Fail(1, sandbox.Fault{Reset: true, Done: true})
		if next != nil {
			o.Registrations.Fail(1, *next)
		}
		d, address, stop := o.registered(t, here)
		o.await(t, d, func() bool { return slices.Equal(o.urls(), []string{"wh_0002 " + address}) })
		stop()
	}
}

func TestAppFolioWithoutAListIsRegisteredWithAllTheSame(t *testing.T) {
	for _, status := range []int{http.StatusNotFound, http.StatusMethodNotAllowed} {
		o := newOffice(t, sandbox.Config{NoList: status})
		_, address, stop := o.registered(t, here)
		stop()
		if got := o.urls(); !slices.Equal(got, []string{"wh_0001 " + address}) {
			t.Errorf("GET answers %d: AppFolio has %v", status, got)
		}
	}
	o := newOffice(t, sandbox.Config{})
	o.Lists.Fail(1, sandbox.Fault{})
	_, address, stop := o.registered(t, here)
	stop()
	if got := o.urls(); !slices.Equal(got, []string{"wh_0001 " + address}) {
		t.Errorf("a list that fails: AppFolio has %v", got)
	}
}

func TestAppFolioThatWantsToBeLeftAloneIs(t *testing.T) {
	t.Parallel() // it waits in real time
	o := newOffice(t, sandbox.Config{})
	o.Lists.Fail(1, sandbox.Fault{Status: http.StatusTooManyRequests, RetryAfter: "2"})
	began := time.Now()
	_, _, stop := o.registered(t, here)
	stop()
	if waited := time.Since(began); waited < 2*time.Second || o.Registrations.Calls() != 1 {
		t.Errorf("registered after %v with %d calls, want two seconds and one", waited, o.Registrations.Calls())
	}
}

func TestTakingBackIsTriedUntilItWorks(t *testing.T) {
	t.Parallel() // it waits in real time
	o := newOffice(t, sandbox.Config{})
	_, _, stop := o.registered(t, here)
	stop()
	o.Deletions.Fail(2, sandbox.Fault{})
	d, address, stop := o.registered(t, there)
	o.await(t, d, func() bool { return slices.Equal(o.urls(), []string{"wh_0002 " + address}) })
	if n := o.Registrations.Calls(); n != 2 {
		t.Errorf("%d registrations, want 2", n)
	}
	if p := d.Status().Registration.Progress; p != core.Registered {
		t.Errorf("progress %d while an old entry is taken back", p)
	}
	stop()
}

func TestRemovedRegistrationStaysRemoved(t *testing.T) {
	for _, noList := range []int{0, http.StatusNotFound} {
		o := newOffice(t, sandbox.Config{NoList: noList})
		d := newDesk(t, o.dir, func(c *bell.Config) {
			c.Override.AppFolioURL = o.base
			c.Vault = &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), APIKey: core.NewSecret(sandbox.DefaultAPIKey)}}
		})
		d.listening(t)
		press(t, d)
		o.await(t, d, func() bool { return d.Status().Registration.Progress == core.Registered })
		if err := d.Unregister(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := o.urls(); len(got) != 0 || d.Settings().Register || d.Status().Registration.Progress != core.NotWanted {
			t.Errorf("after removing AppFolio has %v, progress %d", got, d.Status().Registration.Progress)
		}
		press(t, d)
		o.await(t, d, func() bool { return len(o.urls()) == 1 })
	}
}

func TestRegistrationThatCannotBeTakenBackIsToldAsSuch(t *testing.T) {
	o := newOffice(t, sandbox.Config{NoList: http.StatusMethodNotAllowed})
	o.Deletions.Fail(1, sandbox.Fault{Status: http.StatusMethodNotAllowed})
	d, address, stop := o.registered(t, here)
	defer stop()
	if err := d.Unregister(t.Context()); !errors.Is(err, core.ErrNoList) {
		t.Errorf("got %v, want ErrNoList", err)
	}
	if got := d.Status().Registration.Address; got != address {
		t.Errorf("Rentbell forgets %s, which AppFolio goes on delivering to", address)
	}
}

func TestTenRegistrationsAMinuteAtMost(t *testing.T) {
	t.Parallel() // it waits in real time
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		source := &countingSource{Registrar: appfolio.New()}
		b, stop := inBubble(t, dir, func(c *bell.Config) {
			c.Tunnel, c.Source = &scripted{}, source
			c.Vault = &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), Authtoken: core.NewSecret("tok"), APIKey: core.NewSecret("k")}}
		})
		defer stop()
		for range 50 {
			if err := b.Register(t.Context()); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
		}
		if n := source.count(); n != 10 {
			t.Errorf("%d registrations within 50 seconds, want 10", n)
		}
		time.Sleep(time.Minute)
		if n := source.count(); n != 11 {
			t.Errorf("%d registrations after that, want the last one that was pressed as well", n)
		}
	})
}

// await waits for what the Bell and its AppFolio bring about. It looks again after
// each change of the one and each answer of the other.
func (o office) await(t *testing.T, d *desk, reached func() bool) {
	t.Helper()
	changed := make(chan struct{}, 1)
	defer d.Watch(func(core.Change) { nudge(changed) })()
	late := time.After(20 * time.Second)
	for !reached() {
		select {
		case <-changed:
		case <-o.answered:
		case <-late:
			t.Fatal("it never came about")
		}
	}
}

func nudge(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// countingSource counts registrations, which it accepts without a network.
type countingSource struct {
	core.Registrar
	mu sync.Mutex
	n  int
}

func (s *countingSource) Subscribe(context.Context, core.Subscription) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return fmt.Sprint("wh_", s.n), nil
}

func (s *countingSource) Subscriptions(context.Context, core.Subscription) ([]core.Subscribed, error) {
	return nil, core.ErrNoList
}

func (s *countingSource) Unsubscribe(context.Context, core.Subscription, string) error { return nil }

func (s *countingSource) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}
