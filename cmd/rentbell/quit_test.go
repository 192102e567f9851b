//go:build linux

package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"rentbell/core/remote"
	"rentbell/store"
)

// TestQuit is not a part of TestApp: it ends every window of this user.
func TestQuit(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole app")
	}
	need(t, "Xvfb", "dbus-daemon")
	if len(remote.Running(t.Context())) > 0 {
		t.Skip("a Rentbell is at work on this computer")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	d := startDesktop(t)
	data := t.TempDir()
	a := start(t, d, program, "--data", data)
	take(t, "tray item", d.tray.items)
	a.awaitListening(t)
	demo := run(t, d, program, "--demo")
	take(t, "tray item", d.tray.items)

	run(t, d, program, "--quit", "--data", data).exits(t, 0)
	db, err := store.Open(data) // it has gone
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	a.exits(t, 0)
	checkLogFile(t, data)

	if err := demo.cmd.Process.Signal(syscall.Signal(0)); err != nil {
		t.Errorf("the sample data's window has gone too: %v", err)
	}
	run(t, d, program, "--quit").exits(t, 0)
	if left, err := os.ReadDir(demo.temporary); err != nil || len(left) > 0 {
		t.Errorf("the sample data leaves %v behind, %v", left, err)
	}
	demo.exits(t, 0)
	run(t, d, program, "--quit").exits(t, 0) // nothing runs
}

// checkLogFile looks at what a run without a terminal leaves.
func checkLogFile(t *testing.T, data string) {
	t.Helper()
	path := filepath.Join(data, "rentbell.log")
	log, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(log); !strings.Contains(text, "level=INFO") || strings.Contains(text, webhookSecret) {
		t.Errorf("the log holds %q", text)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
	if _, err := os.Stat(filepath.Join(data, "crash.log")); err == nil {
		t.Error("there is a file of crashes, and there was no crash")
	}
}
