package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// keyring is a vault whose password store may be locked.
type keyring struct {
	uitest.Keeper
	err   error
	asked int
}

func (k *keyring) Load() (core.Secrets, error) {
	if k.err != nil {
		return core.Secrets{}, k.err
	}
	return k.Keeper.Load()
}

func (k *keyring) Unlock(core.Secret) error { k.asked++; return k.err }

var (
	errStoreAsks   = fmt.Errorf("%w: %w: %w", core.ErrNoVault, core.ErrKeychainLocked, context.DeadlineExceeded)
	errStoreLocked = fmt.Errorf("load secrets: %w", core.ErrKeychainLocked)
)

func behindKeyring(t *testing.T, err error) (settingsDesk, *keyring) {
	t.Helper()
	vault := &keyring{err: err}
	vault.Kept = core.Secrets{WebhookSecret: core.NewSecret("whsec"), Authtoken: core.NewSecret("token_0123456789")}
	return openSettings(t, func(c *bell.Config) { c.Vault = vault }), vault
}

// refresh shows the bell's present status, as a change would.
func (d settingsDesk) refresh() { d.changed(core.Change{Status: d.bell.Status()}, nil) }

func onPage(d settingsDesk) string {
	return strings.Join(uitest.Texts(d.settings.Page.Object), " | ")
}

func TestLockedPasswordStoreIsNotTakenForAnEmptyOne(t *testing.T) {
	for _, err := range []error{errStoreAsks, errStoreLocked} {
		d, vault := behindKeyring(t, err)
		text := onPage(d)
		for _, gone := range []string{"Paste the key", "Paste the authtoken", "Make new", "Not made yet", "Needs the API key first"} {
			if strings.Contains(text, gone) {
				t.Errorf("%v: Settings still say %q", err, gone)
			}
		}
		for _, shown := range []string{"Locked", "Unlock", "Keep keys in memory"} {
			if !strings.Contains(text, shown) {
				t.Errorf("%v: Settings do not say %q", err, shown)
			}
		}
		uitest.Tap(t, d.settings.Page.Object, "Unlock")
		d.work.All(t)
		if vault.asked != 1 {
			t.Errorf("%v: the store was asked %d times", err, vault.asked)
		}
		vault.err = nil
		uitest.Tap(t, d.settings.Page.Object, "Unlock")
		d.work.All(t)
		if text := onPage(d); strings.Contains(text, "Locked") || !strings.Contains(text, "Make new") {
			t.Errorf("%v: unlocked, Settings say %s", err, text)
		}
	}
}

func TestLockedPasswordStoreIsToldEverywhere(t *testing.T) {
	for title, err := range map[string]error{
		"Your password store asks for its password": errStoreAsks,
		"Your password store is locked":             errStoreLocked,
	} {
		d := open(t, uitest.OpenStore(t, t.TempDir()), kit.Light, windowSize)
		s := allWell(t, d.bell)
		s.Connection, s.Vault = core.ConnectionOff, err
		d.changed(core.Change{Status: s}, nil)
		d.wantShown(t, "Locked", title, title+".", "Unlock", "Keep keys in memory")
		d.wantGone(t, "All is well.", "Not set up")
		if line := trayLine(s, present); line != "Locked" || trayStateOf(s, present) != trayOffline {
			t.Errorf("the tray says %q", line)
		}
	}
}

func TestKeysAreBeingReadBeforeAnythingIsSaidToBeWrong(t *testing.T) {
	d := open(t, uitest.OpenStore(t, t.TempDir()), kit.Light, windowSize)
	s := allWell(t, d.bell)
	s.Connection, s.Vault = core.ConnectionOff, core.ErrKeychainSlow
	d.changed(core.Change{Status: s}, nil)
	d.wantShown(t, "Connecting", "Reading your keys")
	d.wantGone(t, "All is well.", "Not set up", "Locked", "Unlock")
}

func TestKeysForThisRunAreOfferedAndSaidToGo(t *testing.T) {
	d, vault := behindKeyring(t, errStoreLocked)
	uitest.Tap(t, d.settings.Page.Object, "Keep keys in memory")
	if text := overlayText(d); !strings.Contains(text, "gone when Rentbell is closed") {
		t.Fatalf("it asks %q", text)
	}
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Keep keys in memory"))
	d.work.All(t)
	if text := onPage(d); strings.Contains(text, "Locked") || !strings.Contains(text, "In memory") || !strings.Contains(text, "Unlock") {
		t.Errorf("Settings say %s", text)
	}
	d.saver.ChangeSecrets(func(s *core.Secrets) { s.Authtoken = core.NewSecret("pasted_0123456789") }, nil)
	d.work.All(t)
	if d.bell.Secrets().Authtoken.Reveal() != "pasted_0123456789" || vault.Kept.Authtoken.Reveal() != "token_0123456789" {
		t.Error("the pasted key does not count, or was saved")
	}
}

func TestFirstRunWaitsUntilItIsKnownWhetherKeysAreThere(t *testing.T) {
	d, vault := behindKeyring(t, errStoreAsks)
	d.welcomeUndecided = true
	d.startWelcome()
	d.refresh()
	if d.welcome != nil {
		t.Fatal("the first run begins although keys may be there")
	}
	vault.err, vault.Kept = nil, core.Secrets{}
	if err := d.bell.Unlock(t.Context(), core.Secret{}); err != nil {
		t.Fatal(err)
	}
	d.refresh()
	if d.welcome == nil {
		t.Error("nothing was ever set up, and the first run does not begin")
	}
}

func TestLockedPasswordStoreIsRemindedOfOnceWhileTheWindowIsAway(t *testing.T) {
	d, _ := behindKeyring(t, errStoreLocked)
	d.hidden = true
	d.remindedOnce(t, "Open Rentbell and unlock your password store. Until then AppFolio cannot deliver.")
}

func TestLockedPasswordStoreLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	d := openIn(t, uitest.Office(t), kit.Theme{Appearance: kit.Light, Still: true}, usual, func(c *bell.Config) { c.Vault = &keyring{err: errStoreAsks} })
	d.bare.report = func() core.Report {
		r := uitest.WellReport(d.status)
		for i, c := range r.Checks {
			if c.Name == core.CheckTunnel || c.Name == core.CheckSecrets {
				r.Checks[i] = core.Check{Name: c.Name, State: core.CheckBad, Err: errStoreAsks}
			}
		}
		return r
	}
	d.changed(core.Change{Status: d.bell.Status()}, nil)
	d.Open(overviewSection)
	looks(t, "locked_overview", d.UI)
	d.showSettings()
	looks(t, "locked_settings", d.UI)
}
