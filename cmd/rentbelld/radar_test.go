package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

// rentsOf makes a data directory with three months of rent of one lease, and a work order
// that nobody was given.
func rentsOf(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	add := func(at time.Time, d core.Detail) {
		id := fmt.Sprint(at.UnixNano())
		if _, _, err := db.Add(core.Event{ID: id, Type: "x", OccurredAt: at, ReceivedAt: at, Detail: d}); err != nil {
			t.Fatal(err)
		}
	}
	for m := time.January; m <= time.March; m++ {
		add(time.Date(2026, m, 2, 15, 0, 0, 0, time.UTC), core.Payment{Lease: "20931", Amount: 139500, AmountKnown: true, Method: "Check"})
	}
	add(time.Date(2026, time.April, 1, 15, 0, 0, 0, time.UTC), core.WorkOrder{ID: "1191", Status: "New", Priority: "Urgent"})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestRadarPrintsWhatHoldsBesideAReceiverAndWithoutOne(t *testing.T) {
	t.Parallel()
	dir := rentsOf(t)
	const late = `{"kind":"late","lease_id":"20931","month":"2026-04","expected_cents":139500,"received_cents":0,"since":"2026-04-07","seqs":[]}` + "\n"
	const orders = `{"kind":"no_vendor","work_order_id":"1191","hours":144,"since":"2026-04-01T15:00:00Z","seqs":[4]}` + "\n" +
		`{"kind":"untouched","work_order_id":"1191","days":3,"since":"2026-04-01T15:00:00Z","seqs":[4]}` + "\n"
	radar := func(more ...string) string {
		code, out, errs := command(t, append([]string{"radar", "--data", dir, "--json"}, more...)...)
		if code != 0 {
			t.Errorf("%v: %d, %s", more, code, errs)
		}
		return out
	}
	april7 := []string{"--at", "2026-04-07T15:00:00Z"}
	steps := func(what string) {
		t.Helper()
		if got := radar(april7...); got != late+orders {
			t.Errorf("%s: got\n%s\nwant\n%s", what, got, late+orders)
		}
		if got := radar("--at", "2026-03-31T23:00:00-05:00", "--grace", "60"); got != "" {
			t.Errorf("%s, before: got\n%s", what, got)
		}
		if got := radar(append(april7, "--grace", "6")...); got != orders {
			t.Errorf("%s, with more grace: got\n%s", what, got)
		}
	}
	steps("alone")
	serveOn(t, dir)
	steps("beside a receiver")
}

func TestRadarOfNothing(t *testing.T) {
	t.Parallel()
	if code, _, errs := command(t, "radar", "--data", filepath.Join(t.TempDir(), "none"), "--json"); code != exitFailed || errs == "" {
		t.Errorf("no directory: %d, %s", code, errs)
	}
	for _, more := range [][]string{{"--due", "0"}, {"--due", "32"}, {"--grace", "-1"}, {"--at", "yesterday"}, {"more"}} {
		if code, _, errs := command(t, append([]string{"radar", "--data", t.TempDir(), "--json"}, more...)...); code != exitUsage {
			t.Errorf("%v: %d, %s", more, code, errs)
		}
	}
}

func TestRentsAreImportedBesideAReceiverAndWithoutOne(t *testing.T) {
	t.Parallel()
	dir := rentsOf(t)
	list := listOf(t, "Rent Roll\nOccupancy ID,Tenant,Market Rent,Rent\n20931,Ana,\"1,500.00\",\"$1,400.00\"\n20932,Bo,,950\n20933,Kim,900,soon\n20934,Lu,900,(500.00)\nTotal,,,\"2,350.00\"\n")
	const first = `{"read":2,"added":2,"changed":0,"same":0,"skipped":[{"line":5,"reason":"the rent is no amount of dollars"},{"line":6,"reason":"the rent is below zero"}],"columns":{"lease":"Occupancy ID","rent":"Rent"},"encoding":"utf-8","separator":","}` + "\n"
	importing := func(more ...string) (int, string, string) {
		return command(t, append([]string{"import", "rents", "--data", dir, "--json"}, more...)...)
	}
	if code, out, errs := importing("--dry-run", list); code != 0 || out != first || errs != "" {
		t.Errorf("dry run: %d, %s%s", code, out, errs)
	}
	if code, out, errs := importing(list); code != 0 || out != first {
		t.Errorf("%d, %s%s", code, out, errs)
	}
	radar := func() string {
		_, out, _ := command(t, "radar", "--data", dir, "--json", "--at", "2026-04-07T15:00:00Z")
		return out
	}
	alone := radar()
	if want := `{"kind":"late","lease_id":"20932","month":"2026-04","expected_cents":95000,"received_cents":0,"since":"2026-04-07","seqs":[]}`; !strings.Contains(alone, want) {
		t.Errorf("got\n%s\nwant a line\n%s", alone, want)
	}
	serveOn(t, dir)
	second := listOf(t, "lease,what\n20931,1400.00\n20932,900\n20935,700\n")
	columns := []string{"--columns", "lease=lease,rent=what"}
	const want = `{"read":3,"added":1,"changed":1,"same":1,"skipped":[],"columns":{"lease":"lease","rent":"what"},"encoding":"utf-8","separator":","}` + "\n"
	if code, out, errs := importing(append(columns, "--dry-run", second)...); code != 0 || out != want {
		t.Errorf("dry run beside a receiver: %d, %s%s", code, out, errs)
	}
	if got := radar(); got != alone {
		t.Errorf("a dry run changed\n%s", got)
	}
	if code, out, errs := importing(append(columns, second)...); code != 0 || out != want {
		t.Errorf("beside a receiver: %d, %s%s", code, out, errs)
	}
	if got := radar(); !strings.Contains(got, `"lease_id":"20935"`) {
		t.Errorf("got\n%s", got)
	}
}

func TestRentsThatAreNotCertainAreNotImported(t *testing.T) {
	t.Parallel()
	dir := rentsOf(t)
	for content, want := range map[string]string{
		"Lease ID,Market Rent\n1,900\n":        "--columns lease=HEADER,rent=HEADER",
		"Tenant,Rent\nAna,900\n":               "Tenant,Rent",
		"Lease ID,Rent,Current Rent\n1,9,10\n": "Lease ID,Rent,Current Rent",
	} {
		if code, out, errs := command(t, "import", "rents", "--data", dir, listOf(t, content)); code != exitUsage || out != "" || !strings.Contains(errs, want) {
			t.Errorf("%q: %d, %s%s", content, code, out, errs)
		}
	}
	for _, content := range []string{"", "Lease ID,Rent\n", "Lease ID,Rent\n1,\n"} {
		if code, _, errs := command(t, "import", "rents", "--data", dir, listOf(t, content)); code != exitFailed {
			t.Errorf("%q: %d, %s", content, code, errs)
		}
	}
}

func TestNoticeIsSwitchedBesideAReceiverAndWithoutOne(t *testing.T) {
	t.Parallel()
	dir := rentsOf(t)
	notice := func(args ...string) int {
		code, _, _ := command(t, append([]string{"notice", "--data", dir}, args...)...)
		return code
	}
	pay := func(n int, db *store.DB) {
		if _, _, err := db.Add(core.Event{ID: fmt.Sprint("n", n), OccurredAt: time.Now(), ReceivedAt: time.Now(), Detail: core.Payment{Lease: "20931", Amount: 100, AmountKnown: true}}); err != nil {
			t.Fatal(err)
		}
	}
	found := func() int {
		_, out, _ := command(t, "radar", "--data", dir, "--json")
		return strings.Count(out, `{"kind":"notice","lease_id":"20931"`)
	}
	if code := notice("--lease", "20931", "on"); code != 0 {
		t.Fatal(code)
	}
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	pay(1, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if n := found(); n != 1 {
		t.Errorf("%d findings with the notice on", n)
	}
	serveOn(t, dir)
	if code, n := notice("--lease", "20931", "off"), found(); code != 0 || n != 0 {
		t.Errorf("%d; %d findings with the notice off", code, n)
	}
	for _, wrong := range [][]string{{"--lease", "20931"}, {"--lease", "20931", "maybe"}, {"on"}} {
		if code := notice(wrong...); code != exitUsage {
			t.Errorf("%v: %d", wrong, code)
		}
	}
}
