package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/appfolio/sandbox/space"
)

// spaceEnv is the sandbox's account in the environment.
func spaceEnv() []string {
	return []string{
		launch.EnvClientID + "=" + space.ClientID, launch.EnvClientSecret + "=" + space.ClientSecret,
		launch.EnvDeveloperID + "=" + space.DeveloperID, launch.EnvDatabaseID + "=" + space.DatabaseID,
		launch.EnvReportsClientID + "=" + space.ReportsClientID, launch.EnvReportsSecret + "=" + space.ReportsClientSecret,
	}
}

// TestDoorbellsAreReadBack goes the whole way of a Developer Space: signed
// doorbells over HTTP, records and receipts read back, and an export at the end.
func TestDoorbellsAreReadBack(t *testing.T) {
	t.Parallel()
	play := space.New(space.Config{Seed: 7, Past: 40 * 24 * time.Hour, Interval: -1})
	vendor := httptest.NewServer(play)
	t.Cleanup(vendor.Close)
	dir := t.TempDir()
	p := start(t, spaceEnv(), "serve", "--kind", "developer-space", "--data", dir, "--listen", "127.0.0.1:0",
		"--appfolio-url", vendor.URL, "--reports-url", vendor.URL)
	address := p.waitFor(t, p.err, `address=(http://\S+)`)
	if err := play.Deliver(address + core.WebhookPath); err != nil {
		t.Fatal(err)
	}
	p.waitFor(t, p.out, `receipt:\d+`) // the past is there

	changed := nextOrder(t, play)
	if err := play.Ring(t.Context(), changed); err != nil {
		t.Fatalf("ring: %v\n%s", err, p.err)
	}
	p.waitFor(t, p.out, `work_order:`+changed.Resource)
	stranger := changed.Stranger()
	if err := play.Ring(t.Context(), stranger); err != nil {
		t.Fatalf("a stranger's doorbell is acknowledged, and kept apart: %v", err)
	}
	if status, answer, err := deliver(t.Context(), http.DefaultClient, address, `{"topic":"work_orders"}`); status != http.StatusUnauthorized || answer != `{"error":"Invalid signature"}` {
		t.Errorf("a delivery of the other kind: %d %s %v, want 401", status, answer, err)
	}
	p.stop(t)

	_, out, _ := command(t, "events", "--data", dir, "--quarantine", "--json")
	if countLines(out) != 1 || !strings.Contains(out, string(core.ReasonOtherAccount)) {
		t.Errorf("quarantine:\n%s", out)
	}
	kept := spaceEvents(t, dir)
	if doorbell := kept[changed.ID]; doorbell.Type != "work_orders" || !strings.Contains(string(doorbell.Data), changed.Resource) {
		t.Errorf("the doorbell stands as %+v", doorbell)
	}
	month := time.Now().AddDate(0, 0, -30)
	for _, r := range play.Truth().Receipts {
		e, told := kept["receipt:"+r.ID]
		var data struct {
			Cents  core.Cents `json:"amount_cents"`
			Tenant string     `json:"tenant_name"`
		}
		switch err := json.Unmarshal(e.Data, &data); {
		case r.Date.Before(core.DateOf(month)) && !told:
		case !told || err != nil || e.Type != core.TypePaymentReceived || data.Cents != r.Amount || data.Tenant != r.Payer:
			t.Errorf("receipt %+v stands as %+v", r, e)
		}
	}
	_, csv, said := command(t, "export", "payments", "--data", dir, "--from", month.Format(time.DateOnly), "--to", time.Now().Format(time.DateOnly), "--format", "quickbooks", "--out", "-")
	if lines := countLines(csv); lines < 20 || !strings.HasPrefix(csv, "Date,Description,Amount") {
		t.Errorf("%d lines are exported: %s", lines, said)
	}
}

// nextOrder lets things happen until one is about a work order that can be read.
func nextOrder(t *testing.T, play *space.Space) space.Doorbell {
	t.Helper()
	for range 1000 {
		doorbells := play.Happen()
		if i := slices.IndexFunc(doorbells, func(d space.Doorbell) bool { return d.Topic == "work_orders" && d.EventType != "destroy" }); i >= 0 {
			return doorbells[i]
		}
	}
	t.Fatal("no work order ever changed")
	panic("unreachable")
}

type keptEvent struct {
	ID, Type string
	Data     json.RawMessage
}

// spaceEvents are the events in a directory, by id.
func spaceEvents(t *testing.T, dir string) map[string]keptEvent {
	t.Helper()
	_, out, said := command(t, "events", "--data", dir, "--json")
	kept := map[string]keptEvent{}
	for line := range strings.Lines(out) {
		var e keptEvent
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%s: %v %s", line, err, said)
		}
		kept[e.ID] = e
	}
	return kept
}

func TestDeveloperSpaceIsRegisteredByHand(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"serve", "--kind", "developer-space", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--register"},
		{"serve", "--kind", "developer-space", "--data", t.TempDir(), "--listen", "127.0.0.1:0"}, // receipts, but from where
		{"serve", "--kind", "both", "--data", t.TempDir(), "--listen", "127.0.0.1:0"},
	} {
		p := start(t, spaceEnv(), args...)
		if code := p.wait(t, 5*time.Second); code != exitUsage {
			t.Errorf("%v: exit code %d", args, code)
		}
	}
	env := spaceEnv()
	for i, name := range []string{launch.EnvClientID, launch.EnvClientSecret, launch.EnvDeveloperID} {
		p := start(t, slices.Delete(slices.Clone(env), i, i+1), "serve", "--kind", "developer-space", "--data", t.TempDir(), "--listen", "127.0.0.1:0")
		if code := p.wait(t, 5*time.Second); code != exitUsage || !strings.Contains(p.err.String(), name) {
			t.Errorf("without %s: exit code %d\n%s", name, code, fmt.Sprint(p.err))
		}
	}
}
