package exports

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/export"
	"rentbell/store"
	"rentbell/ui/chooser"
	"rentbell/ui/explain"
	"rentbell/ui/explain/wordtest"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// now is the clock of these tests. Its time zone has a name by which an export can be made
// again.
func now() time.Time { return uitest.Present.In(newYork()) }

var newYork = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	return zone
})

// desk is an open dialog over a store. Background work waits until the test
// runs it.
type desk struct {
	t      *testing.T
	db     *store.DB
	bell   *bell.Bell
	window fyne.Window
	work   *uitest.Queue
	dir    string       // the remembered folder
	begin  core.Exports // what else is remembered
	office Office
	shown  []string // files in the file manager
	view   *exportView
}

// openExport opens the dialog over an empty window.
func openExport(t *testing.T, db *store.DB, look kit.Appearance, dir string) *desk {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&kit.Theme{Appearance: look, Still: true})
	bell, err := bell.New(bell.Config{Store: db, Vault: uitest.NoVault{}, Log: slog.New(slog.DiscardHandler), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, db: db, bell: bell, window: app.NewWindow(""), work: &uitest.Queue{}, dir: dir}
	t.Cleanup(d.window.Close)
	d.window.SetPadded(false)
	d.window.SetContent(kit.NewBox(kit.ColorPage, "", 0))
	d.window.Resize(fyne.NewSize(1180, 760))
	d.open(core.Exports{})
	return d
}

// open opens the dialog. It may be called more than once.
func (d *desk) open(begin core.Exports) {
	settings := core.DefaultSettings()
	settings.ExportDir, settings.Exports, d.begin = d.dir, begin, begin
	d.view = open(Config{
		Window: d.window, Post: d.work.Post, Now: now, Chooser: chooser.New(chooser.Config{Window: d.window, Post: d.work.Post, Report: func(string, error) {}}), Records: d.bell, Office: func() Office { return d.office }, Settings: settings, Month: uitest.On(2026, 6, 1),
		Reveal: func(path string) { d.shown = append(d.shown, path) }, Report: func(string, error) {},
		Keep: func(dir string, begin core.Exports) { d.dir, d.begin = dir, begin },
	})
	d.work.All(d.t)
}

// choose chooses a format.
func (d *desk) choose(f core.Format) {
	d.t.Helper()
	test.Tap(d.view.cards[slices.Index(d.view.formats, f)])
	d.work.All(d.t)
}

const exportFolder = "/home/morgan/Documents/Rentbell exports"

func TestExportLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	db := uitest.Office(t)
	for name, look := range map[string]kit.Appearance{"export": kit.Light, "export_dark": kit.Dark} {
		t.Run(name, func(t *testing.T) { uitest.LooksDialog(t, name, openExport(t, db, look, exportFolder).window) })
	}
	t.Run("progress", func(t *testing.T) {
		d := openExport(t, db, kit.Light, exportFolder)
		d.view.do.write = func(export.Query, string) {}
		test.Tap(d.view.foot.export)
		d.view.setProgress(26, 42)
		uitest.LooksDialog(t, "export_progress", d.window)
	})
	t.Run("saved", func(t *testing.T) {
		d := openExport(t, db, kit.Light, exportFolder)
		d.view.finish("june.csv", export.WrittenFiles{Written: export.Written{Rows: 42}}, false, nil)
		uitest.LooksDialog(t, "export_saved", d.window)
	})
	t.Run("other dates", func(t *testing.T) {
		d := openExport(t, db, kit.Light, exportFolder)
		d.view.period.SetSelected(otherDates())
		d.choose(core.FormatXero)
		d.view.from.SetText("6/9/2026")
		d.view.to.SetText("6/18/2026")
		d.work.All(t)
		uitest.LooksDialog(t, "export_dates", d.window)
	})
}

func TestExportLooksInTheSmallestWindow(t *testing.T) {
	d := openSecondExport(t, kit.Light, "")
	d.window.Resize(fyne.NewSize(900, 600))
	d.work.All(t)
	uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if body, ok := o.(*container.Scroll); ok && body.Direction == container.ScrollVerticalOnly {
			body.ScrollToBottom()
		}
	})
	uitest.LooksDialog(t, "export_small", d.window)
}

func TestExportWritesWhatThePreviewSays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Documents", "Rentbell exports")
	d := openExport(t, uitest.Office(t), kit.Light, dir)
	d.dir = ""
	if got, want := d.view.total.Text(), "42 payments, $58,310.00"; got != want {
		t.Errorf("total %q, want %q", got, want)
	}
	if len(d.view.found.Rows) != previewRows || d.view.found.Rows[0][0] != "06/01/2026" {
		t.Errorf("preview %q, want the first %d of June", d.view.found.Rows, previewRows)
	}

	test.Tap(d.view.foot.export)
	if d.view.stage != writing || !d.view.period.Disabled() || !d.view.name.Disabled() || !d.view.cards[0].Disabled() {
		t.Errorf("while writing, stage %d and controls that can be used", d.view.stage)
	}
	d.work.All(t)
	if d.view.stage != written || d.view.foot.result.Text() != "Saved 42 payments." {
		t.Fatalf("stage %d, %q, want it saved", d.view.stage, d.view.foot.result.Text())
	}
	content, err := os.ReadFile(filepath.Join(dir, "Rentbell payments 2026-06.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	if len(lines) != 43 || strings.TrimSpace(lines[0]) != "Date,Description,Amount" {
		t.Errorf("%d lines, the first %q", len(lines), lines[0])
	}
	if got := d.dir; got != dir {
		t.Errorf("remembers folder %q, want %q", got, dir)
	}

	// The file exists from the first time.
	d.view.do.close()
	d.open(core.Exports{})
	again := d.view
	again.period.SetSelected("June 2026")
	d.work.All(t)
	if !strings.Contains(again.where.Text(), "is replaced") {
		t.Errorf("%q does not say that the file is replaced", again.where.Text())
	}
}

func TestExportCanBeGivenUp(t *testing.T) {
	dir := t.TempDir()
	d := openExport(t, uitest.Office(t), kit.Light, dir)
	for _, f := range d.view.formats {
		d.choose(f)
		test.Tap(d.view.foot.export)
		if d.view.stage != writing || d.view.foot.step.Text() != "Writing payment 0 of 42" {
			t.Errorf("%s: stage %d, %q", f, d.view.stage, d.view.foot.step.Text())
		}
		d.view.do.stop()
		d.work.All(t)
		if d.view.stage != choosing || d.view.foot.trouble != (explain.Words{}) {
			t.Errorf("%s: stage %d with %+v, want to choose again without a complaint", f, d.view.stage, d.view.foot.trouble)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestExportSaysWhyItCannotWrite(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d := openExport(t, uitest.Office(t), kit.Light, filepath.Join(blocked, "in it"))
	test.Tap(d.view.foot.export)
	d.work.All(t)
	if d.view.stage != choosing || d.view.foot.trouble == (explain.Words{}) {
		t.Fatalf("stage %d with %+v, want words", d.view.stage, d.view.foot.trouble)
	}
	w := d.view.foot.trouble
	wordtest.Words(t, "export", w.Title, w.Cause, w.Fix)
	d.view.finish("", export.WrittenFiles{}, false, core.ErrStorage)
	if got := d.view.foot.why.Text(); !strings.HasPrefix(got, "Rentbell cannot save") {
		t.Errorf("a broken disk: %q", got)
	}
}

func TestExportTellsTheReasonWhole(t *testing.T) {
	closed := t.TempDir()
	if err := os.Chmod(closed, 0o500); err != nil {
		t.Fatal(err)
	}
	for what, tt := range map[string]struct {
		dir, name string
		err       error // replaces the error of the file system
		want      []string
	}{
		"a name of 300 letters": {dir: t.TempDir(), name: strings.Repeat("j", 300), want: []string{"This name is no name for a file", "too long", "Choose a shorter one"}},
		"a folder that is closed": {dir: closed, name: "june", err: &os.PathError{Op: "open", Path: closed, Err: os.ErrPermission},
			want: []string{"may not use this folder", "does not let you", "Choose another folder"}},
	} {
		d := openExport(t, uitest.Office(t), kit.Light, tt.dir)
		d.view.name.SetText(tt.name)
		d.work.All(t)
		if tt.err != nil { // root may write anywhere, so the error is made up
			d.view.finish("", export.WrittenFiles{}, false, tt.err)
		} else {
			test.Tap(d.view.foot.export)
			d.work.All(t)
		}
		for _, part := range tt.want {
			if got := d.view.foot.why.Text(); !d.view.foot.why.Visible() || !strings.Contains(got, part) {
				t.Errorf("%s: %q is not said in %q", what, part, got)
			}
		}
		d.view.name.SetText("july")
		d.work.All(t)
		if d.view.foot.why.Visible() {
			t.Errorf("%s: the reason stays after it is mended", what)
		}
	}
}

func TestExportLooksWhereItCannotWrite(t *testing.T) {
	d := openExport(t, uitest.Office(t), kit.Light, exportFolder)
	d.view.finish("", export.WrittenFiles{}, false, os.ErrPermission)
	uitest.LooksDialog(t, "export_trouble", d.window)
}

func TestExportWaitsForProperChoices(t *testing.T) {
	d := openExport(t, uitest.Office(t), kit.Light, t.TempDir())
	usable := func(what string, want bool) {
		t.Helper()
		d.work.All(t)
		if got := !d.view.foot.export.Disabled(); got != want {
			t.Errorf("%s: Export can be pressed: %v, want %v", what, got, want)
		}
	}
	usable("as it opens", true)
	d.view.name.SetText("../june.csv")
	usable("a name that leads elsewhere", false)
	d.view.name.SetText("june")
	usable("a name without an ending", true)
	if path, _ := d.view.path(); filepath.Base(path) != "june.csv" {
		t.Errorf("the file would be %q", path)
	}
	d.view.period.SetSelected(otherDates())
	usable("no dates", false)
	test.Type(d.view.from, "June 1, 2026")
	test.Type(d.view.to, "5/1/2026")
	usable("dates the wrong way round", false)
	d.view.to.SetText("2026-06-01")
	usable("one day", true)
	if d.view.name.Text != "june" {
		t.Errorf("the user's own name became %q", d.view.name.Text)
	}
	d.view.from.SetText("1/1/2020")
	d.view.to.SetText("1/2/2020")
	usable("days without a payment", false)
}

func TestTheDialogBeginsAsTheSettingsSay(t *testing.T) {
	d := openSecondExport(t, kit.Light, "")
	d.view.do.close()
	d.open(core.Exports{Format: core.FormatXero, Period: core.FirstLast})
	if d.view.format != core.FormatXero || d.view.period.Selected != "May 2026" {
		t.Errorf("begins with %s and %q", d.view.format, d.view.period.Selected)
	}
}
