package bell_test

import (
	"context"
	"errors"
	"testing"

	"rentbell/core"
	"rentbell/core/bell"
)

func TestSecretsOfThisRunAreNotKept(t *testing.T) {
	kept := &vault{secrets: core.Secrets{APIKey: core.NewSecret("kept-key"), WebhookSecret: core.NewSecret(secret)}}
	d := newDesk(t, t.TempDir(), func(c *bell.Config) {
		c.Vault = kept
		c.Override.Secrets.APIKey = core.NewSecret("key-of-this-run")
	})
	if got := d.Secrets().APIKey.Reveal(); got != "key-of-this-run" {
		t.Errorf("in force: %q, want that of this run", got)
	}
	if d.Override().Secrets.APIKey.IsZero() {
		t.Error("nothing tells that the key is of this run")
	}

	setAuthtoken(t, d, "new-token")
	want := core.Secrets{APIKey: core.NewSecret("kept-key"), WebhookSecret: core.NewSecret(secret), Authtoken: core.NewSecret("new-token")}
	if kept.secrets != want {
		t.Error("the vault holds another key than the one that was kept in it")
	}
	if got := d.Secrets(); got.APIKey.Reveal() != "key-of-this-run" || got.Authtoken.Reveal() != "new-token" {
		t.Error("in force is not this run's key beside the new authtoken")
	}
}

func setAuthtoken(t *testing.T, d *desk, value string) {
	t.Helper()
	if err := d.ChangeSecrets(t.Context(), func(s *core.Secrets) { s.Authtoken = core.NewSecret(value) }); err != nil {
		t.Fatal(err)
	}
}

func TestTwoWordsAreNoSecretAndChangeNothing(t *testing.T) {
	before := core.Secrets{APIKey: core.KeptSecret("kept by an earlier version"), Authtoken: core.NewSecret("old-token")}
	kept := &vault{secrets: before}
	d := newDesk(t, t.TempDir(), func(c *bell.Config) { c.Vault = kept })
	err := d.ChangeSecrets(t.Context(), func(s *core.Secrets) { s.Authtoken = core.NewSecret("add-authtoken new-token") })
	if !errors.Is(err, core.ErrBadSecret) || kept.secrets != before || d.Secrets().Authtoken != before.Authtoken {
		t.Errorf("ChangeSecrets = %v, or something has changed", err)
	}
	setAuthtoken(t, d, "“new-token”")
	if got := kept.secrets.Authtoken.Reveal(); got != "new-token" {
		t.Errorf("kept %q", got)
	}
}

func TestChangeWithoutAKeychainStaysInMemoryAndSaysSo(t *testing.T) {
	d := newDesk(t, t.TempDir(), func(c *bell.Config) { c.Vault = &vault{err: core.ErrNoVault} })
	setAuthtoken(t, d, "new-token")
	if got := d.Secrets().Authtoken.Reveal(); got != "new-token" {
		t.Errorf("in force: %q", got)
	}
	if err := d.Status().Vault; !errors.Is(err, core.ErrNoVault) {
		t.Errorf("status says %v, want ErrNoVault", err)
	}
}

func TestKeychainUnlockedLaterLosesNothing(t *testing.T) {
	locked := errors.Join(core.ErrNoVault, context.DeadlineExceeded)
	kept := &vault{err: locked, secrets: core.Secrets{APIKey: core.NewSecret("kept-key"), Authtoken: core.NewSecret("old-token")}}
	d := newDesk(t, t.TempDir(), func(c *bell.Config) { c.Vault = kept })
	setAuthtoken(t, d, "new-token")
	if kept.secrets.APIKey.IsZero() {
		t.Fatal("a keychain that could not be read was written over")
	}
	kept.err = nil
	if err := d.ChangeSecrets(t.Context(), func(s *core.Secrets) { s.WebhookSecret = core.NewSecret(secret) }); err != nil {
		t.Fatal(err)
	}
	want := core.Secrets{APIKey: core.NewSecret("kept-key"), WebhookSecret: core.NewSecret(secret), Authtoken: core.NewSecret("new-token")}
	if kept.secrets != want {
		t.Error("the keychain does not hold all three, the newest of each")
	}
	if err := d.Status().Vault; err != nil {
		t.Errorf("status still says %v", err)
	}
}
