package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rentbell/store"
)

// assertBackup holds a backup to what it should have, as a data directory of its own.
func assertBackup(t *testing.T, file string, events int) {
	t.Helper()
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the backup is %v, %v", info, err)
	}
	dir := t.TempDir()
	if err := os.Rename(file, filepath.Join(dir, store.FileName)); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := command(t, "check", "--data", dir); code != 0 {
		t.Errorf("the backup is not fine: %q, %q", out, errs)
	}
	if _, out, _ := command(t, "events", "--data", dir, "--json"); countLines(out) != events {
		t.Errorf("the backup has %q, want %d events", out, events)
	}
}

func TestBackupIsMadeWhetherOrNotSomebodyReceives(t *testing.T) {
	t.Parallel()
	dir := received(t)
	file := filepath.Join(t.TempDir(), "stopped.db")
	if code, _, errs := command(t, "backup", "--data", dir, "--out", file); code != 0 || !strings.Contains(errs, file) {
		t.Fatalf("exit code %d, %q", code, errs)
	}
	assertBackup(t, file, 2)

	p, address := serveOn(t, dir)
	mustDeliver(t, address, rent("evt_3", "2026-06-20T10:40:00Z", 100))
	file = filepath.Join(t.TempDir(), "receiving.db")
	if code, _, errs := command(t, "backup", "--data", dir, "--out", file); code != 0 || !strings.Contains(errs, file) {
		t.Fatalf("exit code %d, %q", code, errs)
	}
	assertBackup(t, file, 3)
	if code, _, errs := command(t, "backup", "--data", dir, "--out", filepath.Join(dir, store.FileName)); code != exitFailed {
		t.Errorf("over the data itself: exit code %d, %q", code, errs)
	}
	mustDeliver(t, address, rent("evt_4", "2026-06-20T10:40:00Z", 100))
	p.stop(t)
}

func TestBackupOfNothingCreatesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "backup.db")
	for _, data := range []string{dir, filepath.Join(dir, "none")} {
		if code, _, errs := command(t, "backup", "--data", data, "--out", file); code != exitFailed {
			t.Errorf("%s: exit code %d, %q", data, code, errs)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("left %v, %v", entries, err)
	}
}
