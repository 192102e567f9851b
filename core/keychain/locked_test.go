//go:build linux

package keychain_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"rentbell/core"
	"rentbell/core/keychain"
)

const (
	loginKeyring = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	onlyItem     = loginKeyring + "/1"
	onlyPrompt   = dbus.ObjectPath("/org/freedesktop/secrets/prompt/1")
	onlySession  = dbus.ObjectPath("/org/freedesktop/secrets/session/1")
)

// keyring is a Secret Service whose user is the test. It holds one webhook secret.
type keyring struct {
	conn   *dbus.Conn
	asked  chan struct{} // the user is asked for the password
	mu     sync.Mutex
	locked bool
}

// startLockedKeyring runs a keyring that stays locked until answer.
func (d *desktop) startLockedKeyring(t *testing.T) *keyring {
	t.Helper()
	k := &keyring{conn: d.connect(t), asked: make(chan struct{}, 16), locked: true} // capacity: a test asks a few times
	for _, on := range []struct {
		methods map[string]any
		path    dbus.ObjectPath
		iface   string
	}{
		{map[string]any{"Unlock": k.unlock, "OpenSession": k.openSession}, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service"},
		{map[string]any{"Get": k.collections}, "/org/freedesktop/secrets", "org.freedesktop.DBus.Properties"},
		{map[string]any{"Get": k.isLocked}, loginKeyring, "org.freedesktop.DBus.Properties"},
		{map[string]any{"SearchItems": k.search}, loginKeyring, "org.freedesktop.Secret.Collection"},
		{map[string]any{"GetSecret": k.secret}, onlyItem, "org.freedesktop.Secret.Item"},
		{map[string]any{"Close": func() *dbus.Error { return nil }}, onlySession, "org.freedesktop.Secret.Session"},
		{map[string]any{"Prompt": k.prompt}, onlyPrompt, "org.freedesktop.Secret.Prompt"},
	} {
		if err := k.conn.ExportMethodTable(on.methods, on.path, on.iface); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.conn.RequestName("org.freedesktop.secrets", 0); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k *keyring) isLocked(string, string) (dbus.Variant, *dbus.Error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return dbus.MakeVariant(k.locked), nil
}

func (k *keyring) collections(string, string) (dbus.Variant, *dbus.Error) {
	return dbus.MakeVariant([]dbus.ObjectPath{loginKeyring}), nil
}

func (k *keyring) unlock(what []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.locked {
		return nil, onlyPrompt, nil
	}
	return what, "/", nil
}

func (k *keyring) openSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), onlySession, nil
}

func (k *keyring) search(wanted map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	if wanted["username"] == "webhook secret" {
		return []dbus.ObjectPath{onlyItem}, nil
	}
	return nil, nil
}

func (k *keyring) secret(dbus.ObjectPath) (kept struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}, _ *dbus.Error) {
	kept.Session, kept.Value = onlySession, []byte("kept-secret")
	return kept, nil
}

func (k *keyring) prompt(string) *dbus.Error {
	k.asked <- struct{}{}
	return nil
}

// open unlocks the keyring, as another program of the user's may.
func (k *keyring) open() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.locked = false
}

// answer is the user's: the password, or Cancel.
func (k *keyring) answer(t *testing.T, password bool) {
	t.Helper()
	if password {
		k.open()
	}
	if err := k.conn.Emit(onlyPrompt, "org.freedesktop.Secret.Prompt.Completed", !password, dbus.MakeVariant([]dbus.ObjectPath{})); err != nil {
		t.Fatal(err)
	}
}

// patient waits for the user, but not longer than a test may take.
func patient() *keychain.Vault { return keychain.New(keychain.Config{LoadTime: time.Minute}) }

func load(v *keychain.Vault) (told chan error) {
	told = make(chan error, 1) // capacity 1: the test may have failed before
	go func() { told <- loading(v) }()
	return told
}

// checkDeclined wants the error of a keychain whose user said no.
func checkDeclined(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, core.ErrKeychainLocked) || errors.Is(err, core.ErrNoVault) || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v, want a locked keychain that no longer asks", err)
	}
}

func TestCancelledPasswordIsAskedForOnceMoreOnRequestOnly(t *testing.T) {
	k := newDesktop(t).startLockedKeyring(t)
	v := patient()
	loaded := load(v)
	<-k.asked
	k.answer(t, false)
	checkDeclined(t, <-loaded)

	checkDeclined(t, loading(v))
	checkDeclined(t, v.Save(core.Secrets{Authtoken: core.NewSecret("new")}))
	if len(k.asked) != 0 {
		t.Fatal("the user is asked again by itself")
	}

	unlocked := make(chan error, 1) // capacity 1: the test may have failed before
	go func() { unlocked <- v.Unlock(core.Secret{}) }()
	<-k.asked
	k.answer(t, true)
	if err := <-unlocked; err != nil {
		t.Fatal(err)
	}
	checkKept(t, v, core.Secrets{WebhookSecret: core.NewSecret("kept-secret")})
	checkKind(t, v, core.VaultKeychain)
}

func TestKeychainThatIsUnlockedElsewhereIsRead(t *testing.T) {
	k := newDesktop(t).startLockedKeyring(t)
	v := patient()
	loaded := load(v)
	<-k.asked
	k.answer(t, false)
	checkDeclined(t, <-loaded)
	k.open()
	checkKept(t, v, core.Secrets{WebhookSecret: core.NewSecret("kept-secret")})
}

func TestAnswerThatComesLateIsTaken(t *testing.T) {
	k := newDesktop(t).startLockedKeyring(t)
	v := keychain.New(keychain.Config{Start: 50 * time.Millisecond, LoadTime: time.Minute})
	if err := loading(v); !errors.Is(err, core.ErrKeychainSlow) || errors.Is(err, core.ErrKeychainLocked) {
		t.Errorf("a start does not wait: %v", err)
	}
	<-k.asked
	loaded := load(v) // waits behind the question that is open
	k.answer(t, true)
	if err := <-loaded; err != nil {
		t.Fatal(err)
	}
	checkKept(t, v, core.Secrets{WebhookSecret: core.NewSecret("kept-secret")})
}

func TestQuestionNobodyAnswersIsAskedAnew(t *testing.T) {
	k := newDesktop(t).startLockedKeyring(t)
	v := impatient()
	checkGivesUp(t, v)
	<-k.asked
	for range 2 {
		if err := v.Unlock(core.Secret{}); !errors.Is(err, core.ErrKeychainLocked) {
			t.Errorf("unlock: %v", err)
		}
		<-k.asked
	}
}

func TestLockedKeychainIsNotTakenForAnEmptyOne(t *testing.T) {
	k := newDesktop(t).startLockedKeyring(t)
	dir := t.TempDir()
	v := keychain.New(keychain.Config{Dir: dir, LoadTime: time.Minute}).Hasten()
	loaded := load(v)
	<-k.asked
	k.answer(t, false)
	checkDeclined(t, <-loaded)
	checkDeclined(t, v.Move(core.VaultFile, passphrase))
	if hasFile(dir) {
		t.Error("a file without the keychain's secrets hides them")
	}
}
