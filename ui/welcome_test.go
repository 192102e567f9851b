package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/store"
	"rentbell/ui/kit"
)

func TestWelcomeLooks(t *testing.T) {
	db, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	secret := core.NewSecret("rb_7f41aaaaaaaaaaaaaaaaaaaaaaaac09e")
	for name, look := range map[string]kit.Appearance{"welcome": kit.Light, "welcome_dark": kit.Dark} {
		t.Run(name, func(t *testing.T) {
			d := open(t, db, look, windowSize)
			v := newWelcomeView(secret, welcomeActions{})
			d.window.SetContent(v.object)
			v.key.SetText("af_live_0123456789")
			assertLooks(t, name, d.window)
		})
	}
	t.Run("address", func(t *testing.T) {
		d := open(t, db, kit.Light, windowSize)
		v := newWelcomeView(secret, welcomeActions{})
		d.window.SetContent(v.object)
		v.moveTo(1)
		assertLooks(t, "welcome_address", d.window)
	})
	t.Run("small", func(t *testing.T) {
		d := open(t, db, kit.Light, fyne.NewSize(900, 600))
		v := newWelcomeView(secret, welcomeActions{})
		d.window.SetContent(v.object)
		d.window.Resize(fyne.NewSize(900, 600))
		assertLooks(t, "welcome_small", d.window)
	})
	t.Run("bell", func(t *testing.T) {
		d := open(t, db, kit.Light, windowSize)
		v := newWelcomeView(secret, welcomeActions{})
		d.window.SetContent(v.object)
		v.moveTo(2)
		s, secrets := listening(), core.Secrets{APIKey: secret, WebhookSecret: secret}
		v.show(describeRegistration(s, secrets, june18))
		assertLooks(t, "welcome_bell", d.window)
		s.Registration = core.RegistrationStatus{Progress: core.Registered, Address: s.Address + core.WebhookPath, At: june18}
		v.show(describeRegistration(s, secrets, june18))
		assertLooks(t, "welcome_done", d.window)
	})
}
