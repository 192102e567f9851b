package machine

import (
	"bufio"
	"context"
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
)

const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%[1]s/bus</listen>
  <servicedir>%[1]s/services</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

// sessionBus runs a D-Bus that the process sees as its session bus, and returns
// the directory of its files. Each of the services is one it could start.
func sessionBus(t *testing.T, services ...string) (dir string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "rb") // shorter than t.TempDir: a socket goes in there
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	write(t, filepath.Join(dir, "bus.conf"), fmt.Sprintf(busConfig, dir))
	if err := os.Mkdir(filepath.Join(dir, "services"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range services {
		text := fmt.Sprintf("[D-BUS Service]\nName=%s\nExec=/bin/touch %s/started\n", name, dir)
		write(t, filepath.Join(dir, "services", name+".service"), text)
	}
	bus := exec.Command(program(t, "dbus-daemon"), "--config-file="+filepath.Join(dir, "bus.conf"), "--nofork", "--print-address")
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

// program skips the test where a program is not installed, but in CI.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	switch {
	case err != nil && os.Getenv("CI") == "":
		t.Skipf("needs %s: %v", name, err)
	case err != nil:
		t.Fatal(err)
	}
	return path
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestNotifierThatRunsIsFound(t *testing.T) {
	sessionBus(t)
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := conn.RequestName(notifications, 0); err != nil {
		t.Fatal(err)
	}
	if err := New(t.TempDir()).Notifier(t.Context()); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestNotifierThatTheBusWouldStartIsFoundAndNotStarted(t *testing.T) {
	dir := sessionBus(t, notifications)
	if err := New(t.TempDir()).Notifier(t.Context()); err != nil {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "started")); err == nil {
		t.Error("it was started")
	}
}

func TestBusWithoutANotifier(t *testing.T) {
	sessionBus(t, "org.example.Other")
	if err := New(t.TempDir()).Notifier(t.Context()); !errors.Is(err, core.ErrNoNotifier) || !errors.Is(err, errNoService) {
		t.Errorf("got %v, want ErrNoNotifier for want of the service", err)
	}
}

func TestNoSessionBus(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+dir+"/bus")
	if err := New(dir).Notifier(t.Context()); !errors.Is(err, core.ErrNoNotifier) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want ErrNoNotifier for want of the bus", err)
	}
}

// closedBus answers every connection with what end does to it.
func closedBus(t *testing.T, end func(net.Conn)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bus")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			end(conn)
		}
	}()
	t.Cleanup(func() { _ = listener.Close(); <-done })
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+path)
}

func TestSilentBusIsNotWaitedFor(t *testing.T) {
	var held []net.Conn
	closedBus(t, func(conn net.Conn) { held = append(held, conn) }) // or the connection would be closed
	err := notifier(t.Context(), 50*time.Millisecond)
	if !errors.Is(err, core.ErrNoNotifier) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want ErrNoNotifier for its silence", err)
	}
}

func TestBusThatHangsUp(t *testing.T) {
	closedBus(t, func(conn net.Conn) { _ = conn.Close() })
	if err := New(t.TempDir()).Notifier(t.Context()); !errors.Is(err, core.ErrNoNotifier) || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want ErrNoNotifier at once", err)
	}
}
