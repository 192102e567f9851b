//go:build linux

package keychain_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"rentbell/core/bustest"
)

// desktop is a session of its own: a D-Bus that starts no services, and what a
// test lets run on it. The whole process sees it as the session bus.
type desktop struct {
	dir string
	bus *exec.Cmd
}

func newDesktop(t *testing.T) *desktop {
	t.Helper()
	dir, bus := bustest.Session(t)
	t.Cleanup(closeSharedConnection)
	return &desktop{dir, bus}
}

// closeSharedConnection closes the connection that godbus keeps for the process,
// so that the next test does not use a bus that is going away.
func closeSharedConnection() {
	if conn, err := dbus.SessionBus(); err == nil {
		_ = conn.Close()
	}
}

func (d *desktop) address() string { return "unix:path=" + filepath.Join(d.dir, "bus") }

// connect gives the test a connection of its own.
func (d *desktop) connect(t *testing.T) *dbus.Conn {
	t.Helper()
	conn, err := dbus.Connect(d.address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// startKeyring runs a real Secret Service. With unlock it has a keyring, open.
func (d *desktop) startKeyring(t *testing.T, unlock bool) {
	t.Helper()
	const name = "org.freedesktop.secrets"
	watch := d.connect(t)
	if err := watch.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, name)); err != nil {
		t.Fatal(err)
	}
	signals := make(chan *dbus.Signal, 10) // godbus drops what does not fit; few are expected
	watch.Signal(signals)

	args := []string{"--foreground", "--components=secrets"}
	if unlock {
		args = append(args, "--unlock")
	}
	daemon := bustest.Program(t, "gnome-keyring-daemon", args...)
	daemon.Env = append(os.Environ(), "HOME="+d.dir, "XDG_DATA_HOME="+d.dir, "XDG_RUNTIME_DIR="+d.dir)
	daemon.Stdin = strings.NewReader("the keyring's password")
	bustest.Start(t, daemon)
	for s := range signals {
		if s.Name == "org.freedesktop.DBus.NameOwnerChanged" && s.Body[0] == name {
			return
		}
	}
	t.Fatal("the bus went away before the keyring came up")
}

// lock closes the keyring as a screen lock may.
func (d *desktop) lock(t *testing.T) {
	t.Helper()
	secrets := d.connect(t).Object("org.freedesktop.secrets", "/org/freedesktop/secrets")
	login := []dbus.ObjectPath{"/org/freedesktop/secrets/collection/login"}
	if err := secrets.Call("org.freedesktop.Secret.Service.Lock", 0, login).Err; err != nil {
		t.Fatal(err)
	}
}

// silentPrompter stands for the desktop's password dialog while nobody types.
type silentPrompter struct{ asked chan struct{} }

func (p silentPrompter) BeginPrompting(dbus.ObjectPath) *dbus.Error {
	select {
	case p.asked <- struct{}{}:
	default:
	}
	return nil
}

func (d *desktop) startSilentPrompter(t *testing.T) (asked <-chan struct{}) {
	t.Helper()
	conn := d.connect(t)
	p := silentPrompter{make(chan struct{}, 1)} // capacity 1: not every test looks
	if err := conn.Export(p, "/org/gnome/keyring/Prompter", "org.gnome.keyring.internal.Prompter"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName("org.gnome.keyring.SystemPrompter", 0); err != nil {
		t.Fatal(err)
	}
	return p.asked
}

// silentBus is a session bus that takes connections and says nothing.
func silentBus(t *testing.T) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bus")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+path)
}
