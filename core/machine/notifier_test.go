//go:build linux

package machine_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"rentbell/core"
	"rentbell/core/machine"
)

const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>%s</servicedir>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

// sessionBus starts a bus of its own. Services that it could start are described
// in the directory it returns.
func sessionBus(t *testing.T) (services string) {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip("needs dbus-daemon")
	}
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	config := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, busConfig, dir, dir), 0o600); err != nil {
		t.Fatal(err)
	}
	bus := exec.Command(daemon, "--config-file="+config, "--nofork", "--print-address")
	address, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := bus.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = bus.Process.Kill() // it may be gone already
		_ = bus.Wait()         // killed
	})
	line, err := bufio.NewReader(address).ReadString('\n')
	if err != nil {
		t.Fatalf("read the bus's address: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(line))
	return dir
}

func ask(t *testing.T) error {
	t.Helper()
	return machine.New(t.TempDir()).Notifier(t.Context())
}

func TestNotificationServiceIsFoundWhereOneRuns(t *testing.T) {
	sessionBus(t)
	if err := ask(t); !errors.Is(err, core.ErrNoNotifier) {
		t.Errorf("without a service: %v", err)
	}
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // the bus goes away as well
	if _, err := conn.RequestName("org.freedesktop.Notifications", 0); err != nil {
		t.Fatal(err)
	}
	if err := ask(t); err != nil {
		t.Errorf("with a service: %v", err)
	}
}

func TestNotificationServiceThatWouldBeStartedIsEnough(t *testing.T) {
	services := sessionBus(t)
	const service = "[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=/bin/false\n"
	if err := os.WriteFile(filepath.Join(services, "n.service"), []byte(service), 0o600); err != nil {
		t.Fatal(err)
	}
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }() // as above
	if err := conn.BusObject().Call("org.freedesktop.DBus.ReloadConfig", 0).Err; err != nil {
		t.Fatal(err)
	}
	if err := ask(t); err != nil {
		t.Errorf("with a service to start: %v", err)
	}
}

func TestNoBusIsNoNotifications(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	if err := ask(t); !errors.Is(err, core.ErrNoNotifier) {
		t.Errorf("got %v", err)
	}
}

func TestSilentBusIsGivenUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bus")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() }) // nothing was sent
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+path)
	began := time.Now()
	if err := ask(t); !errors.Is(err, core.ErrNoNotifier) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(began); took > 8*time.Second {
		t.Errorf("gave up after %v", took)
	}
}
