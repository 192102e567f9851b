package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestColumnsOnceNamedAreUsedAgainBesideAReceiverAndWithoutOne(t *testing.T) {
	t.Parallel()
	dir := received(t)
	list := listOf(t, "June\n\nVertrag;Wer;Zahlt\nL1;Ana;900,5\nL2;Bo;1,100.00\n")
	next := listOf(t, "July\nVERTRAG:;wer;Zahlt\nL1;Ana;900.00\nL3;Kim;700\n")
	rents := func(more ...string) (int, string, string) {
		return command(t, append([]string{"import", "rents", "--data", dir, "--json"}, more...)...)
	}
	named := []string{"--columns", "lease=Vertrag,rent=Zahlt"}
	if code, _, _ := rents(next); code != exitUsage {
		t.Errorf("columns that nobody named: %d", code)
	}
	if code, out, errs := rents(append(named, "--dry-run", list)...); code != 0 {
		t.Fatalf("%d, %s%s", code, out, errs)
	}
	if code, _, _ := rents(next); code != exitUsage {
		t.Errorf("columns named for a dry run alone: %d", code)
	}
	if code, out, errs := rents(append(named, list)...); code != 0 || !strings.HasPrefix(out, `{"read":1,"added":1,`) {
		t.Fatalf("%d, %s%s", code, out, errs)
	}
	const want = `{"read":2,"added":1,"changed":1,"same":0,"skipped":[],"columns":{"lease":"VERTRAG:","rent":"Zahlt"},"encoding":"utf-8","separator":";"}` + "\n"
	for _, more := range [][]string{{"--dry-run", next}, {next}} {
		if code, out, errs := rents(more...); code != 0 || out != strings.Replace(want, `"added":1,"changed":1`, `"added":2,"changed":0`, 1) {
			t.Errorf("%v: %d, %s%s", more, code, out, errs)
		}
	}
	if code, out, _ := command(t, "import", "names", "--data", dir, "--kind", "lease", next); code != exitUsage {
		t.Errorf("columns of rents count for names: %d, %s", code, out)
	}

	serveOn(t, dir)
	if code, out, errs := rents(next); code != 0 || !strings.HasPrefix(out, `{"read":2,"added":0,"changed":0,"same":2,`) {
		t.Errorf("beside a receiver: %d, %s%s", code, out, errs)
	}
	names := listOf(t, "Lease ID,Name,Nickname\n20931,Ana Ruiz,Ana\n")
	importing := func(more ...string) string {
		t.Helper()
		code, out, errs := command(t, append([]string{"import", "names", "--data", dir, "--kind", "lease", "--json"}, more...)...)
		if code != 0 {
			t.Fatalf("%d, %s", code, errs)
		}
		return out
	}
	if out := importing(names); !strings.Contains(out, `"columns":{"id":"Lease ID","name":"Name"}`) {
		t.Errorf("certain columns: %s", out)
	}
	importing("--columns", "name=Nickname", names)
	if out := importing(names); !strings.Contains(out, `"same":1,`) || !strings.Contains(out, `"columns":{"id":"Lease ID","name":"Nickname"}`) {
		t.Errorf("certain columns, and others named: %s", out)
	}
}

func TestAnUncertainFileMakesNoStore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if code, _, _ := command(t, "import", "rents", "--data", dir, listOf(t, "Who,Pays\nAna,5.00\n")); code != exitUsage {
		t.Errorf("exit code %d", code)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("it made %v, %v", entries, err)
	}
}

func TestFilesThatAreNoTablesAreToldAsWhatTheyAre(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for path, want := range map[string]string{
		listOf(t, "%PDF-1.7\n"): "This is a PDF.", listOf(t, "PK\x03\x04"): "cannot read this workbook", listOf(t, ""): "The file is empty.",
		listOf(t, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"): "save it as CSV", dir: "This is no file.", listOf(t, strings.Repeat("1,a\n", 100_002)): "too large",
	} {
		code, out, errs := command(t, "import", "rents", "--data", dir, path)
		if code != exitFailed || !strings.Contains(errs, want) {
			t.Errorf("%s: %d, %s%s; want %q", path, code, out, errs, want)
		}
	}
}

func TestAWorkbookIsImportedBesideAReceiver(t *testing.T) {
	t.Parallel()
	dir := rentsOf(t)
	f := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "Lease ID", "B1": "Rent", "A2": 20931, "B2": 1395.5, "A3": "20932", "B3": "$900.00"} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	list := filepath.Join(t.TempDir(), "rents.xlsx")
	if err := f.SaveAs(list); err != nil {
		t.Fatal(err)
	}
	serveOn(t, dir)
	const want = `{"read":2,"added":2,"changed":0,"same":0,"skipped":[],"columns":{"lease":"Lease ID","rent":"Rent"},"encoding":"xlsx","separator":"\t"}` + "\n"
	if code, out, errs := command(t, "import", "rents", "--data", dir, "--json", list); code != 0 || out != want {
		t.Errorf("%d, %s%s", code, out, errs)
	}
	if _, out, _ := command(t, "radar", "--data", dir, "--json", "--at", "2026-04-07T15:00:00Z"); !strings.Contains(out, `"expected_cents":139550`) {
		t.Errorf("the radar says\n%s", out)
	}
}
