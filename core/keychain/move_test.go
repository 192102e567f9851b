//go:build linux

package keychain_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/keychain"
)

// elsewhere sees the same keychain and no file.
func elsewhere(t *testing.T) *keychain.Vault {
	t.Helper()
	return vaultIn(t.TempDir())
}

func TestSecretsMoveFromTheKeychainToTheFileAndBack(t *testing.T) {
	newDesktop(t).startKeyring(t, true)
	dir := t.TempDir()
	v := vaultIn(dir)
	save(t, v, full)
	checkKind(t, v, core.VaultKeychain)

	move(t, v, core.VaultFile, passphrase)
	checkKind(t, v, core.VaultFile)
	checkKept(t, v, full)
	checkKept(t, elsewhere(t), core.Secrets{})

	v = vaultIn(dir) // after a restart
	unlock(t, v, passphrase)
	checkKept(t, v, full)
	changed := secrets("another", "whsec", "")
	save(t, v, changed)
	checkKept(t, elsewhere(t), core.Secrets{})

	move(t, v, core.VaultKeychain, core.Secret{})
	checkKind(t, v, core.VaultKeychain)
	checkKept(t, v, changed)
	if hasFile(dir) {
		t.Error("the file is still there")
	}
	v = vaultIn(dir)
	checkKept(t, v, changed)
	checkKind(t, v, core.VaultKeychain)
}

func TestEndBetweenTheHalvesOfAMoveLosesNothing(t *testing.T) {
	newDesktop(t).startKeyring(t, true)
	dir := t.TempDir()
	v := vaultIn(dir)
	save(t, v, full)
	if err := v.FillFile(full, passphrase); err != nil {
		t.Fatal(err)
	}

	v = vaultIn(dir)
	checkError(t, loading(v), core.ErrLocked)
	unlock(t, v, passphrase)
	checkKept(t, v, full)
	checkKept(t, elsewhere(t), full) // left there, and out of force
	newer := secrets("newer", "newer", "newer")
	save(t, v, newer)
	if err := v.FillKeychain(newer); err != nil {
		t.Fatal(err)
	}

	v = vaultIn(dir)
	checkError(t, loading(v), core.ErrLocked)
	unlock(t, v, passphrase)
	checkKept(t, v, newer)
	move(t, v, core.VaultKeychain, core.Secret{})
	checkKept(t, vaultIn(dir), newer)
}

func TestSecretsTooLongForTheKeychainStayInTheFile(t *testing.T) {
	newDesktop(t).startKeyring(t, true)
	v := elsewhere(t)
	long := secrets("short", strings.Repeat("long", 600), "")
	checkError(t, v.Save(long), core.ErrTooLong)
	move(t, v, core.VaultFile, passphrase)
	checkError(t, v.Move(core.VaultKeychain, core.Secret{}), core.ErrTooLong)
	checkKind(t, v, core.VaultFile)
	checkKept(t, v, long)
	checkKept(t, elsewhere(t), core.Secrets{})
}

// TestKeychainThatAppearsLater comes with a desktop that starts Rentbell before
// its keyring.
func TestKeychainThatAppearsLater(t *testing.T) {
	d := newDesktop(t)
	early := elsewhere(t)
	checkError(t, loading(early), core.ErrNoVault)
	checkKind(t, early, core.VaultMemory)
	typed := secrets("", "typed", "")
	checkError(t, early.Save(typed), core.ErrNoVault)

	d.startKeyring(t, true)
	kept := secrets("kept", "kept", "kept")
	kept.ClientSecret, kept.ReportsSecret = core.NewSecret("kept"), core.NewSecret("kept")
	save(t, elsewhere(t), kept) // by an earlier run
	t.Run("a save keeps what was never read", func(t *testing.T) {
		save(t, early, typed)
		kept.WebhookSecret = typed.WebhookSecret
		checkKept(t, early, kept)
		checkKind(t, early, core.VaultKeychain)
		save(t, early, typed) // now it has been read
		checkKept(t, early, typed)
	})
	t.Run("a move takes what waits along", func(t *testing.T) {
		noKeychain(t)
		v := elsewhere(t)
		checkError(t, v.Save(secrets("new", "", "")), core.ErrNoVault)
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", d.address())
		if err := loading(v); err != nil {
			t.Fatal(err)
		}
		move(t, v, core.VaultFile, passphrase)
		checkKept(t, v, secrets("new", "typed", ""))
		checkKept(t, elsewhere(t), core.Secrets{})
	})
	t.Run("from memory to the keychain", func(t *testing.T) {
		noKeychain(t)
		v := elsewhere(t)
		checkError(t, v.Save(full), core.ErrNoVault)
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", d.address())
		move(t, v, core.VaultKeychain, core.Secret{})
		checkKind(t, v, core.VaultKeychain)
		checkKept(t, elsewhere(t), full)
	})
}

func TestLockedKeychainIsNotLeftUnread(t *testing.T) {
	d := newDesktop(t)
	d.startKeyring(t, true)
	save(t, elsewhere(t), full)
	d.startSilentPrompter(t)
	d.lock(t)
	dir := t.TempDir()
	v := keychain.New(keychain.Config{Dir: dir, LoadTime: 50 * time.Millisecond, SaveTime: 50 * time.Millisecond}).Hasten()
	err := v.Move(core.VaultFile, passphrase)
	checkError(t, err, core.ErrNoVault)
	checkError(t, err, context.DeadlineExceeded)
	if hasFile(dir) {
		t.Error("a file took the place of a keychain that nobody has read")
	}
}

func TestKeychainThatRefusesToBeEmptiedLosesNothing(t *testing.T) {
	d := newDesktop(t)
	d.startKeyring(t, true)
	dir := t.TempDir()
	v := vaultIn(dir)
	save(t, v, full)
	if err := v.FillFile(full, passphrase); err != nil {
		t.Fatal(err)
	}
	d.lock(t) // and nobody is there to ask for its password
	err := v.EmptyKeychain(full)
	if err == nil || errors.Is(err, core.ErrNoVault) {
		t.Errorf("empty keychain: %v; want a refusal", err)
	}
	checkError(t, err, err)
	checkKind(t, v, core.VaultFile)
	checkKept(t, v, full)
}
