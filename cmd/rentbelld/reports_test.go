package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// registerOf is an income register as AppFolio hands it out, with rows of its own.
func registerOf(t *testing.T, rows ...string) string {
	t.Helper()
	return listOf(t, "Income Register\r\nExported On: 06/18/2026 02:02 PM\r\nProperty,Unit,Receipt ID,Receipt Date,Payer,Reference,Type,Description,Receipt Amount\r\n"+
		"\"-> Alder Court - 12 Alder St, Millbrook, OH 43999\",,,,,,,,\r\n"+strings.Join(rows, "\r\n")+"\r\nTotal,,,,,,,,\"9,999.99\"\r\n")
}

const (
	aprilRent = `Alder Court,1-2,71,04/02/2026,"Ruiz, Ana",4471,Check,April rent,"1,250.00"`
	mayRent   = `Alder Court,1-2,72,05/02/2026,"Ruiz, Ana",4472,Check,May rent,"1,000.00"`
	mayRest   = `Alder Court,1-2,72,05/02/2026,"Ruiz, Ana",4472,Check,May rent,250.00`
	juneRent  = `Alder Court,1-2,73,06/02/2026,"Ruiz, Ana",4473,Check,June rent,"1,200.00"`
)

func TestReportsAreImportedOnceBesideAReceiverAndWithoutOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	importing := func(report string, more ...string) (int, string, string) {
		return command(t, append([]string{"import", "report", "--data", dir, "--json", "--report", report}, more...)...)
	}
	const columns = `"skipped":[],"columns":{"amount":"Receipt Amount","date":"Receipt Date","description":"Description","payer":"Payer","property":"Property",` +
		`"receipt_id":"Receipt ID","reference":"Reference","type":"Type","unit":"Unit"},"encoding":"utf-8","separator":","}` + "\n"
	spring, summer := registerOf(t, aprilRent, mayRent, mayRest), registerOf(t, mayRent, mayRest, juneRent)
	if code, out, errs := importing("income_register", "--dry-run", spring); code != 0 || out != `{"read":2,"added":2,"changed":0,"same":0,`+columns {
		t.Errorf("dry run: %d, %s%s", code, out, errs)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("a dry run made %v, %v", entries, err)
	}
	if code, out, errs := importing("income_register", spring); code != 0 || out != `{"read":2,"added":2,"changed":0,"same":0,`+columns {
		t.Errorf("%d, %s%s", code, out, errs)
	}

	p, _ := serveOn(t, dir)
	for _, more := range [][]string{{"--dry-run", summer}, {summer}} {
		if code, out, errs := importing("income_register", more...); code != 0 || out != `{"read":2,"added":1,"changed":0,"same":1,`+columns {
			t.Errorf("beside a receiver: %d, %s%s", code, out, errs)
		}
	}
	roll := listOf(t, "Property,Unit,Tenant,Status,Rent,Lease From,Lease To\nAlder Court,1-2,Ana Ruiz,Current,\"1,250.00\",01/01/2026,12/31/2026\nAlder Court,1-3,,Vacant-Unrented,,,\n")
	if code, out, errs := importing("rent_roll", roll); code != 0 || !strings.HasPrefix(out, `{"read":1,"added":1,"changed":0,"same":0,"skipped":[],`) {
		t.Errorf("rent roll beside a receiver: %d, %s%s", code, out, errs)
	}
	p.waitFor(t, p.out, "lease.signed")
	p.stop(t)

	if code, out, errs := importing("income_register", registerOf(t, aprilRent, mayRent, mayRest, juneRent)); code != 0 || !strings.HasPrefix(out, `{"read":3,"added":0,"changed":0,"same":3,`) {
		t.Errorf("the whole: %d, %s%s", code, out, errs)
	}
	code, out, errs := command(t, "radar", "--data", dir, "--at", "2026-06-18T09:00:00-05:00", "--json")
	if late := `{"kind":"partial","lease_id":"Alder Court/1-2","month":"2026-06","expected_cents":125000,"received_cents":120000,`; code != 0 || !strings.HasPrefix(out, late) || countLines(out) != 1 {
		t.Errorf("radar: %d, %s%s", code, out, errs)
	}
	owing := listOf(t, "As of: 06/18/2026\nProperty,Unit,Tenant,Amount Receivable\nAlder Court,1-2,Ana Ruiz,50.00\nAlder Court,1-4,Bo Lee,70.00\n")
	if code, out, errs := importing("delinquency", owing); code != 0 || !strings.HasPrefix(out, `{"read":2,"added":1,"changed":0,"same":1,"skipped":[],`) {
		t.Errorf("delinquency: %d, %s%s", code, out, errs)
	}
	if code, out, _ := command(t, "import", "report", "--data", dir, "--report", "income_register", spring); code != 0 || out != "2 receipts read: 0 new, 0 changed, 2 as before\n" {
		t.Errorf("for people: %s", out)
	}
}

func TestEachReceiptOfReportsIsExportedOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, file := range []string{registerOf(t, aprilRent, mayRent, mayRest), registerOf(t, mayRent, mayRest, juneRent), registerOf(t, juneRent, aprilRent)} {
		if code, _, errs := command(t, "import", "report", "--data", dir, "--report", "income_register", file); code != 0 {
			t.Fatalf("%d, %s", code, errs)
		}
	}
	export := func(format string) string {
		code, out, errs := command(t, "export", "payments", "--data", dir, "--from", "2026-04-01", "--to", "2026-06-30", "--format", format, "--out", "-")
		if code != 0 {
			t.Fatalf("%s: %d, %s", format, code, errs)
		}
		return out
	}
	var amounts []string
	for line := range strings.Lines(export("quickbooks")) {
		amounts = append(amounts, strings.TrimSpace(line[strings.LastIndex(line, ",")+1:]))
	}
	if got, want := strings.Join(amounts, " "), "Amount 1250.00 1250.00 1200.00"; got != want {
		t.Errorf("QuickBooks has %s, want %s", got, want)
	}
	ids := map[string]bool{}
	for _, id := range regexp.MustCompile(`<FITID>(\S+)`).FindAllString(export("ofx"), -1) {
		ids[id] = true
	}
	if len(ids) != 3 {
		t.Errorf("OFX has the ids %v", ids)
	}
}

func TestReportsThatCannotBeImported(t *testing.T) {
	t.Parallel()
	dir := received(t)
	good := registerOf(t, aprilRent)
	for name, tt := range map[string]struct {
		args []string
		code int
		says string
	}{
		"another report": {[]string{"--report", "work_order", good}, exitUsage, "number, status. The titles of the file are:\nProperty,Unit,Receipt ID,"},
		"no report":      {[]string{good}, exitUsage, "Usage:"},
		"no such report": {[]string{"--report", "boats", good}, exitUsage, "Usage:"},
		"no file":        {[]string{"--report", "rent_roll"}, exitUsage, "Usage:"},
		"an empty file":  {[]string{"--report", "rent_roll", listOf(t, "")}, exitFailed, "The file is empty"},
		"titles alone":   {[]string{"--report", "work_order", listOf(t, "Work Order Number,Status\n")}, exitFailed, "nothing in this report"},
		"a directory":    {[]string{"--report", "work_order", dir}, exitFailed, "rentbelld:"},
		"gone":           {[]string{"--report", "work_order", filepath.Join(dir, "none.csv")}, exitFailed, "rentbelld:"},
	} {
		code, _, errs := command(t, append([]string{"import", "report", "--data", dir}, tt.args...)...)
		if code != tt.code || !strings.Contains(errs, tt.says) {
			t.Errorf("%s: %d, %q", name, code, errs)
		}
	}
}
