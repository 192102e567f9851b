package bell_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
)

const (
	firstSecret  = secret
	secondSecret = "whsec_second"
	thirdSecret  = "whsec_third"
)

func changeSecret(t *testing.T, b *bell.Bell, to string) {
	t.Helper()
	if err := b.ChangeSecrets(t.Context(), func(s *core.Secrets) { s.WebhookSecret = core.NewSecret(to) }); err != nil {
		t.Fatal(err)
	}
}

func signedWith(key, id string) (body, signature string) {
	body = rent(id, 1)
	return body, signAs(key, body)
}

// rotating runs a test, on a bubble's clock, over a Bell whose vault keeps the
// first secret.
func rotating(t *testing.T, run func(t *testing.T, b *bell.Bell, kept *vault)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kept := &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(firstSecret), Authtoken: core.NewSecret("tok")}}
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel, c.Vault = &scripted{}, kept })
		defer stop()
		run(t, b, kept)
	})
}

func TestReplacedSecretCountsUntilTheNewOneIsUsed(t *testing.T) {
	rotating(t, func(t *testing.T, b *bell.Bell, kept *vault) {
		changeSecret(t, b, secondSecret)
		deliver := func(key, id string, want int) {
			t.Helper()
			body, signature := signedWith(key, id)
			receiveSigned(t, b, body, signature, want)
		}
		deliver(firstSecret, "old_1", http.StatusOK)
		deliver(thirdSecret, "forged", http.StatusUnauthorized)
		time.Sleep(23 * time.Hour)
		deliver(firstSecret, "old_2", http.StatusOK)
		if kept.secrets.Retiring.Secret.Reveal() != firstSecret {
			t.Error("a restart would not know the replaced secret")
		}
		deliver(secondSecret, "new_1", http.StatusOK)
		synctest.Wait()
		deliver(firstSecret, "old_3", http.StatusUnauthorized)
		deliver(secondSecret, "new_2", http.StatusOK)
		if kept.secrets.Retiring != (core.Retiring{}) {
			t.Error("the replaced secret is still kept")
		}
	})
}

func TestReplacedSecretCountsForADayAtMost(t *testing.T) {
	rotating(t, func(t *testing.T, b *bell.Bell, kept *vault) {
		changeSecret(t, b, secondSecret)
		time.Sleep(24*time.Hour + time.Second)
		body, signature := signedWith(firstSecret, "late")
		receiveSigned(t, b, body, signature, http.StatusUnauthorized)
		if kept.secrets.Retiring != (core.Retiring{}) {
			t.Error("the replaced secret is still kept")
		}
	})
}

func TestASecretThatAppFolioNeverHeardOfDoesNotPushOutTheOneItUses(t *testing.T) {
	rotating(t, func(t *testing.T, b *bell.Bell, _ *vault) {
		changeSecret(t, b, secondSecret) // pressed twice
		changeSecret(t, b, thirdSecret)
		body, signature := signedWith(firstSecret, "still")
		receiveSigned(t, b, body, signature, http.StatusOK)
	})
}

// TestATestEventDoesNotRetireTheReplacedSecret: that Rentbell itself signs with
// the new one does not mean that AppFolio does.
func TestATestEventDoesNotRetireTheReplacedSecret(t *testing.T) {
	d := newDesk(t, t.TempDir())
	changeSecret(t, d.Bell, secondSecret)
	d.listening(t)
	if _, err := d.SendTest(context.Background()); err != nil {
		t.Fatal(err)
	}
	body, signature := signedWith(firstSecret, "old")
	receiveSigned(t, d.Bell, body, signature, http.StatusOK)
}
