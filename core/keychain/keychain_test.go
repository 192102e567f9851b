//go:build linux

package keychain_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/keychain"
)

var _ core.Vault = (*keychain.Vault)(nil)

func secrets(apiKey, webhook, authtoken string) core.Secrets {
	return core.Secrets{APIKey: core.NewSecret(apiKey), WebhookSecret: core.NewSecret(webhook), Authtoken: core.NewSecret(authtoken)}
}

// rotating adds a retiring webhook secret.
func rotating(s core.Secrets, old string, until int64) core.Secrets {
	s.Retiring = core.Retiring{Secret: core.NewSecret(old), Until: until}
	return s
}

func checkKept(t *testing.T, k *keychain.Vault, want core.Secrets) {
	t.Helper()
	got, err := k.Load()
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("kept %q, %q, %q, %q until %d", got.APIKey.Reveal(), got.WebhookSecret.Reveal(), got.Authtoken.Reveal(), got.Retiring.Secret.Reveal(), got.Retiring.Until)
	}
}

func save(t *testing.T, k *keychain.Vault, s core.Secrets) {
	t.Helper()
	if err := k.Save(s); err != nil {
		t.Fatal(err)
	}
}

func TestSecretsSurviveInTheKeychain(t *testing.T) {
	newDesktop(t).startKeyring(t, true)
	k := keychain.New(keychain.Config{})
	checkKept(t, k, core.Secrets{})

	first := secrets("api key with ' and \"", "whsec_ünïcödé\nline 2", strings.Repeat("t", 2048))
	save(t, k, first)
	checkKept(t, k, first)
	checkKept(t, keychain.New(keychain.Config{}), first)

	rotated := rotating(first, strings.Repeat("r", 2048), 1<<63-1)
	save(t, k, rotated)
	checkKept(t, k, rotated)

	second := secrets("another", "", "")
	save(t, k, second)
	checkKept(t, k, second)
	save(t, k, core.Secrets{})
	checkKept(t, k, core.Secrets{})
}

func TestDataDirectoriesDoNotShareSecrets(t *testing.T) {
	newDesktop(t).startKeyring(t, true)
	usual := keychain.New(keychain.Config{})
	other := keychain.New(keychain.Config{Profile: "other"})
	save(t, usual, secrets("a", "b", "c"))
	checkKept(t, other, core.Secrets{})
	save(t, other, secrets("d", "", "f"))
	checkKept(t, usual, secrets("a", "b", "c"))
	save(t, usual, core.Secrets{})
	checkKept(t, other, secrets("d", "", "f"))
}

func TestSecretsThatFitNoKeychainAreRefused(t *testing.T) {
	newDesktop(t).startKeyring(t, true)
	k := keychain.New(keychain.Config{})
	long := strings.Repeat("long", 600)
	for _, s := range []core.Secrets{secrets("short", long, ""), rotating(secrets("short", "new", ""), long, 1)} {
		err := k.Save(s)
		if !errors.Is(err, core.ErrTooLong) || strings.Contains(err.Error(), "longlong") {
			t.Errorf("save: %v", err)
		}
	}
	checkKept(t, k, core.Secrets{})
}

// TestNoKeychainIsToldAtOnce tries every way in which there may be none.
func TestNoKeychainIsToldAtOnce(t *testing.T) {
	tests := []struct {
		name    string
		prepare func(*testing.T)
		why     string
	}{
		{"no session bus", func(t *testing.T) {
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
		}, "no such file"},
		{"no address of a bus", func(t *testing.T) {
			t.Setenv("DBUS_SESSION_BUS_ADDRESS", "odd")
		}, "address"},
		{"a bus that hung up", func(t *testing.T) {
			d := newDesktop(t)
			if err := d.bus.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = d.bus.Wait() // killed
		}, "connection refused"},
		{"a bus without a keychain", func(t *testing.T) { newDesktop(t) }, "not provided by"},
		{"a keychain without a keyring", func(t *testing.T) {
			newDesktop(t).startKeyring(t, false)
		}, "no keyring was set up"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.prepare(t)
			k := keychain.New(keychain.Config{})
			_, loading := k.Load()
			saving := k.Save(secrets("api-key-4711", "", ""))
			for _, err := range []error{loading, saving} {
				if !errors.Is(err, core.ErrNoVault) || errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), tt.why) {
					t.Errorf("%v; want ErrNoVault because of %q", err, tt.why)
				}
				if strings.Contains(err.Error(), "4711") {
					t.Errorf("the error repeats the secret: %v", err)
				}
			}
		})
	}
}

// impatient gives up soon enough for a test.
func impatient() *keychain.Vault {
	return keychain.New(keychain.Config{LoadTime: 50 * time.Millisecond, SaveTime: 50 * time.Millisecond})
}

func checkGivesUp(t *testing.T, k *keychain.Vault) {
	t.Helper()
	for range 2 { // the second waits behind the first, which still hangs
		if _, err := k.Load(); !errors.Is(err, core.ErrNoVault) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("load: %v", err)
		}
		if err := k.Save(secrets("new", "", "")); !errors.Is(err, core.ErrNoVault) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("save: %v", err)
		}
	}
}

func TestASilentBusIsGivenUp(t *testing.T) {
	silentBus(t)
	checkGivesUp(t, impatient())
}

func TestALockedKeychainIsGivenUp(t *testing.T) {
	d := newDesktop(t)
	d.startKeyring(t, true)
	save(t, keychain.New(keychain.Config{}), secrets("a", "b", "c"))
	asked := d.startSilentPrompter(t)
	d.lock(t)
	checkGivesUp(t, impatient())
	<-asked // so it was the password that was waited for
}

func TestBusThatGoesAwayWhileTheKeychainAsks(t *testing.T) {
	d := newDesktop(t)
	d.startKeyring(t, true)
	asked := d.startSilentPrompter(t)
	d.lock(t)
	loaded := make(chan error, 1) // capacity 1: the test may have failed before
	go func() {
		_, err := keychain.New(keychain.Config{LoadTime: time.Minute}).Load()
		loaded <- err
	}()
	select {
	case <-asked:
	case err := <-loaded:
		t.Fatalf("load did not wait for the password: %v", err)
	}
	if err := d.bus.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := <-loaded; err == nil || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("load: %v", err)
	}
}

func TestProfileStaysWithItsDirectory(t *testing.T) {
	dir := t.TempDir()
	one, two, link := filepath.Join(dir, "one"), filepath.Join(dir, "two"), filepath.Join(dir, "link")
	for _, d := range []string{one, two} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(one, link); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	want := profile(t, one)
	for _, same := range []string{"one", "./one/", "two/../one", link} {
		if got := profile(t, same); got != want {
			t.Errorf("profile of %s is %s, want %s", same, got, want)
		}
	}
	if profile(t, two) == want || want == "" {
		t.Errorf("profile %q is no one's own", want)
	}
}

func profile(t *testing.T, dir string) string {
	t.Helper()
	p, err := keychain.ProfileOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestMemoryKeepsSecretsForNow(t *testing.T) {
	var m keychain.Memory
	var _ core.Vault = &m
	want := secrets("a", "b", "c")
	if err := m.Save(want); err != nil {
		t.Fatal(err)
	}
	if got, err := m.Load(); err != nil || got != want {
		t.Errorf("load: %v", err)
	}
}
