//go:build linux

package main_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// patience bounds every wait for the app. A loaded machine that renders in
// software needs some.
const patience = 60 * time.Second

// desktop is what the app finds around it: an X server of its own, and a
// session bus with nothing on it but our stand-ins for the notification
// service and the tray.
type desktop struct {
	display       string // ":99"
	screen        *onlooker
	bus           string // address of the session bus
	notifications *notifications
	tray          *tray
}

// startDesktop brings one up for the length of the test. Where the programs for
// it are missing the test is skipped, but never on CI.
func startDesktop(t *testing.T) *desktop {
	t.Helper()
	need(t, "Xvfb", "dbus-daemon")
	d := startBareDesktop(t)
	var err error
	if d.tray, err = serveTray(d.notifications.conn); err != nil {
		t.Fatalf("serve tray: %v", err)
	}
	return d
}

// startBareDesktop brings one up that has no tray.
func startBareDesktop(t *testing.T) *desktop {
	t.Helper()
	d := &desktop{display: startDisplay(t), bus: startBus(t)}
	d.screen = lookOn(t, d.display)
	var err error
	if d.notifications, err = serveNotifications(connect(t, d.bus)); err != nil {
		t.Fatalf("serve notifications: %v", err)
	}
	return d
}

// clipboard returns what was copied; an error while nothing was.
func (d *desktop) clipboard(t *testing.T) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "xclip", "-display", d.display, "-selection", "clipboard", "-out")
	text, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("read the clipboard: %w", err)
	}
	return string(text), nil
}

// connect joins the bus until the test ends or should long have ended.
func connect(t *testing.T, bus string) *dbus.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*patience)
	t.Cleanup(cancel)
	conn, err := dbus.Connect(bus, dbus.WithContext(ctx))
	if err != nil {
		t.Fatalf("connect to the session bus: %v", err)
	}
	return conn
}

// need ends the test where a program is missing.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, program := range programs {
		_, err := exec.LookPath(program)
		switch {
		case err != nil && os.Getenv("CI") != "":
			t.Fatalf("%v: make deps installs it", err)
		case err != nil:
			t.Skipf("%v: make deps installs it", err)
		}
	}
}

// startDisplay starts an X server on a number that it finds free itself.
func startDisplay(t *testing.T) string {
	t.Helper()
	number := startService(t, "Xvfb",
		"-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", screenWidth, screenHeight), "-br", "-noreset", "-nolisten", "tcp")
	return ":" + number
}

// busConfig is a session bus that starts nobody: what is not on it already is
// not there.
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

func startBus(t *testing.T) string {
	t.Helper()
	config := filepath.Join(t.TempDir(), "bus.conf")
	if err := os.WriteFile(config, []byte(busConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	return startService(t, "dbus-daemon", "--config-file="+config, "--nofork", "--print-address=3")
}

// startService starts a program that tells, on file descriptor 3, where it can
// be reached once it can, and ends with the test. It returns what was told.
func startService(t *testing.T, program string, args ...string) string {
	t.Helper()
	told, tells, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer told.Close()
	log := new(strings.Builder)
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.ExtraFiles = []*os.File{tells}
	cmd.Stderr = log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM} // not even a crash leaves it behind
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 5 * time.Second
	err = cmd.Start()
	_ = tells.Close() // the program has its own; without this, reading would not end when it dies
	if err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	t.Cleanup(func() { _ = cmd.Wait() })               // we ended it, so its status says nothing
	_ = told.SetReadDeadline(time.Now().Add(patience)) // without one the test's own limit ends the wait
	line, err := bufio.NewReader(told).ReadString('\n')
	if err != nil {
		t.Fatalf("%s does not say where it is: %v\n%s", program, err, log)
	}
	return strings.TrimSpace(line)
}

// environment is what a program started on this desktop sees: nothing of the
// real one, and a home of its own.
func (d *desktop) environment(t *testing.T, more ...string) []string {
	t.Helper()
	home, runtime := t.TempDir(), t.TempDir()
	if err := os.Mkdir(filepath.Join(home, ".cache"), 0o700); err != nil { // Fyne does not make it
		t.Fatal(err)
	}
	return append([]string{
		runAsProgram + "=1",
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + home,
		"XDG_RUNTIME_DIR=" + runtime,
		"DISPLAY=" + d.display,
		"DBUS_SESSION_BUS_ADDRESS=" + d.bus,
		"LANG=C.UTF-8",
		"TZ=America/New_York",
		"FYNE_THEME=light",
		"LIBGL_ALWAYS_SOFTWARE=1",
		"GORACE=exitcode=0", // races are looked for in what it prints
	}, more...)
}

// eventually calls check until it returns nil, and fails the test when it still
// has not after patience. It polls because another process draws the screen,
// and sends no signal when it is done.
func eventually(t *testing.T, what string, check func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for {
		err := check()
		if err == nil {
			return
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			t.Fatalf("%s: %v", what, err)
		}
	}
}

// take waits for the next value on a channel.
func take[T any](t *testing.T, what string, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(patience):
		t.Fatalf("%s: nothing came within %v", what, patience)
	case <-t.Context().Done():
		t.Fatalf("%s: %v", what, t.Context().Err())
	}
	panic("unreachable")
}

// own exports a service's methods and takes its name on the bus.
func own(conn *dbus.Conn, name string, path dbus.ObjectPath, methods any) error {
	if err := conn.Export(methods, path, name); err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	reply, err := conn.RequestName(name, dbus.NameFlagDoNotQueue)
	if err != nil {
		return fmt.Errorf("own %s: %w", name, err)
	}
	if reply != dbus.RequestNameReplyPrimaryOwner {
		return fmt.Errorf("own %s: reply %d, another has it", name, reply)
	}
	return nil
}
