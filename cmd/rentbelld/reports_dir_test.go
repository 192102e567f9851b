package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
)

// reportsIn starts a rentbelld that lives from reports in a folder, without any secret.
func reportsIn(t testing.TB, data, reports string) *process {
	t.Helper()
	p := start(t, nil, "serve", "--data", data, "--kind", "reports", "--reports-dir", reports)
	p.waitFor(t, p.err, "looking for reports")
	return p
}

func saveFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestServeTakesReportsFromAFolder(t *testing.T) {
	t.Parallel() // it waits in real time
	data, reports := t.TempDir(), t.TempDir()
	saveFile(t, filepath.Join(reports, "rents.csv"), "Lease ID,Rent\n20931,1450.00\n")
	saveFile(t, filepath.Join(reports, "letter.csv"), "Dear tenant,\nhello\n")
	p := reportsIn(t, data, reports)
	p.waitFor(t, p.err, `report taken in.*kind=rents.*added=1`)
	p.stop(t) // what was begun is finished
	if strings.Contains(p.err.String(), "address=") {
		t.Error("an address is open")
	}
	if _, err := os.Stat(filepath.Join(reports, "done", "rents.csv")); err != nil {
		t.Error(err)
	}

	why, err := os.ReadFile(filepath.Join(reports, "failed", "letter.csv.txt"))
	if err != nil || !strings.Contains(string(why), "Rentbell cannot tell what this file is.") {
		t.Errorf("beside the letter: %q, %v", why, err)
	}
}

// register is an income register with some receipts of a day, by their numbers.
func register(day time.Time, numbers ...int) string {
	text := "Receipt ID,Receipt Date,Receipt Amount,Payer,Property,Unit,Reference\n"
	for _, n := range numbers {
		text += fmt.Sprintf("%d,%s,\"1,450.00\",Dana Whitfield,Alder Court,1B,%d\n", n, day.Format("01/02/2006"), 4000+n)
	}
	return text
}

func TestEachPaymentOfAReportIsPrintedAndKeptOnceThoughItIsKilled(t *testing.T) {
	t.Parallel() // it waits in real time
	data, reports := t.TempDir(), t.TempDir()
	june, today := filepath.Join(reports, "june.csv"), time.Now()
	saveFile(t, june, register(today, 71, 72, 73))
	p := reportsIn(t, data, reports)
	p.waitFor(t, p.err, `report taken in.*kind=income_register.*added=3`)
	if err := p.cmd.Process.Kill(); err != nil { // before the file is moved, or after
		t.Fatal(err)
	}
	<-p.exited

	saveFile(t, june, register(today, 71, 72, 73)) // it is there again, as if it had not been moved
	p = reportsIn(t, data, reports)
	p.waitFor(t, p.err, `report taken in.*added=0`)
	saveFile(t, filepath.Join(reports, "july.csv"), register(today, 72, 73, 74)) // it overlaps
	p.waitFor(t, p.out, `payment\.received.*1450\.00.*Dana Whitfield.*receipt:74`)
	p.stop(t)
	if _, out, _ := command(t, "events", "--data", data, "--json"); countLines(out) != 4 {
		t.Errorf("events:\n%s", out)
	}
}

func TestServeSaysWhatIsWrongWithTheFolderOfReports(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "file")
	saveFile(t, file, "")
	for name, args := range map[string][]string{
		"none":                {},
		"not there":           {"--reports-dir", filepath.Join(data, "none")},
		"a file":              {"--reports-dir", file},
		"the data":            {"--reports-dir", data},
		"with a registration": {"--reports-dir", t.TempDir(), "--register"},
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t, nil, append([]string{"serve", "--data", data, "--kind", "reports"}, args...)...)
			flag := "--reports-dir"
			if name == "with a registration" {
				flag = "--register"
			}
			if code, errs := p.wait(t, 5*time.Second), p.err.String(); code != exitUsage || !strings.Contains(errs, flag) || !strings.Contains(errs, "Usage:") {
				t.Errorf("exit code %d\n%s", code, errs)
			}
		})
	}
}

func TestDoctorLooksAtTheFolderOfReports(t *testing.T) {
	t.Parallel()
	data, reports := t.TempDir(), t.TempDir()
	reportsIn(t, data, reports).stop(t)
	code, out, errs := command(t, "doctor", "--data", data, "--kind", "reports", "--reports-dir", reports, "--json")
	var d launch.Diagnosis
	if err := json.Unmarshal([]byte(out), &d); err != nil || code != exitFailed {
		t.Fatalf("exit code %d, %v\n%s", code, err, errs)
	}
	found := map[core.CheckName]core.CheckState{}
	for _, c := range d.Checks {
		found[c.Name] = c.State
		if c.State == core.CheckWarn && c.Fix == "" {
			t.Errorf("%+v has no fix", c)
		}
	}
	if found[core.CheckReportsDir] != core.CheckWarn || found[core.CheckReports] != core.CheckWarn {
		t.Errorf("the checks are %v", found)
	}
	for _, name := range []core.CheckName{core.CheckInternet, core.CheckTunnel, core.CheckRegistration, core.CheckSignatures, core.CheckSecrets} {
		if _, there := found[name]; there {
			t.Errorf("there is a check of %s", name)
		}
	}
}
