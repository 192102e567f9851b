package bell_test

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/bell"
)

// aYear is how far the clock is put back.
const aYear = 365 * 24 * time.Hour

// busy is an AppFolio that never has time for a registration.
type busy struct {
	core.Registrar
	asked atomic.Int32
}

func (b *busy) Subscribe(context.Context, core.Subscription) (string, error) {
	b.asked.Add(1)
	return "", &core.SubscribeError{Status: http.StatusServiceUnavailable}
}

func (b *busy) Subscriptions(context.Context, core.Subscription) ([]core.Subscribed, error) {
	return nil, nil
}

func TestRegistrationIsTriedAgainAfterTheClockWasPutBack(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		clock, source := &skewed{}, &busy{Registrar: appfolio.New()}
		_, stop := inBubble(t, dir, func(c *bell.Config) {
			c.Tunnel, c.Source, c.Now, c.Override.Register = &scripted{}, source, clock.wall, true
			c.Vault = &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), Authtoken: core.NewSecret("tok"), APIKey: core.NewSecret("key")}}
		})
		defer stop()
		time.Sleep(time.Minute)
		before := source.asked.Load()
		clock.sleep(-aYear)
		time.Sleep(time.Hour)
		if tries := source.asked.Load() - before; before == 0 || tries < 5 || tries > 30 {
			t.Errorf("asked %d times in a minute, then %d times in the hour after the clock was put back", before, tries)
		}
	})
}

func TestPresenceStaysSaneWhenTheClockIsPutBack(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		clock, tunnel := &skewed{}, &scripted{}
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel, c.Now = tunnel, clock.wall })
		time.Sleep(time.Minute)
		clock.sleep(-aYear)
		time.Sleep(2 * time.Minute)
		if p := b.Presence(); len(p.Gaps) != 0 || b.Status().Connection != core.Listening {
			t.Errorf("with the clock put back: %+v, state %d", p.Gaps, b.Status().Connection)
		}
		dropped := clock.wall()
		tunnel.tell(core.TunnelState{Err: errNoRoute})
		time.Sleep(time.Hour)
		tunnel.tell(core.TunnelState{Up: true})
		if gaps := b.Presence().Gaps; len(gaps) != 1 || !gaps[0].From.Equal(dropped) || gaps[0].To.Sub(gaps[0].From) != time.Hour {
			t.Errorf("an hour's drop is noted as %+v", gaps)
		}
		receive(t, b, rent("evt_back", 1))
		stop()

		clock.sleep(-aYear) // once more, while Rentbell is off
		again, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel, c.Now = &scripted{}, clock.wall })
		defer stop()
		time.Sleep(time.Minute)
		if gaps := again.Presence().Gaps; len(gaps) != 1 || again.Status().Connection != core.Listening {
			t.Errorf("after a restart: %+v, state %d", gaps, again.Status().Connection)
		}
	})
}

func TestReplacedSecretCountsForADayAlsoWhenTheClockIsPutBack(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		clock := &skewed{}
		kept := &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(firstSecret), Authtoken: core.NewSecret("tok")}}
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel, c.Vault, c.Now = &scripted{}, kept, clock.wall })
		defer stop()
		changeSecret(t, b, secondSecret)
		clock.sleep(-aYear)
		body, signature := signedWith(firstSecret, "soon")
		receiveSigned(t, b, body, signature, http.StatusOK)
		time.Sleep(49 * time.Hour) // a day by the alarm that was set, and one by the clock as it is
		body, signature = signedWith(firstSecret, "late")
		receiveSigned(t, b, body, signature, http.StatusUnauthorized)
		if kept.secrets.Retiring != (core.Retiring{}) {
			t.Error("the replaced secret is still kept")
		}
	})
}
