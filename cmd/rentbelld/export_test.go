package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

// keep stores payments of $50.00 of June 18, 2026, received on November 28.
func keep(t *testing.T, dir string, payments ...core.Payment) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	d := core.Delivery{}
	for i, p := range payments {
		p.Lease, p.AmountKnown = "20931", true
		d.Events = append(d.Events, core.Event{
			ID: fmt.Sprintf("evt_%d", i), Type: core.TypePaymentReceived, Detail: p, Body: []byte("{}"),
			OccurredAt: time.Date(2026, 6, 18, 15, 0, 0, 0, time.UTC), ReceivedAt: time.Date(2026, 11, 28, 22, 25, 0, 0, time.UTC),
		})
	}
	if _, err := db.AddAll(d); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// exported runs an export of June in Chicago, without a receiver and beside one,
// and passes what it says to look.
func exported(t *testing.T, dir, format string, more []string, look func(t *testing.T, code int, out, errs string)) {
	t.Helper()
	args := append([]string{"export", "payments", "--data", dir, "--from", "2026-06-01", "--to", "2026-06-30", "--format", format}, more...)
	run := func(t *testing.T) {
		p := start(t, []string{"TZ=America/Chicago"}, args...)
		code := p.wait(t, patience)
		look(t, code, p.out.String(), p.err.String())
	}
	t.Run("alone", run)
	t.Run("beside a receiver", func(t *testing.T) {
		serving, _ := serveOn(t, dir)
		run(t)
		serving.stop(t)
	})
}

func TestTimesOfAnExportAreOfTheZoneOfTheirOwnDay(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	keep(t, dir, core.Payment{Amount: 5000})
	exported(t, dir, "full", []string{"--out", "-"}, func(t *testing.T, _ int, out, errs string) {
		if !strings.Contains(out, ",2026-06-18T10:00:00-05:00,2026-11-28T16:25:00-06:00,") {
			t.Errorf("%s%s", out, errs)
		}
	})
}

func TestExportCountsZerosThatQuickBooksRefuses(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	keep(t, dir, core.Payment{Amount: 5000}, core.Payment{}, core.Payment{})
	exported(t, dir, "quickbooks", []string{"--out", "-"}, func(t *testing.T, code int, out, errs string) {
		if code != 0 || countLines(out) != 2 || !strings.Contains(errs, "2 payments left out: their amount is zero") {
			t.Errorf("exit code %d\n%s%s", code, out, errs)
		}
	})
	exported(t, dir, "xero", []string{"--out", "-"}, func(t *testing.T, _ int, out, errs string) {
		if countLines(out) != 4 || strings.Contains(errs, "left out") {
			t.Errorf("%s%s", out, errs)
		}
	})
}

func TestExportAboveTheImportersLimitsIsSaidOrSplit(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	payments := make([]core.Payment, 2001)
	for i := range payments {
		payments[i].Amount = 100
	}
	keep(t, dir, payments...)
	for _, format := range []string{"quickbooks", "xero"} {
		exported(t, dir, format, []string{"--out", "-"}, func(t *testing.T, code int, out, errs string) {
			if code != 0 || countLines(out) != 2002 || !strings.Contains(errs, "--split") || !strings.Contains(errs, "1,000 rows") {
				t.Errorf("%s: exit code %d, %d lines\n%s", format, code, countLines(out), errs)
			}
		})
		out := t.TempDir()
		exported(t, dir, format, []string{"--split", "--out", filepath.Join(out, "June.csv")}, func(t *testing.T, code int, _, errs string) {
			if code != 0 || !strings.Contains(errs, "3 files") || !strings.Contains(errs, "2001 payments exported, 2001.00 in all") {
				t.Errorf("%s: exit code %d\n%s", format, code, errs)
			}
			for name, rows := range map[string]int{"June (1 of 3).csv": 1000, "June (2 of 3).csv": 1000, "June (3 of 3).csv": 1} {
				part, err := os.ReadFile(filepath.Join(out, name))
				if err != nil || countLines(string(part)) != rows+1 {
					t.Errorf("%s: %s has %d lines, %v", format, name, countLines(string(part)), err)
				}
			}
			if files, err := os.ReadDir(out); err != nil || len(files) != 3 {
				t.Errorf("%s: %v, %v", format, files, err)
			}
		})
	}
	exported(t, dir, "full", []string{"--out", "-"}, func(t *testing.T, _ int, out, errs string) {
		if countLines(out) != 2002 || strings.Contains(errs, "--split") {
			t.Errorf("%d lines\n%s", countLines(out), errs)
		}
	})
}

// The rows are few and long.
func TestExportAbove350KBIsSaid(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	payments := make([]core.Payment, 800)
	for i := range payments {
		payments[i] = core.Payment{Amount: 100, Memo: strings.Repeat("é", 240)}
	}
	keep(t, dir, payments...)
	exported(t, dir, "quickbooks", []string{"--out", "-"}, func(t *testing.T, _ int, out, errs string) {
		if len(out) < 350_000 || !strings.Contains(errs, "350 KB") {
			t.Errorf("%d bytes\n%s", len(out), errs)
		}
	})
	exported(t, dir, "xero", []string{"--out", "-"}, func(t *testing.T, _ int, _, errs string) {
		if strings.Contains(errs, "--split") {
			t.Error(errs)
		}
	})
}

// One account is in every file, whoever has the data, and files of the same payments are
// the same.
func TestStatementsAreOfOneAccount(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	keep(t, dir, core.Payment{Amount: 5000}, core.Payment{}, core.Payment{Amount: -5})
	files := map[string]string{}
	for _, format := range []string{"ofx", "OFX", "qbo"} {
		exported(t, dir, format, []string{"--out", "-", "--intu-bid", "03010"}, func(t *testing.T, code int, out, errs string) {
			if code != 0 || !strings.Contains(errs, "2 payments exported, 49.95 in all") || !strings.Contains(errs, "1 payments left out: their amount is zero") {
				t.Errorf("%s: exit code %d\n%s%s", format, code, out, errs)
			}
			kind := strings.ToLower(format)
			if files[kind] == "" {
				files[kind] = out
			}
			if out != files[kind] || !strings.HasSuffix(out, "</OFX>\r\n") {
				t.Errorf("%s: got\n%s\nand before\n%s", format, out, files[kind])
			}
		})
	}
	if without := strings.Replace(files["qbo"], "<INTU.BID>3010\r\n", "", 1); without != files["ofx"] || without == files["qbo"] {
		t.Errorf("the .qbo is\n%s\nand the .ofx\n%s", files["qbo"], files["ofx"])
	}
}

// The first account is made by the process that has the data.
func TestStatementBesideAReceiverMakesTheAccount(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	keep(t, dir, core.Payment{Amount: 5000})
	path := filepath.Join(t.TempDir(), "June.qbo")
	args := []string{"export", "payments", "--data", dir, "--from", "2026-06-01", "--to", "2026-06-30", "--format", "qbo", "--split", "--out", path}
	serving, _ := serveOn(t, dir)
	beside := start(t, nil, args...)
	if code := beside.wait(t, patience); code != 0 {
		t.Fatalf("exit code %d\n%s", code, beside.err.String())
	}
	first, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(first), "<INTU.BID>3000\r\n") {
		t.Fatalf("%v\n%s", err, first)
	}
	serving.stop(t)
	alone := start(t, nil, args...)
	if code := alone.wait(t, patience); code != 0 {
		t.Fatalf("exit code %d\n%s", code, alone.err.String())
	}
	if again, err := os.ReadFile(path); err != nil || string(again) != string(first) {
		t.Errorf("%v\n%s\nand before\n%s", err, again, first)
	}
}

func TestStatementRefusesANumberThatIsNoBank(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	for _, number := range []string{"0", "-1", "x", "", "99999999999"} {
		p := start(t, nil, "export", "payments", "--data", dir, "--from", "2026-06-01", "--to", "2026-06-30", "--format", "qbo", "--out", "-", "--intu-bid", number)
		if code := p.wait(t, patience); code != 2 || !strings.Contains(p.err.String(), "--intu-bid") {
			t.Errorf("%q: exit code %d\n%s", number, code, p.err.String())
		}
	}
	p := start(t, nil, "export", "payments", "--data", dir, "--from", "2026-06-01", "--to", "2026-06-30", "--format", "ofx", "--out", "-")
	if code := p.wait(t, patience); code != 1 {
		t.Errorf("without data: exit code %d\n%s", code, p.err.String())
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the directory was made")
	}
}

func TestWorkbookIsExported(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	keep(t, dir, core.Payment{Amount: 5000, Memo: "=1"}, core.Payment{Amount: 0})
	book := filepath.Join(t.TempDir(), "june.xlsx")
	exported(t, dir, "xlsx", []string{"--out", book, "--split"}, func(t *testing.T, code int, _, errs string) {
		file, err := os.ReadFile(book)
		if code != 0 || err != nil || !strings.HasPrefix(string(file), "PK\x03\x04") || !strings.Contains(errs, "2 payments exported, 50.00 in all") {
			t.Errorf("exit code %d, a file of %d bytes, %v\n%s", code, len(file), err, errs)
		}
		if err := os.Remove(book); err != nil {
			t.Error(err)
		}
	})
}
