package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/store"
	"rentbell/ui/explain/wordtest"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

func TestWelcomeLooks(t *testing.T) {
	uitest.DrawsOnly(t)
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
			uitest.Looks(t, name, d.window)
		})
	}
	t.Run("address", func(t *testing.T) {
		d := open(t, db, kit.Light, windowSize)
		v := newWelcomeView(secret, welcomeActions{})
		d.window.SetContent(v.object)
		v.moveTo(1)
		uitest.Looks(t, "welcome_address", d.window)
	})
	t.Run("small", func(t *testing.T) {
		d := open(t, db, kit.Light, fyne.NewSize(900, 600))
		v := newWelcomeView(secret, welcomeActions{})
		d.window.SetContent(v.object)
		d.window.Resize(fyne.NewSize(900, 600))
		uitest.Looks(t, "welcome_small", d.window)
	})
	t.Run("space", func(t *testing.T) {
		d := open(t, db, kit.Light, fyne.NewSize(900, 600))
		v := newWelcomeView(secret, welcomeActions{})
		d.window.SetContent(v.object)
		d.window.Resize(fyne.NewSize(900, 600))
		uitest.TapText(t, d.window, "Developer Space")
		uitest.Looks(t, "welcome_space", d.window)
		v.moveTo(2)
		s, a := listening(), core.Account{Kind: core.KindDeveloperSpace}
		s.Kind = a.Kind
		v.show(s, a, frame.DescribeRegistration(s, a.Secrets, june18), june18)
		uitest.Looks(t, "welcome_space_bell", d.window)
	})
	t.Run("space done", func(t *testing.T) {
		d := open(t, db, kit.Dark, windowSize)
		v := newWelcomeView(secret, welcomeActions{})
		d.window.SetContent(v.object)
		uitest.TapText(t, d.window, "Developer Space")
		v.moveTo(2)
		s, a := listening(), core.Account{Kind: core.KindDeveloperSpace}
		s.Kind, s.Doorbell = a.Kind, june18.Add(-time.Minute)
		v.show(s, a, frame.DescribeRegistration(s, a.Secrets, june18), june18)
		uitest.Looks(t, "welcome_space_done_dark", d.window)
	})
	t.Run("bell", func(t *testing.T) {
		d := open(t, db, kit.Light, windowSize)
		v := newWelcomeView(secret, welcomeActions{})
		d.window.SetContent(v.object)
		v.moveTo(2)
		s, secrets := listening(), core.Secrets{APIKey: secret, WebhookSecret: secret}
		v.show(s, core.Account{}, frame.DescribeRegistration(s, secrets, june18), june18)
		uitest.Looks(t, "welcome_bell", d.window)
		s.Registration = core.RegistrationStatus{Progress: core.Registered, Address: s.Address + core.WebhookPath, At: june18}
		v.show(s, core.Account{}, frame.DescribeRegistration(s, secrets, june18), june18)
		uitest.Looks(t, "welcome_done", d.window)
	})
}

// openWelcome is a UI in its first run, over a real bell and store.
func openWelcome(t *testing.T) settingsDesk {
	t.Helper()
	d := openSettings(t, nil)
	if !d.firstRun() {
		t.Fatal("with nothing set up, it is not the first run")
	}
	d.showWelcome()
	return d
}

func TestFirstRunSavesEachStep(t *testing.T) {
	d := openWelcome(t)
	v := d.welcome
	if !v.keyNext.Disabled() {
		t.Error("Continue can be pressed without a key")
	}
	d.app.Clipboard().SetContent("")
	test.Tap(uitest.ButtonIn(t, v.object, "Copy"))
	made := d.app.Clipboard().Content()
	test.Type(v.key, "af_live_0123456789_4f2a")
	test.Tap(v.keyNext)
	if !v.key.Disabled() || !v.keyNext.Disabled() {
		t.Error("while the key is being saved it can be changed")
	}
	d.work.All(t)
	if got := d.vault.kept; got.APIKey.Hint() != "4f2a" || got.WebhookSecret.Reveal() != made || made == "" {
		t.Error("the key or the secret that was shown is not kept")
	}
	if v.at != 1 || v.key.Text != "" {
		t.Fatalf("step %d, with a key in the entry: %v", v.at, v.key.Text != "")
	}

	test.Type(v.token, "2abcdefghijklmnop_Qm7t")
	v.address.SetText("ftp://oakline")
	test.Tap(v.addrNext)
	d.work.All(t)
	if v.at != 1 || !v.addrNote.Visible() || !d.vault.kept.Authtoken.IsZero() {
		t.Fatalf("a wrong address leads to step %d, and the authtoken is kept: %v", v.at, !d.vault.kept.Authtoken.IsZero())
	}
	v.address.SetText("oakline.ngrok.app")
	test.Tap(v.addrNext)
	d.work.All(t)
	if v.at != 1 || !v.addrWait {
		t.Fatalf("step %d before anybody knows whether the address opens", v.at)
	}
	refused := core.Status{Connection: core.ConnectionRefused, Problem: &core.TunnelError{Code: "ERR_NGROK_107", Refused: true}}
	d.showStatus(refused)
	if v.at != 1 || !strings.Contains(v.addrNote.Text(), "refused") || !v.pass.Visible() {
		t.Fatalf("a refused authtoken: step %d, saying %q", v.at, v.addrNote.Text())
	}
	d.showStatus(core.Status{Connection: core.Listening, Address: "https://oakline.ngrok.app"})
	if v.at != 2 || d.vault.kept.Authtoken.Hint() != "Qm7t" || d.bell.Settings().Address != "https://oakline.ngrok.app" {
		t.Fatalf("step %d with address %q", v.at, d.bell.Settings().Address)
	}

	test.Tap(v.register)
	d.work.All(t)
	if !d.bell.Settings().Register {
		t.Error("Register asks for nothing")
	}
	test.Tap(v.later)
	d.work.All(t)
	if !d.bell.Settings().Welcomed || d.firstRun() || d.welcome != nil || d.window.Content() != d.shell.object {
		t.Error("the first run does not end")
	}
}

func TestFirstRunTellsAtOnceThatTheKeyIsWrong(t *testing.T) {
	d := openWelcome(t)
	v := d.welcome
	test.Type(v.key, "af_live_mistyped_0000")
	test.Tap(v.keyNext)
	d.work.All(t)
	if v.at != 0 || !strings.Contains(v.keyNote.Text(), "does not accept") || !d.vault.kept.APIKey.IsZero() {
		t.Errorf("step %d, saying %q", v.at, v.keyNote.Text())
	}
}

func TestFirstRunCanBeLeftForLater(t *testing.T) {
	d := openWelcome(t)
	v := d.welcome
	v.skipKey()
	d.work.All(t)
	if v.at != 1 || d.vault.kept.WebhookSecret.IsZero() || !d.vault.kept.APIKey.IsZero() {
		t.Errorf("without a key: step %d", v.at)
	}
	v.moveTo(2)
	if !v.register.Disabled() {
		t.Error("without a key it can be registered")
	}
}

func TestOnlyTheFirstRunIsOne(t *testing.T) {
	for name, change := range map[string]func(*bell.Config){
		"a secret is kept":           func(c *bell.Config) { c.Vault.(*keeper).kept.WebhookSecret = core.NewSecret("s") },
		"an authtoken is kept":       func(c *bell.Config) { c.Vault.(*keeper).kept.Authtoken = core.NewSecret("t") },
		"a secret is given this run": func(c *bell.Config) { c.Override.Secrets.WebhookSecret = core.NewSecret("s") },
	} {
		if d := openSettings(t, change); d.firstRun() {
			t.Errorf("%s, and it is the first run", name)
		}
	}
}

func TestExploringOpensAnother(t *testing.T) {
	d := openWelcome(t)
	opened := 0
	d.sample = func() error {
		opened++
		return errors.New("exit status 1")
	}
	try := uitest.ButtonIn(t, d.welcome.object, "Explore with sample data")
	test.Tap(try)
	if !try.Disabled() {
		t.Error("it can be pressed twice")
	}
	d.work.All(t)
	if opened != 1 || try.Disabled() || !d.welcome.tryNote.Visible() {
		t.Errorf("opened %d; its failure is told: %v", opened, d.welcome.tryNote.Visible())
	}
	w := words.Tongue.Error(errors.New("exit status 1"))
	wordtest.Words(t, "explore", w.Title, w.Cause, w.Fix)
}
