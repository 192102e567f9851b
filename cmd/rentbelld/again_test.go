package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store"
)

// pay stores a payment of a day, while nobody has the store open.
func pay(t *testing.T, dir, id, day string) {
	t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = db.Add(core.Event{
		ID: id, Type: core.TypePaymentReceived, Detail: core.Payment{Lease: "20931", Amount: 5000, AmountKnown: true, Reference: id},
		Body: []byte("{}"), OccurredAt: at.Add(15 * time.Hour), ReceivedAt: at.Add(16 * time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// exportNew exports what is new to a file, and holds the rows it has against those
// that it should have.
func exportNew(t *testing.T, dir, path, format string, rows int) {
	t.Helper()
	code, _, errs := command(t, "export", "payments", "--data", dir, "--new", "--format", format, "--out", path)
	if code != 0 || !strings.Contains(errs, fmt.Sprintf("%d payments exported, %d.00 in all", rows, 50*rows)) {
		t.Fatalf("exit code %d\n%s", code, errs)
	}
	for _, to := range []string{filepath.Join(t.TempDir(), "none"), "-"} {
		code, out, errs := command(t, "export", "payments", "--data", dir, "--new", "--format", format, "--out", to)
		if _, err := os.Stat(to); code != 0 || out != "" || !strings.Contains(errs, "nothing is new") || err == nil {
			t.Errorf("nothing is new, to %s: exit code %d\n%s%s", to, code, out, errs)
		}
	}
}

// One memory for whoever has the data, and each file can be made again.
func TestExportOfWhatIsNewHasEachPaymentOnce(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"quickbooks", "xlsx", "ofx"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			dir, out := filepath.Join(t.TempDir(), "data"), t.TempDir()
			keep(t, dir, core.Payment{Amount: 5000}, core.Payment{Amount: 5000})
			exportNew(t, dir, filepath.Join(out, "1"), format, 2)
			serving, address := serveOn(t, dir)
			if status, _, err := deliver(t.Context(), http.DefaultClient, address, rent("b", "2026-06-18T15:00:00Z", 5000)); err != nil || status != http.StatusOK {
				t.Fatal(status, err)
			}
			exportNew(t, dir, filepath.Join(out, "2"), format, 1)
			serving.stop(t)
			pay(t, dir, "late", "2025-01-01")
			code, printed, errs := command(t, "export", "payments", "--data", dir, "--new", "--format", format, "--out", "-")
			if code != 0 || !strings.Contains(errs, "1 payments exported, 50.00 in all") {
				t.Errorf("exit code %d\n%s", code, errs)
			}
			if err := os.WriteFile(filepath.Join(out, "3"), []byte(printed), 0o600); err != nil {
				t.Fatal(err)
			}

			rename := start(t, nil, "import", "names", "--data", dir, "--kind", "lease", namesFile(t, "Lease ID,Name\n20931,Somebody Else\n"))
			if code := rename.wait(t, patience); code != 0 {
				t.Fatalf("exit code %d\n%s", code, rename.err)
			}
			madeAgain(t, dir, out)
			serving, _ = serveOn(t, dir)
			madeAgain(t, dir, out)
			serving.stop(t)
		})
	}
}

func namesFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "names.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// madeAgain makes each listed export again. Its number is its file's name in out.
func madeAgain(t *testing.T, dir, out string) {
	t.Helper()
	code, list, errs := command(t, "export", "again", "--data", dir)
	lines := regexp.MustCompile(`(?m)^([0-9a-f]{12})  .*$`).FindAllStringSubmatch(list, -1)
	if code != 0 || len(lines) == 0 || !strings.Contains(list, "standard output") {
		t.Fatalf("exit code %d\n%s%s", code, list, errs)
	}
	for i, line := range lines {
		want, err := os.ReadFile(filepath.Join(out, fmt.Sprint(i+1)))
		if err != nil {
			t.Fatal(err)
		}
		code, got, errs := command(t, "export", "again", "--data", dir, "--sha256", strings.ToUpper(line[1]), "--out", "-")
		if code != 0 || got != string(want) || !strings.Contains(errs, "payments exported") {
			t.Errorf("%s: exit code %d\n%s\nwant\n%s\n%s", line[0], code, got, want, errs)
		}
	}
}

func TestExportOfWhatIsNewIsSplit(t *testing.T) {
	t.Parallel()
	dir, out := filepath.Join(t.TempDir(), "data"), t.TempDir()
	keep(t, dir, make([]core.Payment, 1001)...)
	if code, _, errs := command(t, "export", "payments", "--data", dir, "--new", "--format", "xero", "--split", "--out", filepath.Join(out, "New.csv")); code != 0 || !strings.Contains(errs, "2 files") {
		t.Fatalf("exit code %d\n%s", code, errs)
	}
	_, list, _ := command(t, "export", "again", "--data", dir)
	again := filepath.Join(t.TempDir(), "Again.csv")
	if code, _, errs := command(t, "export", "again", "--data", dir, "--sha256", list[:12], "--out", again); code != 0 {
		t.Fatalf("exit code %d\n%s", code, errs)
	}
	for part := range 2 {
		was, err := os.ReadFile(export.PartName(filepath.Join(out, "New.csv"), part+1, 2))
		is, err2 := os.ReadFile(export.PartName(again, part+1, 2))
		if err != nil || err2 != nil || string(was) != string(is) {
			t.Errorf("part %d differs, %v, %v", part+1, err, err2)
		}
	}
}

// Two at once never hold the same payment; each has all or finds nothing new.
func TestCommandsThatRaceExportEachPaymentOnce(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	keep(t, dir, make([]core.Payment, 50)...)
	race := func(t *testing.T, format string) {
		out := t.TempDir()
		var racing []*process
		for i := range 3 {
			racing = append(racing, start(t, nil, "export", "payments", "--data", dir, "--new", "--format", format, "--out", filepath.Join(out, fmt.Sprint(i))))
		}
		all := 0
		for _, p := range racing {
			if code := p.wait(t, patience); code != 0 {
				t.Errorf("exit code %d\n%s", code, p.err)
			}
			all += strings.Count(p.err.String(), "50 payments exported")
		}
		if files, err := os.ReadDir(out); err != nil || len(files) != 1 || all != 1 {
			t.Errorf("exported %d times into %v, %v", all, files, err)
		}
	}
	t.Run("alone", func(t *testing.T) { race(t, "xero") })
	t.Run("beside a receiver", func(t *testing.T) {
		serving, _ := serveOn(t, dir)
		race(t, "full")
		serving.stop(t)
	})
}

// Killed at any moment, an export is whole and remembered, or its payments are in the
// next one.
func TestExportThatIsKilledLosesNoPaymentAndHasNoneTwice(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills processes for seconds")
	}
	dir, out := filepath.Join(t.TempDir(), "data"), t.TempDir()
	keep(t, dir, make([]core.Payment, 3000)...)
	check := func(t *testing.T, format string) {
		for round := range 8 {
			path := filepath.Join(out, fmt.Sprint(format, round))
			p := start(t, nil, "export", "payments", "--data", dir, "--new", "--format", format, "--out", path)
			end := time.AfterFunc(time.Duration(rand.IntN(120))*time.Millisecond, func() { _ = p.cmd.Process.Signal(syscall.SIGKILL) })
			<-p.exited
			end.Stop()
		}
		last := filepath.Join(out, format+" last")
		if code, _, errs := command(t, "export", "payments", "--data", dir, "--new", "--format", format, "--out", last); code != 0 {
			t.Fatalf("exit code %d\n%s", code, errs)
		}
		files, err := filepath.Glob(filepath.Join(out, format+"*"))
		if err != nil || len(files) != 1 {
			t.Fatalf("files %v, %v", files, err)
		}
		if content, err := os.ReadFile(files[0]); err != nil || countLines(string(content)) != 3001 {
			t.Errorf("%s has %d lines, %v", files[0], countLines(string(content)), err)
		}
	}
	t.Run("alone", func(t *testing.T) { check(t, "xero") })
	t.Run("beside a receiver", func(t *testing.T) {
		serving, _ := serveOn(t, dir)
		check(t, "full")
		serving.stop(t)
	})
}

func TestExportSaysOneWayToChoosePayments(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	keep(t, dir, core.Payment{Amount: 5000})
	for _, ways := range [][]string{
		{}, {"--from", "2026-06-01"}, {"--to", "2026-06-01"}, {"--new", "--from", "2026-06-01"}, {"--new", "--to", "2026-06-01"},
		{"--new", "--from", "2026-06-01", "--to", "2026-06-30"}, {"--new", "--split"},
	} {
		code, out, errs := command(t, append([]string{"export", "payments", "--data", dir, "--format", "xero", "--out", "-"}, ways...)...)
		if code != 2 || out != "" || !strings.Contains(errs, "Usage:") {
			t.Errorf("%q: exit code %d\n%s%s", ways, code, out, errs)
		}
	}
	for _, ways := range [][]string{{"--sha256", "ab"}, {"--out", "-"}, {"--sha256", "ab", "--out", "-"}} {
		if code, out, errs := command(t, append([]string{"export", "again", "--data", dir}, ways...)...); code != 2 || out != "" {
			t.Errorf("%q: exit code %d\n%s%s", ways, code, out, errs)
		}
	}
	none := filepath.Join(t.TempDir(), "none")
	if code, _, errs := command(t, "export", "payments", "--data", none, "--new", "--format", "xero", "--out", "-"); code != 1 {
		t.Errorf("without data: exit code %d\n%s", code, errs)
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("it was created")
	}
}

// An export of a period is not remembered: it leaves what is new as it is.
func TestExportOfAPeriodIsNotRemembered(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	keep(t, dir, core.Payment{Amount: 5000})
	exported(t, dir, "xero", []string{"--out", filepath.Join(t.TempDir(), "June.csv")}, func(t *testing.T, code int, _, errs string) {
		if code != 0 {
			t.Errorf("exit code %d\n%s", code, errs)
		}
	})
	if code, list, errs := command(t, "export", "again", "--data", dir); code != 0 || list != "" {
		t.Errorf("exit code %d, remembered\n%s%s", code, list, errs)
	}
	exportNew(t, dir, filepath.Join(t.TempDir(), "new.csv"), "xero", 1)
}
