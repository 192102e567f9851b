package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/keychain"
)

// TestAReceiverBecomesADeskWhileItRuns does what the window does: it joins and leaves while
// the same process runs, with an event of its own at first.
func TestAReceiverBecomesADeskWhileItRuns(t *testing.T) {
	t.Parallel()
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	mustDeliver(t, r.address, rent("evt_1", "2026-06-18T10:40:00Z", 145000), rent("evt_2", "2026-06-19T10:40:00Z", -5000))
	dir := t.TempDir()
	app, err := launch.Open(t.Context(), launch.Options{
		Dir: dir, Program: "test", Vault: &keychain.Memory{}, Log: slog.New(slog.DiscardHandler),
		Connection: launch.Connection{Listen: "127.0.0.1:0", Secrets: core.Secrets{WebhookSecret: core.NewSecret(webhookSecret)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	changed := make(chan core.Status, 1) // the newest alone counts
	app.Watch(func(c core.Change) {
		select {
		case <-changed:
		default:
		}
		changed <- c.Status
	})
	await := func(what string, is func(core.Status) bool) {
		t.Helper()
		limit := time.After(patience)
		for {
			select {
			case s := <-changed:
				if is(s) {
					return
				}
			case <-limit:
				t.Fatalf("%s: it stays at %+v", what, app.Bell.Status().Office)
			}
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { app.Run(ctx) })
	defer func() {
		stop()
		running.Wait()
		if err := app.Close(); err != nil {
			t.Error(err)
		}
	}()
	await("it receives", func(s core.Status) bool { return s.Connection == core.Listening })
	mustDeliver(t, app.Bell.Status().Address, rent("evt_own", "2026-06-18T10:40:00Z", 100))
	if err := app.Join(t.Context(), core.Joining{Address: r.office, Code: r.invite(t), Name: "Leasing desk", Aside: true}); err != nil {
		t.Fatal(err)
	}
	await("it follows", func(s core.Status) bool {
		return s.Office.Following && s.Summary.LastSeq == 2 && s.Connection == core.ConnectionOff
	})
	mustDeliver(t, r.address, rent("evt_3", "2026-06-20T10:40:00Z", 100))
	await("an event of the office arrives", func(s core.Status) bool { return s.Summary.LastSeq == 3 })
	if mine, theirs := eventsOf(t, dir), eventsOf(t, r.dir); mine != theirs {
		t.Errorf("the desk has\n%s\nthe receiver\n%s", mine, theirs)
	}
	if aside, err := filepath.Glob(filepath.Join(dir, "rentbell-before-restore-*.db")); err != nil || len(aside) != 1 {
		t.Errorf("what it had received is kept in %q, %v", aside, err)
	}
	if err := app.Leave(t.Context()); err != nil {
		t.Fatal(err)
	}
	await("it follows no more", func(s core.Status) bool { return s.Kind != core.KindOffice && !s.Office.Following })
	if code, out, errs := command(t, "office", "desks", "--data", r.dir, "--json"); code != 0 || out != "" {
		t.Errorf("the office lists %q, %d %s", out, code, errs)
	}
}
