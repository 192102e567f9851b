package machine

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"rentbell/core"
	"rentbell/core/bustest"
)

func TestNotifierThatRunsIsFound(t *testing.T) {
	bustest.Session(t)
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
	dir, _ := bustest.Session(t, notifications)
	if err := New(t.TempDir()).Notifier(t.Context()); err != nil {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "started")); err == nil {
		t.Error("it was started")
	}
}

func TestBusWithoutANotifier(t *testing.T) {
	bustest.Session(t, "org.example.Other")
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
