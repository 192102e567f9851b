package settings

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// reportsDesk is a Settings page that is connected by reports, in a folder that exists.
func reportsDesk(t *testing.T) (d spaceDesk, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "AppFolio reports")
	return openSpace(t, func(c *bell.Config) {
		s := core.DefaultSettings()
		s.Kind, s.ReportsDir = core.KindReports, dir
		if err := c.Store.SaveSettings(s); err != nil {
			t.Fatal(err)
		}
	}), dir
}

// arrivals is a folder into which reports have come, and files that are none.
func arrivals(dir string) core.Status {
	at := uitest.Present
	return core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{
		Dir: dir,
		Newest: map[core.TableKind]core.ReportArrival{
			core.TableIncome:     {At: at.Add(-2 * time.Hour), Named: at.Add(-3 * time.Hour), File: "income_register.csv", Rows: 412, Taken: core.Taken{Added: 12, Changed: 1, Same: 399}},
			core.TableRentRoll:   {At: at.Add(-2 * time.Hour), Named: at.AddDate(0, 0, -6), File: "rent_roll.csv", Rows: 43, Taken: core.Taken{Same: 43}},
			core.TableWorkOrders: {At: at.AddDate(0, 0, -4), Named: at.AddDate(0, 0, -4), File: "work_order.csv", Rows: 31, Taken: core.Taken{Added: 31}},
		},
		Failed: []core.FailedReport{
			{At: at.Add(-time.Hour), File: "photo.csv", Why: "Rentbell cannot tell what this file is. Save the report as CSV again, or import the file yourself and say what its columns hold."},
			{At: at.AddDate(0, 0, -1), File: "income_register (2).csv", Why: "Line 14 has no date."},
		},
	}}
}

func TestReportsAreChosenWithTheirFolder(t *testing.T) {
	d := openSpace(t, nil)
	d.chip(t, frame.ReportsChip)
	if d.bell.Settings().Kind != "" || d.card.key.object.Visible() || !says(d.card.object, "Use this folder") || !says(d.Page.Object, "Your address") {
		t.Fatalf("choosing what is not set up saves kind %q, or shows another form", d.bell.Settings().Kind)
	}
	d.chosen = filepath.Join(t.TempDir(), "reports")
	uitest.Tap(t, d.card.object, "Change folder")
	d.work.All(t)
	info, err := os.Stat(d.chosen)
	if s := d.bell.Settings(); s.Kind != core.KindReports || s.ReportsDir != d.chosen || err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Fatalf("kept %q in %q; %v, %v", s.Kind, s.ReportsDir, info, err)
	}
	for _, text := range []string{"Your address", "Register webhook", "Try it", "API key", "Use this folder"} {
		if says(d.Page.Object, text) {
			t.Errorf("%q is shown", text)
		}
	}
	for _, text := range []string{"Reports", "None yet", "Change folder", "Open folder"} {
		if !says(d.Page.Object, text) {
			t.Errorf("%q is not shown", text)
		}
	}
	uitest.Tap(t, d.card.object, "Open folder")
	if len(d.opened) != 1 || d.opened[0] != d.chosen {
		t.Errorf("opened %q", d.opened)
	}
}

func TestLeavingReportsAsksFirstAndComesBackAtOnce(t *testing.T) {
	d, _ := reportsDesk(t)
	d.chip(t, frame.WebhookChip)
	if d.window.Canvas().Overlays().Top() == nil || d.bell.Settings().Kind != core.KindReports || d.card.chips.Selected() != frame.ReportsChip {
		t.Fatal("what works ends without a question")
	}
	uitest.Tap(t, d.window.Canvas().Overlays().Top(), "Use the webhook API")
	d.work.All(t)
	if s := d.bell.Settings(); s.Kind != core.KindWebhookAPI || s.ReportsDir == "" {
		t.Fatalf("kept %q in %q", s.Kind, s.ReportsDir)
	}
	s := d.status
	s.Registration = core.RegistrationStatus{Progress: core.Registered, Address: "https://a.example/webhooks/appfolio"}
	d.showStatus(s)
	d.chip(t, frame.ReportsChip)
	uitest.Tap(t, d.window.Canvas().Overlays().Top(), "Use reports")
	d.work.All(t)
	if got := d.bell.Settings().Kind; got != core.KindReports {
		t.Errorf("it does not come back: %q", got)
	}
}

func TestReportsTellWhenTheyCameAndWhatFailed(t *testing.T) {
	now := uitest.Present
	s := arrivals("/reports").Reports
	for kind, want := range map[core.TableKind]arrivalWords{
		core.TableIncome:      {text: "Came at 8:42 AM: 412 payments, 12 new, 1 changed", ink: kit.ColorOk},
		core.TableRentRoll:    {text: "Came at 8:42 AM, saved on Friday: 43 rents", ink: kit.ColorWarn},
		core.TableWorkOrders:  {text: "Came on June 14 at 10:42 AM: 31 work orders, 31 new", ink: kit.ColorWarn},
		core.TableDelinquency: {text: "None yet", ink: kit.ColorText2},
	} {
		if got := describeArrival(kind, s.Newest[kind], now); got.text != want.text || got.ink != want.ink {
			t.Errorf("%s: %q in %s, want %q in %s", kind, got.text, got.ink, want.text, want.ink)
		}
	}
	some := core.ReportArrival{At: now, Rows: 1, Taken: core.Taken{Added: 1}, LeftOut: 2}
	if got := describeArrival(core.TableIncome, some, now); got.text != "Came at 10:42 AM: 1 payment, 1 new, 2 lines left out" || got.ink != kit.ColorWarn {
		t.Errorf("%q in %s", got.text, got.ink)
	}
	d, dir := reportsDesk(t)
	d.showStatus(arrivals(dir))
	card := d.titled(t, "Not taken in")
	if !says(card.object, "photo.csv") || !says(card.object, "Line 14 has no date.") {
		t.Errorf("it says %q", uitest.Texts(card.object))
	}
	uitest.Tap(t, card.object, "Show file")
	if len(d.opened) != 1 || d.opened[0] != filepath.Join(dir, "failed") {
		t.Errorf("opened %q", d.opened)
	}
	gone := core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{Dir: dir, Problem: fs.ErrNotExist}}
	d.showStatus(gone)
	if text := strings.Join(uitest.Texts(d.Page.Object), "\n"); !strings.Contains(text, "The folder is gone") || strings.Contains(text, "Not taken in") {
		t.Errorf("without its folder it says\n%s", text)
	}
}

func TestAFolderOfThisRunCannotBeChanged(t *testing.T) {
	d := openSpace(t, func(c *bell.Config) { c.Override.Kind, c.Override.ReportsDir = core.KindReports, "/reports" })
	if says(d.card.object, "Change folder") || says(d.card.object, "Use this folder") || !says(d.card.object, "/reports") || !says(d.card.object, givenForThisRun()) {
		t.Errorf("it says %q", uitest.Texts(d.card.object))
	}
}

func TestSettingsByReportsLook(t *testing.T) {
	d, _ := reportsDesk(t)
	const dir = "/home/morgan/Documents/AppFolio reports"
	if err := d.bell.Change(t.Context(), func(s *core.Settings) { s.ReportsDir = dir }); err != nil {
		t.Fatal(err)
	}
	d.bell.check = func(context.Context) core.Report {
		return core.Report{At: uitest.Present, Status: d.status, Checks: []core.Check{
			{Name: core.CheckReportsDir, State: core.CheckGood}, {Name: core.CheckReports, State: core.CheckGood},
			{Name: core.CheckNotifications, State: core.CheckGood}, {Name: core.CheckDisk, State: core.CheckGood, Free: 12_400_000_000},
		}}
	}
	d.showStatus(arrivals(dir))
	d.work.All(t)
	d.window.Resize(fyne.NewSize(1000, 900))
	uitest.Looks(t, "reports", d.window)
}
