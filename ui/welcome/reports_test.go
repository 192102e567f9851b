package welcome

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// arrived is the status of a folder into which two reports have come.
func arrived(dir string) core.Status {
	at := uitest.Present.Add(-time.Minute)
	return core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{Dir: dir, Newest: map[core.TableKind]core.ReportArrival{
		core.TableIncome:   {At: at, Named: at, File: "income_register.csv", Rows: 412},
		core.TableRentRoll: {At: at, Named: at, File: "rent_roll.csv", Rows: 43},
	}}}
}

// shows returns all text of the window.
func (d *desk) shows() string { return strings.Join(uitest.Texts(d.window.Content()), "\n") }

func TestFirstRunChoosesTheFolderOfReportsAndWaitsForOne(t *testing.T) {
	d := openWelcome(t, nil)
	uitest.Tap(t, d.window.Content(), "Reports by e-mail or download, off")
	for _, text := range []string{"Two steps, about two minutes", "Choose the folder", "Bring a first report", "Open Reports in AppFolio"} {
		if !strings.Contains(d.shows(), text) {
			t.Errorf("%q is not shown", text)
		}
	}
	for _, text := range []string{"API key", "Choose your address", "Ring the bell"} {
		if strings.Contains(d.shows(), text) {
			t.Errorf("%q is shown", text)
		}
	}
	d.chosen = filepath.Join(t.TempDir(), "AppFolio")
	uitest.Tap(t, d.window.Content(), "Change folder")
	test.Tap(d.reports.next)
	if !d.reports.next.Disabled() || !d.reports.change.Disabled() {
		t.Error("the folder can be changed while it is being saved")
	}
	d.work.All(t)
	s := d.bell.Settings()
	info, err := os.Stat(d.chosen)
	if s.Kind != core.KindReports || s.ReportsDir != d.chosen || err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Fatalf("kept %q in %q; %v, %v", s.Kind, s.ReportsDir, info, err)
	}
	if at := resume(d.bell); d.at != 1 || at != 1 || !Needed(d.bell) {
		t.Fatalf("step %d; after a restart step %d", d.at, at)
	}

	d.Show(core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{Dir: d.chosen}})
	if !strings.Contains(d.shows(), "Waiting for a report in ") || d.reports.open.Visible() || !d.reports.later.Visible() {
		t.Errorf("before a report it says\n%s", d.shows())
	}
	uitest.Tap(t, d.window.Content(), "Open folder")
	failed := core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{Dir: d.chosen, Failed: []core.FailedReport{{File: "photo.csv", Why: "Rentbell cannot tell what this file is."}}}}
	d.Show(failed)
	if !strings.Contains(d.shows(), "photo.csv: Rentbell cannot tell what this file is.") || d.reports.open.Visible() {
		t.Errorf("after a file that failed it says\n%s", d.shows())
	}
	d.Show(arrived(d.chosen))
	if text := d.shows(); !strings.Contains(text, "Rent roll: 43 rents\nIncome register: 412 payments") || !d.done[1] {
		t.Errorf("after two reports it says\n%s", text)
	}
	test.Tap(d.reports.open)
	d.work.All(t)
	if !d.finished || len(d.opened) != 1 || d.opened[0] != d.chosen || Needed(d.bell) {
		t.Errorf("finished %v, opened %q", d.finished, d.opened)
	}
}

func TestAFolderThatCannotBeMadeIsToldOfInItsStep(t *testing.T) {
	d := openWelcome(t, nil)
	d.kind.choose(core.KindReports)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d.chosen = filepath.Join(file, "reports")
	uitest.Tap(t, d.window.Content(), "Change folder")
	test.Tap(d.reports.next)
	d.work.All(t)
	if d.at != 0 || !d.reports.note.Visible() || d.bell.Settings().Kind == core.KindReports || d.reports.next.Disabled() {
		t.Errorf("step %d, saying %q", d.at, d.reports.note.Text())
	}
	d.moveTo(1)
	s := arrived(d.chosen)
	s.Reports.Problem = fs.ErrPermission
	d.Show(s)
	if !strings.HasPrefix(d.reports.state.Text(), "Rentbell may not use this folder. ") {
		t.Errorf("it says %q", d.reports.state.Text())
	}
}

func TestFirstRunCanGoFromReportsToTheWebhookAPI(t *testing.T) {
	d := openWelcome(t, nil)
	d.kind.choose(core.KindReports)
	d.chosen = t.TempDir()
	uitest.Tap(t, d.window.Content(), "Change folder")
	test.Tap(d.reports.next)
	d.work.All(t)
	d.moveTo(0)
	uitest.Tap(t, d.window.Content(), "Webhook API, off")
	test.Type(d.key.key, "af_live_0123456789_4f2a")
	test.Tap(d.key.next)
	d.work.All(t)
	if s := d.bell.Settings(); s.Kind != core.KindWebhookAPI || d.at != 1 || !strings.Contains(d.shows(), "ngrok authtoken") {
		t.Errorf("kind %q, step %d", s.Kind, d.at)
	}
}

func TestWelcomeWithReportsLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	const dir = "/home/morgan/Documents/AppFolio reports"
	open := func(t *testing.T, look kit.Appearance, width, height float32) (*View, fyne.Window) {
		w := window(t, look, width, height)
		v := newView(core.NewSecret("rb_7f41"), dir, actions{})
		w.SetContent(v.Object)
		v.kind.choose(core.KindReports)
		return v, w
	}
	t.Run("folder", func(t *testing.T) {
		v, w := open(t, kit.Light, 1180, 760)
		uitest.LooksAt(t, "reports_folder", w, v.scroll.Object)
	})
	t.Run("small", func(t *testing.T) {
		_, w := open(t, kit.Dark, 900, 600)
		uitest.Looks(t, "reports_small_dark", w)
	})
	t.Run("arrived", func(t *testing.T) {
		v, w := open(t, kit.Light, 1180, 760)
		v.done[0] = true
		v.moveTo(1)
		s := arrived(dir)
		s.Reports.Failed = []core.FailedReport{{File: "photo.csv", Why: "Rentbell cannot tell what this file is. Save the report as CSV again."}}
		v.show(s, core.Account{}, frame.Registration{}, uitest.Present)
		uitest.LooksAt(t, "reports_arrived", w, v.scroll.Object)
	})
}
