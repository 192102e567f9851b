package bell_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
)

var (
	errAsking   = fmt.Errorf("%w: %w: %w", core.ErrNoVault, core.ErrKeychainLocked, context.DeadlineExceeded)
	errDeclined = fmt.Errorf("load secrets: %w", core.ErrKeychainLocked)
)

// lockable is a vault in a keychain that can be locked.
type lockable struct {
	mu      sync.Mutex
	secrets core.Secrets
	err     error // locked, and why
	asked   int   // how often the user was asked anew
	saved   int
}

func (l *lockable) Kind() core.VaultKind                   { return core.VaultKeychain }
func (l *lockable) Move(core.VaultKind, core.Secret) error { return core.ErrNoVault }

func (l *lockable) Load() (core.Secrets, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return core.Secrets{}, l.err
	}
	return l.secrets, nil
}

func (l *lockable) Save(core.Secrets) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.saved++
	return l.err
}

func (l *lockable) Unlock(core.Secret) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked++
	return l.err
}

func (l *lockable) become(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.err = err
}

// locked runs a test, on a bubble's clock, over a Bell whose keychain is locked.
func locked(t *testing.T, why error, run func(t *testing.T, b *bell.Bell, kept *lockable)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		kept := &lockable{err: why, secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), Authtoken: core.NewSecret("tok")}}
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Tunnel, c.Vault = &scripted{}, kept })
		defer stop()
		synctest.Wait()
		run(t, b, kept)
	})
}

func answerTo(b *bell.Bell, body, signature string) *http.Response {
	r := httptest.NewRequest(http.MethodPost, core.WebhookPath, strings.NewReader(body))
	r.Header.Set("X-AppFolio-Signature", signature)
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w.Result()
}

func TestDeliveriesComeAgainWhileTheSecretCannotBeRead(t *testing.T) {
	for _, why := range []error{errAsking, errDeclined, core.ErrKeychainSlow, core.ErrLocked} {
		locked(t, why, func(t *testing.T, b *bell.Bell, kept *lockable) {
			body, signature := signedWith(secret, "early")
			if a := answerTo(b, body, signature); a.StatusCode != http.StatusServiceUnavailable || a.Header.Get("Retry-After") == "" {
				t.Errorf("%v: answered %d, want 503 with Retry-After", why, a.StatusCode)
			} else if text, err := io.ReadAll(a.Body); err != nil || string(text) != `{"error":"Webhook secret unavailable"}` {
				t.Errorf("%v: answered %s, %v", why, text, err)
			}
			if n := b.Status().Summary.Rejected.Count; n != 0 {
				t.Errorf("%v: %d deliveries count as forged", why, n)
			}
		})
	}
	d := newDesk(t, t.TempDir(), func(c *bell.Config) { c.Vault = &vault{} })
	body, signature := signedWith(secret, "early")
	receiveSigned(t, d.Bell, body, signature, http.StatusUnauthorized) // no secret was ever made
}

func TestWhatIsNotSignedIsRefusedWhileTheSecretCannotBeRead(t *testing.T) {
	locked(t, errDeclined, func(t *testing.T, b *bell.Bell, kept *lockable) {
		body, signature := signedWith(secret, "early")
		for _, values := range [][]string{nil, {""}, {"sha256=" + signature}, {signature[1:]}, {signature + "0"}, {"g" + signature[1:]}, {" " + signature[1:]}, {signature, signature}} {
			r := httptest.NewRequest(http.MethodPost, core.WebhookPath, strings.NewReader(body))
			r.Header["X-Appfolio-Signature"] = values
			w := httptest.NewRecorder()
			b.ServeHTTP(w, r)
			if w.Code != http.StatusUnauthorized || w.Body.String() != `{"error":"Invalid signature"}` {
				t.Errorf("%q: answered %d %s, want 401", values, w.Code, w.Body)
			}
		}
		if a := answerTo(b, body, strings.ToUpper(signature)); a.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("answered %d to what may be signed, want 503", a.StatusCode)
		}
	})
}

func TestRentbellGoesOnByItselfOnceTheKeychainOpens(t *testing.T) {
	for _, why := range []error{errAsking, errDeclined, core.ErrKeychainSlow} {
		locked(t, why, func(t *testing.T, b *bell.Bell, kept *lockable) {
			if s := b.Status(); s.Connection != core.ConnectionOff || !s.KeysLocked() {
				t.Fatalf("%v: connection %d with %v", why, s.Connection, s.Vault)
			}
			time.Sleep(time.Hour)
			kept.become(nil)
			time.Sleep(2 * time.Second)
			synctest.Wait()
			if s := b.Status(); s.Connection != core.Listening || s.Vault != nil {
				t.Errorf("%v: connection %d with %v", why, s.Connection, s.Vault)
			}
			body, signature := signedWith(secret, "late")
			receiveSigned(t, b, body, signature, http.StatusOK)
			if kept.asked != 0 {
				t.Errorf("%v: the user was asked %d times by itself", why, kept.asked)
			}
		})
	}
}

func TestUnlockAsksTheKeychainsUserAgain(t *testing.T) {
	locked(t, errDeclined, func(t *testing.T, b *bell.Bell, kept *lockable) {
		if err := b.Unlock(t.Context(), core.Secret{}); !errors.Is(err, core.ErrKeychainLocked) || kept.asked != 1 {
			t.Errorf("asked %d times, %v", kept.asked, err)
		}
		kept.become(nil)
		if err := b.Unlock(t.Context(), core.Secret{}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if s := b.Status(); s.Connection != core.Listening {
			t.Errorf("connection %d with %v", s.Connection, s.Vault)
		}
	})
}

func TestKeysForThisRunReachNoKeychain(t *testing.T) {
	locked(t, errDeclined, func(t *testing.T, b *bell.Bell, kept *lockable) {
		b.KeepInMemory()
		if s := b.Status(); s.KeysLocked() || !errors.Is(s.Vault, core.ErrForThisRun) || s.VaultKind != core.VaultMemory {
			t.Errorf("status %v, in %d", s.Vault, s.VaultKind)
		}
		if err := b.ChangeSecrets(t.Context(), func(s *core.Secrets) {
			s.WebhookSecret, s.Authtoken = core.NewSecret(secondSecret), core.NewSecret("pasted")
		}); err != nil {
			t.Fatal(err)
		}
		kept.become(nil)
		time.Sleep(time.Hour)
		synctest.Wait()
		s, in := b.Status(), b.Secrets()
		if s.Connection != core.Listening || !errors.Is(s.Vault, core.ErrForThisRun) || in.WebhookSecret.Reveal() != secondSecret {
			t.Errorf("connection %d with %v", s.Connection, s.Vault)
		}
		if kept.saved != 0 || kept.asked != 0 {
			t.Errorf("the keychain was asked %d times and given keys %d times", kept.asked, kept.saved)
		}
		if err := b.Unlock(t.Context(), core.Secret{}); err != nil {
			t.Fatal(err)
		}
		if s, in := b.Status(), b.Secrets(); s.Vault != nil || in.WebhookSecret.Reveal() != secondSecret {
			t.Errorf("after all unlocked: %v", s.Vault)
		}
	})
}

func TestLockedKeychainNeedsTheUser(t *testing.T) {
	d, _ := examined(t, func(c *bell.Config) { c.Vault = &lockable{err: errDeclined} })
	d.expect(t, core.CheckSecrets, core.CheckBad, core.ErrKeychainLocked)
	if d.Check(t.Context()).Healthy() {
		t.Error("the report says that all is well")
	}
	locked(t, errAsking, func(t *testing.T, b *bell.Bell, _ *lockable) {
		for _, c := range b.Check(t.Context()).Checks {
			if errors.Is(c.Err, core.ErrNotSetUp) {
				t.Errorf("%s says that nothing is set up", c.Name)
			}
		}
	})
}
