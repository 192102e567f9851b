package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/kit"
	"rentbell/ui/settings"
	"rentbell/ui/uitest"
)

// safe is a vault whose file opens with one passphrase.
type safe struct {
	uitest.Keeper
	passphrase string
	open       bool
	kind       core.VaultKind
}

func (s *safe) Kind() core.VaultKind { return s.kind }

func (s *safe) Load() (core.Secrets, error) {
	if s.kind == core.VaultFile && !s.open {
		return core.Secrets{}, core.ErrLocked
	}
	return s.Keeper.Load()
}

func (s *safe) Unlock(p core.Secret) error {
	if p.Reveal() != s.passphrase {
		return core.ErrPassphrase
	}
	s.open = true
	return nil
}

func (s *safe) Move(to core.VaultKind, p core.Secret) error {
	s.kind, s.passphrase, s.open = to, p.Reveal(), true
	return nil
}

// lockedDesk returns a UI whose keys are locked.
func lockedDesk(t *testing.T) (settingsDesk, *safe) {
	t.Helper()
	vault := &safe{passphrase: "alder court 2A rings", kind: core.VaultFile}
	vault.Kept = core.Secrets{WebhookSecret: core.NewSecret("whsec"), Authtoken: core.NewSecret("token_0123456789")}
	return openSettings(t, func(c *bell.Config) { c.Vault = vault }), vault
}

// typePassphrase fills the entries of the open dialog and presses its button.
func typePassphrase(t *testing.T, d settingsDesk, verb string, texts ...string) {
	t.Helper()
	top := d.window.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("no dialog asks")
	}
	var entries []*kit.Entry
	uitest.Walk(top, func(o fyne.CanvasObject) {
		if e, ok := o.(*kit.Entry); ok {
			entries = append(entries, e)
		}
	})
	for i, text := range texts {
		entries[i].SetText(text)
	}
	test.Tap(uitest.ButtonIn(t, top, verb))
	d.work.All(t)
}

func overlayText(d settingsDesk) string {
	var all []string
	if top := d.window.Canvas().Overlays().Top(); top != nil {
		uitest.Walk(top, func(o fyne.CanvasObject) {
			if p, ok := o.(*kit.Prose); ok && p.Visible() {
				all = append(all, p.Text())
			}
		})
	}
	return strings.Join(all, " ")
}

func TestLockedKeysAreLookedForWhenTheWindowComesUp(t *testing.T) {
	d, vault := lockedDesk(t)
	looks(t, "unlock", d.UI)
	typePassphrase(t, d, "Unlock", "not it")
	if text := overlayText(d); !strings.Contains(text, "not the passphrase") || vault.open {
		t.Fatalf("a wrong passphrase: %q", text)
	}
	typePassphrase(t, d, "Unlock", "alder court 2A rings")
	if d.window.Canvas().Overlays().Top() != nil || d.bell.Secrets().Authtoken.IsZero() {
		t.Error("the right passphrase does not unlock")
	}
	d.Hide()
	d.Show()
	if d.window.Canvas().Overlays().Top() != nil {
		t.Error("it asks again although nothing is locked")
	}
}

func TestLockedKeysAreRemindedOfOnceWhileTheWindowIsAway(t *testing.T) {
	d, _ := lockedDesk(t)
	d.asked, d.hidden = false, true
	d.remindedOnce(t, "Open Rentbell and enter your passphrase. Until then AppFolio cannot deliver.")
}

// remindedOnce lets time pass and checks that exactly one notification was
// shown, and that pressing it opens the window.
func (d settingsDesk) remindedOnce(t *testing.T, body string) {
	t.Helper()
	for range 2 {
		d.tick()
		d.work.All(t)
	}
	if got := d.screen.shown; len(got) != 1 || got[0].Title != "Your keys are locked" || got[0].Body != body {
		t.Fatalf("shown %+v", got)
	}
	d.screen.press(t)
	d.work.All(t)
	if d.hidden {
		t.Error("a press does not open the window")
	}
}

func TestKeysMoveIntoAFileUnderAPassphraseThatLooksGood(t *testing.T) {
	vault := &safe{kind: core.VaultMemory}
	d := openSettings(t, func(c *bell.Config) { c.Vault = vault })
	d.settings.Open(settings.DataTab)
	uitest.Tap(t, d.settings.Page.Object, "Keep in a file")
	looks(t, "protect", d.UI)
	typePassphrase(t, d, "Keep in a file", "short", "short")
	if text := overlayText(d); !strings.Contains(text, "at least 10") || vault.kind != core.VaultMemory {
		t.Fatalf("a short one: %q", text)
	}
	typePassphrase(t, d, "Keep in a file", "alder court 2A rings", "alder court 2B rings")
	if text := overlayText(d); !strings.Contains(text, "not the same") || vault.kind != core.VaultMemory {
		t.Fatalf("two different ones: %q", text)
	}
	typePassphrase(t, d, "Keep in a file", "alder court 2A rings", "alder court 2A rings")
	if vault.kind != core.VaultFile || vault.passphrase != "alder court 2A rings" || d.window.Canvas().Overlays().Top() != nil {
		t.Fatal("the keys are not in the file")
	}
	page := uitest.Texts(d.settings.Page.Object)
	if !slices.Contains(page, "Move to the password store") || slices.Contains(page, "Keep in a file") {
		t.Error("the card does not know where the keys are")
	}
	uitest.Tap(t, d.settings.Page.Object, "Move to the password store")
	d.work.All(t)
	if vault.kind != core.VaultKeychain {
		t.Error("the keys do not move back")
	}
}
