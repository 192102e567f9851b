package settings

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/explain/wordtest"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

// cards are those of the Connection tab.
func (d *desk) cards(t *testing.T) (*appFolioCard, *addressCard, *webhookCard) {
	t.Helper()
	return partOf[*appFolioCard](t, d), partOf[*addressCard](t, d), partOf[*webhookCard](t, d)
}

// labelled finds a field by its label.
func (c *card) labelled(t *testing.T, label string) *field {
	t.Helper()
	for _, f := range c.fields {
		if f.label == label {
			return f
		}
	}
	t.Fatalf("no field %q", label)
	return nil
}

func TestTypedKeyIsSavedAndForgotten(t *testing.T) {
	d := openDesk(t, nil)
	keys, _, _ := d.cards(t)
	if !keys.key.editing.Visible() || !keys.key.saveIt.Disabled() {
		t.Fatal("without a key, no empty entry waits for one")
	}
	test.Type(keys.key.entry, "  “Bearer af_live_0123\u200b456789_4f2a” ")
	test.Tap(keys.key.saveIt)
	if !keys.key.entry.Disabled() || keys.key.caption.Text() != "Saving" {
		t.Errorf("while it is being saved, the entry can be changed or says %q", keys.key.caption.Text())
	}
	d.work.All(t)
	if got := d.vault.Kept.APIKey.Reveal(); got != "af_live_0123456789_4f2a" {
		t.Errorf("the vault holds %q", got)
	}
	if keys.key.entry.Text != "" {
		t.Error("the typed key stays in the entry")
	}
	if got, want := keys.key.value.Text(), strings.Repeat("•", 16)+"4f2a"; got != want || !keys.key.resting.Visible() {
		t.Errorf("shows %q, want %q", got, want)
	}

	test.Tap(keys.key.change)
	test.Type(keys.key.entry, "another")
	test.Tap(keys.key.leave)
	d.work.All(t)
	if keys.key.entry.Text != "" || keys.key.editing.Visible() || d.vault.Kept.APIKey.Hint() != "4f2a" {
		t.Error("Cancel does not leave things as they were")
	}
}

func TestKeyThatAppFolioRefusesIsNotKept(t *testing.T) {
	d := openDesk(t, nil)
	keys, _, _ := d.cards(t)
	test.Type(keys.key.entry, "af_live_mistyped_0000")
	test.Tap(keys.key.saveIt)
	d.work.All(t)
	if !d.vault.Kept.APIKey.IsZero() || !strings.Contains(keys.key.caption.Text(), "does not accept the API key") {
		t.Errorf("kept: %v; it says %q", !d.vault.Kept.APIKey.IsZero(), keys.key.caption.Text())
	}
	if keys.key.entry.Text != "af_live_mistyped_0000" {
		t.Error("what was typed is gone, and cannot be mended")
	}
}

func TestSecretIsNeverShown(t *testing.T) {
	d := openDesk(t, func(c *bell.Config) {
		c.Vault.(*uitest.Keeper).Kept = core.Secrets{
			APIKey: core.NewSecret("af_live_0123456789_4f2a"), Authtoken: core.NewSecret("2abcdefghijklmnopqrstuvQm7t"),
			WebhookSecret: core.NewSecret("rb_7f41aaaaaaaaaaaaaaaaaaaaaaaac09e"),
		}
	})
	keys, address, _ := d.cards(t)
	for _, f := range []*field{keys.key, keys.secret, address.labelled(t, "ngrok authtoken")} {
		if text := f.value.Text(); strings.ContainsAny(strings.Trim(text, "•"), "_") || len([]rune(text)) != 20 {
			t.Errorf("shows %q", text)
		}
		if f.entry.Text != "" {
			t.Error("an entry holds a secret")
		}
	}
	test.Tap(keys.secret.copyIt)
	if got := d.app.Clipboard().Content(); got != "rb_7f41aaaaaaaaaaaaaaaaaaaaaaaac09e" || keys.secret.copyIt.AccessibilityLabel() != "Copied" {
		t.Errorf("Copy gives %q and says %q", got, keys.secret.copyIt.AccessibilityLabel())
	}
	d.refresh()
	if got := keys.secret.copyIt.AccessibilityLabel(); got != "Copy" {
		t.Errorf("a minute later it says %q", got)
	}
}

func TestKeychainThatRefusesIsToldAndTheEntryStays(t *testing.T) {
	d := openDesk(t, nil)
	d.vault.Err = errors.New("dbus: item is locked: af_live_0123456789")
	keys, _, _ := d.cards(t)
	keys.key.entry.SetText("af_live_0123456789_4f2a")
	test.Tap(keys.key.saveIt)
	d.work.All(t)
	if text := keys.key.caption.Text(); !strings.HasPrefix(text, "Your password store did not take it. ") {
		t.Errorf("says %q", text)
	}
	if !keys.key.editing.Visible() || keys.key.entry.Text == "" || keys.key.saveIt.Disabled() {
		t.Error("what was typed is gone although it was not saved")
	}
}

func TestWithoutKeychainTheWindowSaysSo(t *testing.T) {
	d := openDesk(t, func(c *bell.Config) { c.Vault = uitest.NoVault{} })
	keys, _, _ := d.cards(t)
	keys.key.entry.SetText("af_live_0123456789_4f2a")
	test.Tap(keys.key.saveIt)
	d.work.All(t)
	if got, want := keys.key.caption.Text(), "Kept in memory only. After a restart, paste it again."; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	if d.bell.Secrets().APIKey.IsZero() {
		t.Error("the key is not in force")
	}
	texts := strings.Join(uitest.Texts(d.titled(t, "Keys").object), "|")
	if !strings.Contains(texts, "memory only") || !strings.Contains(texts, "Keep in a file") || strings.Contains(texts, "Unlock") {
		t.Errorf("Data says %q and offers no file", texts)
	}
}

func TestMakingANewSecretLooksForConsentFirst(t *testing.T) {
	empty := openDesk(t, nil)
	keys, _, _ := empty.cards(t)
	test.Tap(keys.secret.change)
	empty.work.All(t)
	if empty.vault.Kept.WebhookSecret.IsZero() || empty.window.Canvas().Overlays().Top() != nil {
		t.Fatal("the first secret is not made at once")
	}

	first := core.NewSecret("rb_7f41aaaaaaaaaaaaaaaaaaaaaaaac09e")
	d := openDesk(t, func(c *bell.Config) { c.Vault.(*uitest.Keeper).Kept.WebhookSecret = first })
	keys, _, _ = d.cards(t)
	test.Tap(keys.secret.change)
	top := d.window.Canvas().Overlays().Top()
	if top == nil || d.vault.Kept.WebhookSecret != first {
		t.Fatal("a new secret is made without asking")
	}
	d.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if d.window.Canvas().Overlays().Top() != nil || d.vault.Kept.WebhookSecret != first {
		t.Fatal("Esc does not leave the old one")
	}
	test.Tap(keys.secret.change)
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Make new"))
	d.work.All(t)
	if d.vault.Kept.WebhookSecret == first || d.window.Canvas().Overlays().Top() != nil {
		t.Error("Make new makes none, or the question stays")
	}
}

func TestAddressIsSpelledOutAndChecked(t *testing.T) {
	d := openDesk(t, nil)
	_, card, _ := d.cards(t)
	address := card.labelled(t, "Reserved address")
	address.entry.SetText("oakline.ngrok.app/")
	test.Tap(address.saveIt)
	d.work.All(t)
	if got := d.bell.Settings().Address; got != "https://oakline.ngrok.app" {
		t.Errorf("saved %q", got)
	}
	if got := address.value.Text(); got != "oakline.ngrok.app" {
		t.Errorf("shows %q", got)
	}
	test.Tap(address.change)
	if address.entry.Text != "oakline.ngrok.app" {
		t.Errorf("to change, it offers %q", address.entry.Text)
	}
	address.entry.SetText("http://oakline.ngrok.app/hooks")
	test.Tap(address.saveIt)
	d.work.All(t)
	if got := address.caption.Text(); !strings.HasPrefix(got, "This is no reserved address. ") {
		t.Errorf("says %q", got)
	}
	address.entry.SetText("")
	test.Tap(address.saveIt)
	d.work.All(t)
	if got := d.bell.Settings().Address; got != "" {
		t.Errorf("cleared, it is %q", got)
	}
}

func TestWhatThisRunWasGivenCannotBeChanged(t *testing.T) {
	d := openDesk(t, func(c *bell.Config) {
		c.Override.Secrets = core.Secrets{
			APIKey: core.NewSecret("key-of-this-run-0000"), WebhookSecret: core.NewSecret("secret-of-this-run-1"), Authtoken: core.NewSecret("token-of-this-run-22"),
		}
		c.Override.Tunnel.URL = "https://given.ngrok.app"
	})
	keys, address, _ := d.cards(t)
	token, reserved := address.labelled(t, "ngrok authtoken"), address.labelled(t, "Reserved address")
	for _, f := range []*field{keys.key, keys.secret, token, reserved} {
		if f.caption.Text() != givenForThisRun() || !f.resting.Visible() {
			t.Errorf("%q says %q", f.value.Text(), f.caption.Text())
		}
	}
	for _, b := range []*kit.Button{keys.key.change, keys.secret.change, token.change, reserved.change} {
		if b.Visible() {
			t.Errorf("%s can be pressed", b.AccessibilityLabel())
		}
	}
	if got := reserved.value.Text(); got != "given.ngrok.app" {
		t.Errorf("address %q", got)
	}
	listen := openDesk(t, func(c *bell.Config) { c.Override.Tunnel.Kind = core.TunnelLoopback })
	_, address, _ = listen.cards(t)
	if got := address.labelled(t, "Reserved address").caption.Text(); !strings.Contains(got, "this computer only") {
		t.Errorf("listening on loopback, it says %q", got)
	}
}

func TestRegisterButtonFollowsTheRegistration(t *testing.T) {
	secrets := core.Secrets{APIKey: core.NewSecret("k"), WebhookSecret: core.NewSecret("s")}
	at := uitest.Present.Add(-time.Hour)
	registered := core.RegistrationStatus{Address: "https://oakline.ngrok.app" + core.WebhookPath, At: at}
	with := func(p core.Progress, problem error) core.RegistrationStatus {
		r := registered
		r.Progress, r.Problem, r.RetryAt = p, problem, uitest.Present.Add(2*time.Minute)
		return r
	}
	tests := []struct {
		name    string
		r       core.RegistrationStatus
		secrets core.Secrets
		chip    string
		text    string // part of it
		ready   bool
		note    string
	}{
		{"new", core.RegistrationStatus{}, secrets, "Needs registering", "does not know your address", true, ""},
		{"no key", core.RegistrationStatus{}, core.Secrets{WebhookSecret: secrets.WebhookSecret}, "Needs registering", "", false, "Needs the API key first"},
		{"no address", core.RegistrationStatus{Progress: core.Waiting}, secrets, "Waiting", "as soon as your address is open", false, "Needs an address first"},
		{"no secret", core.RegistrationStatus{}, core.Secrets{APIKey: secrets.APIKey}, "Needs registering", "", false, "Needs a webhook secret first"},
		{"waiting", with(core.Waiting, nil), secrets, "Waiting", "as soon as your address is open", true, "Last registered at 9:42 AM"},
		{"on its way", with(core.Registering, nil), secrets, "Registering", "being told", false, "Last registered at 9:42 AM"},
		{"done", with(core.Registered, nil), secrets, "Registered", "to oakline.ngrok.app.", true, "Last registered at 9:42 AM"},
		{"busy", with(core.Retrying, &core.SubscribeError{Status: 429}), secrets, "Trying again", "AppFolio asks Rentbell to wait", true, "Tries again at 10:44 AM"},
		{"refused", with(core.Declined, &core.SubscribeError{Status: 401}), secrets, "Not accepted", "AppFolio does not accept the API key", true, "Last registered at 9:42 AM"},
	}
	for _, tt := range tests {
		s := core.Status{Connection: core.Listening, Registration: tt.r}
		if tt.name == "no address" {
			s.Connection = core.ConnectionOff
		}
		w := frame.DescribeRegistration(s, tt.secrets, uitest.Present)
		if w.Chip != tt.chip || !strings.Contains(w.Text, tt.text) || w.Ready != tt.ready || w.Note != tt.note {
			t.Errorf("%s: %+v", tt.name, w)
		}
		wordtest.Style(t, tt.name, w.Text)
	}
}

func TestPressingRegisterKeepsRegistered(t *testing.T) {
	d := openDesk(t, func(c *bell.Config) {
		c.Vault.(*uitest.Keeper).Kept = core.Secrets{APIKey: core.NewSecret("k"), WebhookSecret: core.NewSecret("s")}
	})
	_, _, webhook := d.cards(t)
	if !webhook.button.Disabled() || !webhook.note.Visible() || webhook.note.Text() != "Needs an address first" {
		t.Errorf("without an address it can be registered, or it says %q", webhook.note.Text())
	}
	d.status.Connection = core.Listening
	d.refresh()
	test.Tap(webhook.button)
	if !webhook.button.Disabled() {
		t.Error("the button can be pressed twice")
	}
	d.work.All(t)
	if !d.bell.Settings().Register {
		t.Error("nothing is wanted")
	}
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	d.status.Connection = core.Listening
	d.refresh()
	test.Tap(webhook.button)
	d.work.All(t)
	if got := webhook.note.Text(); got != words.Tongue.Error(core.ErrStorage).Text() {
		t.Errorf("with a broken disk it says %q", got)
	}
}

func TestSwitchesAreSavedOrGoBack(t *testing.T) {
	d := openDesk(t, nil)
	bells, closing := d.titled(t, "Tell me about"), d.titled(t, "Keep listening when closed")
	tap := func(c *card, name string) { test.Tap(find[*kit.Switch](t, c.object, name)) }
	tap(bells, "Payments")
	tap(bells, "Tenants")
	test.Tap(find[*kit.Check](t, bells.object, "Work orders: ring the bell"))
	tap(closing, "Keep listening when closed")
	d.work.All(t)
	s := d.bell.Settings()
	if s.Bell.Payments || !s.Bell.Tenants || !s.Bell.WorkOrders || !s.Bell.Sound.WorkOrders || s.CloseToTray {
		t.Errorf("saved %+v", s)
	}
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	tap(bells, "Work orders")
	tap(closing, "Keep listening when closed")
	d.work.All(t)
	if !find[*kit.Switch](t, bells.object, "Work orders").On() || find[*kit.Switch](t, closing.object, "Keep listening when closed").On() || !bells.trouble.Visible() || !closing.trouble.Visible() {
		t.Error("switches that could not be saved do not go back and say so")
	}
}

func TestPauseAndResume(t *testing.T) {
	d := openDesk(t, nil)
	pause := d.titled(t, "Pause the bell")
	uitest.Tap(t, pause.object, "Until tomorrow")
	d.work.All(t)
	if got, want := d.bell.Settings().MutedUntil, time.Date(2026, 6, 19, 7, 0, 0, 0, uitest.NewYork); !got.Equal(want) {
		t.Errorf("paused until %v, want %v", got, want)
	}
	if says(pause.object, "Until tomorrow") || !says(pause.object, "Paused until tomorrow at 7:00 AM.") {
		t.Errorf("says %q", uitest.Texts(pause.object))
	}
	uitest.Tap(t, pause.object, "Resume the bell")
	d.work.All(t)
	if !d.bell.Settings().MutedUntil.IsZero() || !says(pause.object, "Until tomorrow") {
		t.Error("still paused")
	}
}

func TestChangesDoNotUndoEachOther(t *testing.T) {
	d := openDesk(t, nil)
	d.saver.Change(func(s *core.Settings) { s.Bell.Payments = false }, nil)
	d.saver.Change(func(s *core.Settings) { s.CloseToTray = false }, nil)
	d.saver.Change(func(s *core.Settings) { s.ExportDir = "/x" }, nil)
	if len(*d.work) != 1 {
		t.Fatalf("%d saves at a time", len(*d.work))
	}
	d.work.All(t)
	if s := d.bell.Settings(); s.Bell.Payments || s.CloseToTray || s.ExportDir != "/x" {
		t.Errorf("saved %+v", s)
	}
}
