package bell_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
)

// devSpace is a Developer Space that takes every signed body for the id of a
// doorbell, and that never reads on its own; but for one body, which is another account's.
type devSpace struct {
	accepts core.Secret // the client secret
	woken   chan struct{}
}

func (devSpace) Open(_ context.Context, _ core.Account, header http.Header, body []byte, received time.Time) (core.Delivery, error) {
	if header.Get("X-AppFolio-Signature") == "" {
		return core.Delivery{}, core.ErrForged
	}
	if string(body) == "another's" {
		return core.Delivery{Others: core.Others{Count: 1}}, nil
	}
	e := core.Event{ID: string(body), Type: "work_orders", OccurredAt: received, ReceivedAt: received, Body: body, Detail: core.Doorbell{Topic: "work_orders", Entity: "1"}}
	return core.Delivery{Events: []core.Event{e}}, nil
}

func (devSpace) Reach(context.Context, core.Subscription) (core.Reached, error) {
	return core.Reached{}, nil
}

func (s devSpace) Run(ctx context.Context, d core.Desk) {
	d.Tell(core.ReadStatus{Receipts: &core.Refused{Status: http.StatusUnauthorized}})
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.Wake():
			select {
			case s.woken <- struct{}{}:
			case <-ctx.Done():
			}
		}
	}
}

func (s devSpace) Try(_ context.Context, a core.Account) (records, receipts error) {
	if a.Secrets.ClientSecret != s.accepts {
		records = &core.Refused{Status: http.StatusUnauthorized}
	}
	return records, &core.Refused{Status: http.StatusForbidden}
}

// spaceDesk is a desk that is connected through Developer Space.
func spaceDesk(t testing.TB, dir string, now func() time.Time) *desk {
	t.Helper()
	return newDesk(t, dir, func(c *bell.Config) {
		c.Now = now
		c.Space = devSpace{accepts: core.NewSecret("the right one"), woken: make(chan struct{})}
		c.Override.Kind, c.Override.Space.ClientID = core.KindDeveloperSpace, "client"
	})
}

func TestTheLastDoorbellIsRememberedAcrossARestart(t *testing.T) {
	dir, now := t.TempDir(), time.Date(2026, 6, 18, 10, 41, 0, 0, time.UTC)
	d := spaceDesk(t, dir, func() time.Time { return now })
	if at := d.Status().Doorbell; !at.IsZero() {
		t.Errorf("before the first doorbell it rang at %v", at)
	}
	if d.Status().Kind != core.KindDeveloperSpace {
		t.Errorf("the status says kind %q", d.Status().Kind)
	}
	ring := func(id, signature string) {
		post(t, d.url, id, signature)
	}
	ring("forged", "")
	if at := d.Status().Doorbell; !at.IsZero() {
		t.Error("a stranger counts as AppFolio's ring")
	}
	ring("one", "signed")
	if at := d.Status().Doorbell; !at.Equal(now) {
		t.Errorf("rang at %v, want %v", at, now)
	}
	now = now.Add(time.Hour)
	ring("one", "signed")
	if at := d.Status().Doorbell; !at.Equal(now) {
		t.Errorf("told again it rang at %v, want %v", at, now)
	}
	add := core.Event{ID: "derived", Type: core.TypeTenantCreated, ReceivedAt: now, Detail: core.Tenant{ID: "7"}, Body: []byte("{}")}
	if _, _, err := d.store.Add(add); err != nil {
		t.Fatal(err)
	}
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	again := spaceDesk(t, dir, func() time.Time { return now })
	if at, want := again.Status().Doorbell, now.Add(-time.Hour); !at.Equal(want) {
		t.Errorf("after a restart it rang at %v, want %v", at, want)
	}
}

func TestOfADeveloperSpaceTheCheckKnowsOnlyThatItRang(t *testing.T) {
	d := spaceDesk(t, t.TempDir(), nil)
	c := d.expect(t, core.CheckRegistration, core.CheckUnknown, nil)
	if !c.When.IsZero() {
		t.Errorf("nothing rang, at %v", c.When)
	}
	post(t, d.url, "one", "signed")
	c = d.expect(t, core.CheckRegistration, core.CheckGood, nil)
	if !c.When.Equal(d.Status().Doorbell) {
		t.Errorf("rang at %v, want %v", c.When, d.Status().Doorbell)
	}
}

func TestWhatIsReadBackIsNoDelivery(t *testing.T) {
	d := spaceDesk(t, t.TempDir(), nil)
	for i := range 5 {
		id := fmt.Sprint("receipt:", i)
		add := core.Event{ID: id, Type: core.TypePaymentReceived, ReceivedAt: time.Now().UTC(), Detail: core.Payment{Lease: "1", Amount: 5, AmountKnown: true}, Body: []byte("{}")}
		if _, _, err := d.store.Add(add); err != nil {
			t.Fatal(err)
		}
	}
	if c := d.expect(t, core.CheckSignatures, core.CheckUnknown, nil); c.Good != 0 {
		t.Errorf("%d deliveries, though none ever came", c.Good)
	}
	post(t, d.url, "one", "signed")
	if c := d.expect(t, core.CheckSignatures, core.CheckGood, nil); c.Good != 1 {
		t.Errorf("%d deliveries, want 1", c.Good)
	}
}

func TestNobodyButAppFolioSendsATestEventOfADeveloperSpace(t *testing.T) {
	d := spaceDesk(t, t.TempDir(), nil)
	if _, err := d.SendTest(t.Context()); !errors.Is(err, core.ErrTestByHand) {
		t.Errorf("error %v, want %v", err, core.ErrTestByHand)
	}
}

func TestRefusedReceiptsAreSaidToBeThoseOfTheReportsAPI(t *testing.T) {
	d := spaceDesk(t, t.TempDir(), nil)
	a := d.Account()
	a.Secrets.ClientSecret = core.NewSecret("the right one")
	records, receipts := d.TryAccount(t.Context(), a)
	if records != nil || !errors.Is(receipts, core.ErrReportsCredentials) {
		t.Errorf("records %v, receipts %v", records, receipts)
	}
	a.Secrets.ClientSecret = core.NewSecret("another")
	if records, _ = d.TryAccount(t.Context(), a); !errors.Is(records, core.ErrCredentials) || errors.Is(records, core.ErrReportsCredentials) {
		t.Errorf("records %v", records)
	}
	told := watch(t, d, func(c core.Change) error { return c.Status.Reading.Receipts })
	d.run(t)
	for err := range told {
		if errors.Is(err, core.ErrReportsCredentials) {
			return
		}
	}
}

func TestWhatCompletesAnAccountOpensTheDoorAndIsReadAtOnce(t *testing.T) {
	space := devSpace{woken: make(chan struct{})}
	d := newDesk(t, t.TempDir(), func(c *bell.Config) {
		c.Space, c.Vault = space, &vault{}
	})
	told := watch(t, d, func(c core.Change) core.Connection { return c.Status.Connection })
	d.run(t)
	s := d.Settings()
	s.Kind, s.Space.ClientID = core.KindDeveloperSpace, "client"
	if err := d.Change(t.Context(), func(saved *core.Settings) { *saved = s }); err != nil {
		t.Fatal(err)
	}
	for c := range told {
		if c == core.Listening {
			break
		}
	}
	go func() { // the b must not wait for this test
		for range told {
		}
	}()
	for _, name := range []string{"settings", "client secret", "asked"} {
		switch name {
		case "client secret":
			if err := d.ChangeSecrets(t.Context(), func(s *core.Secrets) { s.ClientSecret = core.NewSecret("secret") }); err != nil {
				t.Fatal(err)
			}
		case "asked":
			d.ReadNow()
		}
		select {
		case <-space.woken:
		case <-time.After(10 * time.Second):
			t.Fatalf("nothing is read after: %s", name)
		}
	}
}

func TestHealthCheckTellsOfAnotherAccount(t *testing.T) {
	now := time.Date(2026, 6, 18, 10, 41, 0, 0, time.UTC)
	d := spaceDesk(t, t.TempDir(), func() time.Time { return now })
	d.expect(t, core.CheckSignatures, core.CheckUnknown, nil)
	for range 3 {
		if got := answerOf(d.Bell, "another's"); got != `200 {"received":true,"ignored":true}` {
			t.Errorf("answered %s", got)
		}
	}
	post(t, d.url, "evt_1", "x")
	d.expect(t, core.CheckSignatures, core.CheckWarn, core.ErrOtherAccount)
	if s := d.Status(); s.Ignored.Count != 3 || s.Summary.Events != 1 {
		t.Errorf("%d ignored, %d kept", s.Ignored.Count, s.Summary.Events)
	}
	now = now.Add(48 * time.Hour)
	d.expect(t, core.CheckSignatures, core.CheckUnknown, nil)
}
