// Package bustest runs a D-Bus of a test's own in place of the session's.
package bustest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const config = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%[1]s/bus</listen>
  <servicedir>%[1]s/services</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

// Session runs a bus with nobody on it. The process sees it as its session bus until
// the test ends. A service for each of the names is one that the bus could start: it
// would leave a file, started, in dir, where the bus has its own files too.
func Session(t *testing.T, services ...string) (dir string, bus *exec.Cmd) {
	t.Helper()
	dir, err := os.MkdirTemp("", "rb") // shorter than t.TempDir: a socket goes in there
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Mkdir(filepath.Join(dir, "services"), 0o700); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"bus.conf": fmt.Sprintf(config, dir)}
	for _, name := range services {
		files["services/"+name+".service"] = fmt.Sprintf("[D-BUS Service]\nName=%s\nExec=/bin/touch %s/started\n", name, dir)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	bus = Program(t, "dbus-daemon", "--config-file="+filepath.Join(dir, "bus.conf"), "--nofork", "--print-address")
	address, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	Start(t, bus)
	line, err := bufio.NewReader(address).ReadString('\n')
	if err != nil {
		t.Fatalf("read the bus's address: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(line))
	return dir, bus
}

// Program is a command that is yet to start. The test is skipped where the program is
// not installed, but in CI.
func Program(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath(name)
	switch {
	case err != nil && os.Getenv("CI") == "":
		t.Skipf("needs %s: %v", name, err)
	case err != nil:
		t.Fatal(err)
	}
	return exec.Command(path, args...)
}

// Start starts a command that ends with the test.
func Start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may be gone already
		_ = cmd.Wait()         // killed
	})
}
