//go:build linux

package keychain_test

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

// desktop is a session of its own: a D-Bus that starts no services, and what a
// test lets run on it. The whole process sees it as the session bus.
type desktop struct {
	dir string
	bus *exec.Cmd
}

func newDesktop(t *testing.T) *desktop {
	t.Helper()
	dir, err := os.MkdirTemp("", "rb") // shorter than t.TempDir: sockets go in there
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	config := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, filepath.Join(dir, "bus")), 0o600); err != nil {
		t.Fatal(err)
	}
	bus := program(t, "dbus-daemon", "--config-file="+config, "--nofork", "--print-address")
	address, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, bus)
	line, err := bufio.NewReader(address).ReadString('\n')
	if err != nil {
		t.Fatalf("read the bus's address: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(line))
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
	daemon := program(t, "gnome-keyring-daemon", args...)
	daemon.Env = append(os.Environ(), "HOME="+d.dir, "XDG_DATA_HOME="+d.dir, "XDG_RUNTIME_DIR="+d.dir)
	daemon.Stdin = strings.NewReader("the keyring's password")
	start(t, daemon)
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

// program skips the test where a program is not installed, but in CI.
func program(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("CI") == "" {
		t.Skipf("needs %s: %v", name, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return exec.Command(path, args...)
}

func start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may be gone already
		_ = cmd.Wait()         // killed
	})
}
