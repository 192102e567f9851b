package core_test

import (
	"testing"

	"rentbell/core"
)

func TestSecretsOfThisRunAreNotKept(t *testing.T) {
	kept := &vault{secrets: core.Secrets{APIKey: core.NewSecret("kept-key"), WebhookSecret: core.NewSecret(secret)}}
	d := newDesk(t, t.TempDir(), func(c *core.Config) {
		c.Vault = kept
		c.Override.Secrets.APIKey = core.NewSecret("key-of-this-run")
	})
	if got := d.Secrets().APIKey.Reveal(); got != "key-of-this-run" {
		t.Errorf("in force: %q, want that of this run", got)
	}
	if d.Override().Secrets.APIKey.IsZero() {
		t.Error("nothing tells that the key is of this run")
	}

	change := d.KeptSecrets()
	change.Authtoken = core.NewSecret("new-token")
	if err := d.SaveSecrets(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	want := core.Secrets{APIKey: core.NewSecret("kept-key"), WebhookSecret: core.NewSecret(secret), Authtoken: core.NewSecret("new-token")}
	if kept.secrets != want {
		t.Error("the vault holds another key than the one that was kept in it")
	}
	if got := d.Secrets(); got.APIKey.Reveal() != "key-of-this-run" || got.Authtoken.Reveal() != "new-token" {
		t.Error("in force is not this run's key beside the new authtoken")
	}
}
