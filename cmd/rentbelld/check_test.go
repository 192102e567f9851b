package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/store"
)

// received serves until a few events are stored, and stops.
func received(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	p, address := serveOn(t, dir)
	mustDeliver(t, address, rent("evt_1", "2026-06-18T10:40:00Z", 145000), rent("evt_2", "2026-06-19T10:40:00Z", -5000), `no object`)
	p.stop(t)
	return dir
}

func TestCheckOfAHealthyStoreSaysSo(t *testing.T) {
	t.Parallel()
	dir := received(t)
	code, out, errs := command(t, "check", "--data", dir)
	if code != 0 || !strings.Contains(out, "ok    Events") || strings.Contains(out, "FIX") || errs != "" {
		t.Errorf("exit code %d: %q, %q", code, out, errs)
	}
	code, out, _ = command(t, "check", "--data", dir, "--json", "--repair") // nothing to repair: nothing is touched
	var c checked
	if err := json.Unmarshal([]byte(out), &c); err != nil || code != 0 || !c.Fine || c.Events != 2 || c.Quarantined != 1 || c.Repaired != nil {
		t.Errorf("exit code %d, %v: %s", code, err, out)
	}
	if code, _, errs = command(t, "check"); code != exitUsage || !strings.Contains(errs, "--data") {
		t.Errorf("without --data: exit code %d, %q", code, errs)
	}
}

func TestCheckSaysThatSomebodyHasTheDataOpen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p, _ := serveOn(t, dir)
	for _, args := range [][]string{{"check", "--data", dir}, {"check", "--data", dir, "--repair"}} {
		if code, _, errs := command(t, args...); code != exitFailed || !strings.Contains(errs, "already running") || !strings.Contains(errs, dir) {
			t.Errorf("%v: exit code %d, %q", args, code, errs)
		}
	}
	p.stop(t)
}

func TestCheckThatIsInterruptedSaysOnlyThat(t *testing.T) {
	t.Parallel()
	dir := received(t)
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	var out, errs bytes.Buffer
	if code := run(ctx, []string{"check", "--data", dir, "--repair"}, program{&out, &errs, os.Getenv}); code != exitFailed || out.Len() > 0 {
		t.Errorf("exit code %d, %q", code, out.String())
	}
	if got := errs.String(); got != "rentbelld: interrupted\n" {
		t.Errorf("it says %q", got)
	}
}

func TestDamagedFileIsToldAndSavedOnlyWhenThatIsAskedFor(t *testing.T) {
	t.Parallel()
	dir := received(t)
	path := filepath.Join(dir, store.FileName)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(content[:2*os.Getpagesize()])
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, []string{launch.EnvWebhookSecret + "=" + webhookSecret}, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	code := p.wait(t, 5*time.Second)
	if errs := p.err.String(); code != exitFailed || !strings.Contains(errs, "damaged") || !strings.Contains(errs, "check --repair") {
		t.Errorf("serve: exit code %d, %q", code, errs)
	}
	if code, out, errs := command(t, "check", "--data", dir); code != exitFailed || !strings.Contains(out, "FIX   File") {
		t.Errorf("check: exit code %d, %q, %q", code, out, errs)
	}
	if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, content) {
		t.Errorf("the file was changed: %v", err)
	}
	if code, out, errs := command(t, "check", "--data", dir, "--repair"); code != 0 || !strings.Contains(out, "rentbell-damaged-") {
		t.Errorf("check --repair: exit code %d, %q, %q", code, out, errs)
	}
	if _, out, _ := command(t, "events", "--data", dir, "--json"); countLines(out) != 2 {
		t.Errorf("saved %q", out)
	}
}

// TestFileThatLeadsAstrayEndsNoCommand serves, reads and checks a file whose pages
// lead back to themselves, as they would end the process by a full stack.
func TestFileThatLeadsAstrayEndsNoCommand(t *testing.T) {
	t.Parallel()
	packed, err := os.Open(filepath.Join("..", "..", "store", "testdata", "damaged", "cycle-events.db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = packed.Close() }() // it was only read
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, store.FileName)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, []string{launch.EnvWebhookSecret + "=" + webhookSecret}, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	code := p.wait(t, 5*time.Second)
	if errs := p.err.String(); code != exitFailed || !strings.Contains(errs, "check --repair") {
		t.Errorf("serve: exit code %d, %q", code, errs)
	}
	for _, args := range [][]string{
		{"events", "--data", dir, "--json"},
		{"export", "payments", "--data", dir, "--from", "2026-01-01", "--to", "2026-12-31", "--format", "full", "--out", "-"},
		{"backup", "--data", dir, "--out", filepath.Join(t.TempDir(), "backup.db")},
	} {
		if code, out, errs := command(t, args...); code != exitFailed || out != "" || !strings.Contains(errs, "check --repair") {
			t.Errorf("%s: exit code %d, %q, %q", args[0], code, out, errs)
		}
	}
	if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, content) {
		t.Errorf("the file was changed: %v", err)
	}
	if code, out, errs := command(t, "check", "--data", dir, "--repair"); code != 0 {
		t.Errorf("check --repair: exit code %d, %q, %q", code, out, errs)
	}
	if _, out, _ := command(t, "events", "--data", dir, "--json"); countLines(out) != 300 {
		t.Errorf("saved %d events", countLines(out))
	}
}
