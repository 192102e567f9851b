//go:build linux

package keychain_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/keychain"
)

var (
	passphrase = core.NewSecret("correct horse battery staple")
	full       = rotating(secrets("api-key-4711", "whsec-4711", "authtoken-4711"), "retiring-4711", 1_800_000_000)
)

// vaultIn is a Vault as a start of the program makes it.
func vaultIn(dir string) *keychain.Vault { return keychain.New(keychain.Config{Dir: dir}).Hasten() }

// noKeychain takes the session bus away.
func noKeychain(t *testing.T) {
	t.Helper()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
}

func move(t *testing.T, v *keychain.Vault, to core.VaultKind, passphrase core.Secret) {
	t.Helper()
	if err := v.Move(to, passphrase); err != nil {
		t.Fatal(err)
	}
}

func unlock(t *testing.T, v *keychain.Vault, passphrase core.Secret) {
	t.Helper()
	if err := v.Unlock(passphrase); err != nil {
		t.Fatal(err)
	}
}

func checkKind(t *testing.T, v *keychain.Vault, want core.VaultKind) {
	t.Helper()
	if got := v.Kind(); got != want {
		t.Errorf("kind %d, want %d", got, want)
	}
}

// checkError wants one error, and no secret in its words.
func checkError(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
	if err != nil && (strings.Contains(err.Error(), "4711") || strings.Contains(err.Error(), "horse")) {
		t.Errorf("the error repeats a secret: %v", err)
	}
}

func loading(v *keychain.Vault) error {
	_, err := v.Load()
	return err
}

// hasFile reports whether the data directory holds the file of secrets.
func hasFile(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, keychain.FileName))
	return err == nil
}

func TestWithoutAKeychainSecretsGoToAFile(t *testing.T) {
	noKeychain(t)
	dir := t.TempDir()
	v := vaultIn(dir)
	checkError(t, loading(v), core.ErrNoVault)
	checkError(t, v.Save(full), core.ErrNoVault)
	checkKind(t, v, core.VaultMemory)

	move(t, v, core.VaultFile, passphrase)
	checkKind(t, v, core.VaultFile)
	checkKept(t, v, full)
	changed := secrets("another", "", "authtoken")
	save(t, v, changed)
	checkKept(t, v, changed)

	again := vaultIn(dir)
	checkKind(t, again, core.VaultFile)
	checkError(t, loading(again), core.ErrLocked)
	checkError(t, again.Save(full), core.ErrLocked)
	checkError(t, again.Move(core.VaultFile, passphrase), core.ErrLocked)
	checkError(t, again.Move(core.VaultKeychain, core.Secret{}), core.ErrLocked)
	checkError(t, again.Unlock(core.NewSecret("wrong horse")), core.ErrPassphrase)
	checkError(t, again.Unlock(core.Secret{}), core.ErrPassphrase)
	checkError(t, loading(again), core.ErrLocked)
	unlock(t, again, passphrase)
	checkKept(t, again, changed)
	checkError(t, again.Unlock(core.NewSecret("wrong horse")), core.ErrPassphrase)
	checkKept(t, again, changed) // opened, it stays so
}

func TestFirstFileMayBeEmpty(t *testing.T) {
	noKeychain(t)
	v := vaultIn(t.TempDir())
	move(t, v, core.VaultFile, passphrase)
	checkKept(t, v, core.Secrets{})
}

func TestMovesThatMakeNoSenseAreRefused(t *testing.T) {
	noKeychain(t)
	dir := t.TempDir()
	v := vaultIn(dir)
	checkError(t, v.Unlock(passphrase), core.ErrNoVault)
	checkError(t, v.Save(full), core.ErrNoVault)
	checkError(t, v.Move(core.VaultFile, core.NewSecret(" ")), core.ErrPassphrase)
	checkError(t, v.Move(core.VaultKeychain, core.Secret{}), core.ErrNoVault)
	if err := v.Move(core.VaultMemory, core.Secret{}); err == nil {
		t.Error("moved to memory")
	}
	checkKind(t, v, core.VaultMemory)
	if hasFile(dir) {
		t.Error("there is a file all the same")
	}
	move(t, v, core.VaultFile, passphrase)
	if err := v.Move(core.VaultMemory, core.Secret{}); err == nil {
		t.Error("moved from the file to memory")
	}
	checkError(t, v.Move(core.VaultKeychain, core.Secret{}), core.ErrNoVault)
	checkKind(t, v, core.VaultFile)
	checkKept(t, v, full)
}

func TestPassphraseCanBeChanged(t *testing.T) {
	noKeychain(t)
	dir := t.TempDir()
	v := vaultIn(dir)
	move(t, v, core.VaultFile, core.NewSecret("the first one"))
	save(t, v, full)
	move(t, v, core.VaultFile, passphrase)
	again := vaultIn(dir)
	checkError(t, again.Unlock(core.NewSecret("the first one")), core.ErrPassphrase)
	unlock(t, again, passphrase)
	checkKept(t, again, full)
}

func TestWhatCouldNotBeSavedIsMovedAlong(t *testing.T) {
	noKeychain(t)
	dir := t.TempDir()
	v := vaultIn(dir)
	move(t, v, core.VaultFile, core.NewSecret("the first one"))
	save(t, v, secrets("old", "old", ""))
	long := full
	long.APIKey = core.NewSecret(strings.Repeat("a", 70<<10))
	checkError(t, v.Save(long), core.ErrTooLong)
	checkError(t, v.Move(core.VaultFile, passphrase), core.ErrTooLong)
	checkKept(t, v, secrets("old", "old", ""))

	away := filepath.Join(t.TempDir(), "away") // as a disk that is pulled out
	rename(t, dir, away)
	checkError(t, v.Save(full), os.ErrNotExist)
	rename(t, away, dir)
	move(t, v, core.VaultFile, passphrase)
	checkKept(t, v, full)
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func TestFileOpensWhereTheKeychainIsSilent(t *testing.T) {
	silentBus(t)
	dir := t.TempDir()
	v := keychain.New(keychain.Config{Dir: dir, LoadTime: 50 * time.Millisecond, SaveTime: 50 * time.Millisecond}).Hasten()
	checkError(t, v.Move(core.VaultFile, passphrase), context.DeadlineExceeded) // it may be full of secrets
	checkError(t, v.Save(full), core.ErrNoVault)
	move(t, v, core.VaultFile, passphrase) // now there is something to move
	checkKept(t, v, full)

	again := vaultIn(dir)
	unlock(t, again, passphrase)
	checkKept(t, again, full)
	save(t, again, secrets("new", "", ""))
	checkKept(t, again, secrets("new", "", ""))
}

func TestEveryCallEndsInTime(t *testing.T) {
	silentBus(t)
	v := impatient()
	for range 2 {
		checkError(t, v.Move(core.VaultFile, passphrase), context.DeadlineExceeded)
		checkError(t, v.Move(core.VaultKeychain, core.Secret{}), context.DeadlineExceeded)
	}
	checkError(t, v.Unlock(passphrase), core.ErrNoVault)
	checkKind(t, v, core.VaultMemory)
}

func TestCallsFromManyGoroutinesFindOneTruth(t *testing.T) {
	noKeychain(t)
	dir := t.TempDir()
	v := vaultIn(dir)
	move(t, v, core.VaultFile, passphrase)
	var callers sync.WaitGroup
	for i := range 8 {
		callers.Go(func() {
			mine := secrets(fmt.Sprint("key", i), fmt.Sprint("secret", i), "")
			if err := errors.Join(v.Save(mine), loading(v), v.Unlock(passphrase), v.Move(core.VaultFile, passphrase)); err != nil {
				t.Error(err)
			}
			checkKind(t, v, core.VaultFile)
		})
	}
	callers.Wait()
	want, err := v.Load()
	if err != nil {
		t.Fatal(err)
	}
	again := vaultIn(dir)
	unlock(t, again, passphrase)
	checkKept(t, again, want)
}
