package bell_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/imports"
	"rentbell/core/table"
	"rentbell/store"
)

// Files as offices save them, of one row.
const (
	rollFile   = "Property,Unit,Tenant,Rent,Lease From,Lease To\nAlder Court,1B,Dana Whitfield,\"1,450.00\",01/01/2026,12/31/2026\n"
	incomeFile = "Receipt ID,Receipt Date,Receipt Amount,Payer,Property,Unit,Reference\n71,06/01/2026,\"1,450.00\",Dana Whitfield,Alder Court,1B,4471\n"
)

// withReports is a desk that lives from reports in a folder.
func withReports(t *testing.T, dir string, change ...func(*bell.Config)) *desk {
	t.Helper()
	return newDesk(t, t.TempDir(), append([]func(*bell.Config){func(c *bell.Config) {
		c.Vault, c.Machine = &vault{}, computer{free: 12 << 30}
		c.Override.Kind, c.Override.ReportsDir = core.KindReports, dir
	}}, change...)...)
}

// until takes statuses until one fits.
func until(t *testing.T, statuses <-chan core.Status, what string, fits func(core.Status) bool) core.Status {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case s := <-statuses:
			if fits(s) {
				return s
			}
		case <-deadline:
			t.Fatalf("the status never says %s", what)
		}
	}
}

func statusesOf(t *testing.T, d *desk) <-chan core.Status {
	return watch(t, d, func(c core.Change) core.Status { return c.Status })
}

func save(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestReportsComeWithoutATunnelOrASecret(t *testing.T) {
	t.Parallel() // it waits in real time
	dir := t.TempDir()
	d := withReports(t, dir)
	statuses := statusesOf(t, d)
	d.run(t)
	save(t, filepath.Join(dir, "roll.csv"), rollFile)
	save(t, filepath.Join(dir, "letter.csv"), "Dear tenant\n")
	s := until(t, statuses, "that a report came and a file failed", func(s core.Status) bool {
		return len(s.Reports.Newest) == 1 && len(s.Reports.Failed) == 1
	})
	if s.Connection != core.ConnectionOff || s.Address != "" || s.Registration.Progress != core.NotWanted || s.Problem != nil {
		t.Errorf("the door is %d at %q, the registration %+v", s.Connection, s.Address, s.Registration)
	}
	if s.Reports.Dir != dir || s.Reports.Newest[core.TableRentRoll].File != "roll.csv" || s.Reports.Failed[0].Why == "" {
		t.Errorf("the status says %+v", s.Reports)
	}
	if !d.Account().Complete() {
		t.Error("the account is not complete")
	}
}

func TestKindOfConnectionChangesWhileRentbellRuns(t *testing.T) {
	t.Parallel() // it waits in real time
	dir := t.TempDir()
	d := withReports(t, "", func(c *bell.Config) {
		c.Vault, c.Override.Kind = &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret)}}, ""
	})
	statuses := statusesOf(t, d)
	d.run(t)
	choose := func(kind core.Kind) {
		t.Helper()
		if err := d.Change(t.Context(), func(s *core.Settings) { s.Kind, s.ReportsDir = kind, dir }); err != nil {
			t.Fatal(err)
		}
	}
	await(t, statuses, core.Listening)
	save(t, filepath.Join(dir, "roll.csv"), rollFile)

	choose(core.KindReports)
	until(t, statuses, "that a report came", func(s core.Status) bool {
		return s.Kind == core.KindReports && s.Connection == core.ConnectionOff && len(s.Reports.Newest) == 1
	})
	if gaps := d.Presence().Gaps; len(gaps) > 0 {
		t.Errorf("something could be missed: %+v", gaps)
	}

	choose(core.KindWebhookAPI)
	await(t, statuses, core.Listening)
	s := until(t, statuses, "that no folder is watched", func(s core.Status) bool { return s.Reports.Dir == "" })
	if s.Reports.Newest[core.TableRentRoll].File != "roll.csv" {
		t.Errorf("what came is forgotten: %+v", s.Reports)
	}
}

func TestHealthOfReportsIsThatOfTheirFolder(t *testing.T) {
	t.Parallel() // it waits in real time
	dir, now := t.TempDir(), time.Now()
	d := withReports(t, dir, func(c *bell.Config) { c.Now = func() time.Time { return now } })
	d.expect(t, core.CheckReportsDir, core.CheckWarn, core.ErrNotRunning)
	statuses := statusesOf(t, d)
	d.run(t)
	var names []core.CheckName
	until(t, statuses, "which folder", func(s core.Status) bool { return s.Reports.Dir != "" })
	go func() { // the Bell must not wait for this test
		for range statuses {
		}
	}()
	for _, c := range d.Check(t.Context()).Checks {
		names = append(names, c.Name)
	}
	if want := []core.CheckName{core.CheckReportsDir, core.CheckReports, core.CheckNotifications, core.CheckDisk}; !slices.Equal(names, want) {
		t.Errorf("the checks are %v, want %v", names, want)
	}
	d.expect(t, core.CheckReportsDir, core.CheckGood, nil)
	d.expect(t, core.CheckReports, core.CheckWarn, core.ErrNoReports)
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("a check leaves %v, %v", entries, err)
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	d.expect(t, core.CheckReportsDir, core.CheckBad, fs.ErrNotExist)
}

func TestReportsGetOld(t *testing.T) {
	now := time.Now()
	roll, income, orders := core.TableRentRoll, core.TableIncome, core.TableWorkOrders
	for name, tt := range map[string]struct {
		days  map[core.TableKind]int // since each kind came
		state core.CheckState
		err   error
	}{
		"none":              {nil, core.CheckWarn, core.ErrNoReports},
		"rent rolls alone":  {map[core.TableKind]int{roll: 1}, core.CheckWarn, core.ErrNoReports},
		"what is needed":    {map[core.TableKind]int{roll: 2, income: 0}, core.CheckGood, nil},
		"an old rent roll":  {map[core.TableKind]int{roll: 3, income: 0}, core.CheckWarn, core.ErrOldReports},
		"old work orders":   {map[core.TableKind]int{roll: 0, income: 0, orders: 30}, core.CheckWarn, core.ErrOldReports},
		"everything is old": {map[core.TableKind]int{roll: 9, income: 9}, core.CheckWarn, core.ErrOldReports},
	} {
		t.Run(name, func(t *testing.T) {
			data := t.TempDir()
			db, err := store.Open(data)
			if err != nil {
				t.Fatal(err)
			}
			memo := core.ReportsMemo{Newest: map[core.TableKind]core.ReportArrival{}}
			for kind, days := range tt.days {
				memo.Newest[kind] = core.ReportArrival{At: now.AddDate(0, 0, -days)}
			}
			if err := errors.Join(db.SaveReports(memo), db.Close()); err != nil {
				t.Fatal(err)
			}
			d := newDesk(t, data, func(c *bell.Config) {
				c.Override.Kind, c.Override.ReportsDir, c.Now = core.KindReports, t.TempDir(), func() time.Time { return now }
			})
			d.expect(t, core.CheckReports, tt.state, tt.err)
		})
	}
}

func TestTheFirstReportRingsNothingAndALaterPaymentDoes(t *testing.T) {
	t.Parallel() // it waits in real time
	dir := t.TempDir()
	d := withReports(t, dir)
	changes := watch(t, d, func(c core.Change) core.Change { return c })
	d.run(t)
	receipts := func(numbers ...int) string {
		text, _, _ := strings.Cut(incomeFile, "\n")
		for _, n := range numbers {
			text += fmt.Sprintf("\n%d,%s,640.00,Dana Whitfield,Alder Court,1B,%d", n, time.Now().Format("01/02/2006"), n)
		}
		return text + "\n"
	}
	save(t, filepath.Join(dir, "may.csv"), receipts(71, 72))
	told := 0
	for told < 2 {
		c := <-changes
		told += len(c.Fresh)
		if c.Ring != nil {
			t.Fatalf("the first report rings: %+v", c.Ring)
		}
	}
	save(t, filepath.Join(dir, "june.csv"), receipts(71, 72, 73))
	for {
		if c := <-changes; c.Ring != nil {
			if c.Ring.Count != 1 || c.Ring.Received != 640_00 {
				t.Errorf("it rings for %+v", c.Ring)
			}
			return
		}
	}
}

func TestTheFolderTakesWhatIsCertain(t *testing.T) {
	t.Parallel() // it waits in real time
	dir := t.TempDir()
	d := withReports(t, dir)
	statuses := statusesOf(t, d)
	d.run(t)
	save(t, filepath.Join(dir, "rents.csv"), "Lease ID,Rent\n20931,1450.00\n20932,\n")
	save(t, filepath.Join(dir, "empty.csv"), "Lease ID,Rent\n")
	save(t, filepath.Join(dir, "broken.csv"), "Lease ID,Rent\n20931,much\n")
	save(t, filepath.Join(dir, "unsure.csv"), "Who,What\nDana,7\n")
	s := until(t, statuses, "that three files failed", func(s core.Status) bool { return len(s.Reports.Failed) == 3 })
	for _, f := range s.Reports.Failed {
		want := map[string]error{"empty.csv": core.ErrNoRents, "broken.csv": &core.LeftOutError{Lines: []int{2}}, "unsure.csv": core.ErrUnknownTable}[f.File]
		if want == nil || f.Why != want.Error() {
			t.Errorf("%s failed because of %q, want %v", f.File, f.Why, want)
		}
	}
	go func() { // the Bell must not wait for this test
		for range statuses {
		}
	}()
	if rent := d.Terms("20931").Imported; rent == nil || *rent != 1450_00 {
		t.Errorf("the rent is %v", rent)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "done", "rents.csv.txt")); err != nil || !strings.Contains(string(text), "3") {
		t.Errorf("beside the file: %q, %v", text, err)
	}
}

func TestAReportThatAPersonImportsCounts(t *testing.T) {
	d := withReports(t, t.TempDir())
	sheet, err := table.Open(strings.NewReader(incomeFile))
	if err != nil {
		t.Fatal(err)
	}
	kind, columns, certain := imports.Guess(sheet)
	if kind != core.TableIncome || !certain {
		t.Fatalf("it is taken for %s, %v", kind, certain)
	}
	found := imports.Read(sheet, kind, columns)
	for _, dry := range []bool{true, false} {
		if _, err := d.Import(t.Context(), "june.csv", found, dry); err != nil {
			t.Fatal(err)
		}
		if got := d.Status().Reports.Newest[kind].File; (got == "june.csv") == dry {
			t.Errorf("a dry run %v leaves %q as the newest", dry, got)
		}
	}
}
