package settings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/store/ledgertest"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// openExportsTab opens the tab with exports that were made before.
func openExportsTab(t *testing.T, past []core.PastExport) *desk {
	t.Helper()
	d := openDesk(t, nil)
	if err := d.db.SaveExports(past); err != nil {
		t.Fatal(err)
	}
	d.saver.Change(func(s *core.Settings) { s.ExportDir = "/home/morgan/Documents/Rentbell exports" }, nil)
	d.work.All(t)
	d.Open(ExportsTab)
	d.work.All(t)
	return d
}

func TestExportsTabTellsWhatWasExported(t *testing.T) {
	past := uitest.PastExports()
	for want, e := range map[pastWords]core.PastExport{
		{past[0].File, "May 1 to May 31: 44 payments, $61,205.50", "Xero, exported on June 2 at 9:12 AM"}:   past[0],
		{past[2].File, "June 15: 1 payment, $1,450.00", "QuickBooks Online, exported yesterday at 8:03 AM"}: past[2],
	} {
		if got := describePast(e, "", uitest.Present); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	if got := describePast(past[2], "Front", uitest.Present).when; got != "QuickBooks Online, exported by Front yesterday at 8:03 AM" {
		t.Errorf("another desk's: %q", got)
	}
	d := openExportsTab(t, past)
	d.saver.Change(func(s *core.Settings) { s.ExportDir = "/elsewhere" }, nil)
	d.work.All(t)
	links := all[*kit.Press](d.past.object, "Show file")
	if len(links) != 3 {
		t.Fatalf("%d rows, want 3", len(links))
	}
	test.Tap(links[0])
	test.Tap(links[2]) // its folder is not known: the last one is the best guess
	if len(d.opened) != 2 || d.opened[0] != "/home/morgan/Documents/Rentbell exports" || d.opened[1] != "/elsewhere" {
		t.Errorf("opened %q", d.opened)
	}
}

func TestTheFileOfAnotherDeskIsNotHere(t *testing.T) {
	past := uitest.PastExports()
	past[2].By = "Front"
	d := openExportsTab(t, past)
	if len(all[*kit.Press](d.past.object, "Show file")) != 2 || !says(d.past.object, "QuickBooks Online, exported by Front") {
		t.Errorf("rows: %q", uitest.Texts(d.past.object))
	}
}

func TestExportIsForgottenAfterAsking(t *testing.T) {
	d := openExportsTab(t, uitest.PastExports())
	top := func() string {
		t.Helper()
		d.work.All(t)
		overlay := d.window.Canvas().Overlays().Top()
		if overlay == nil {
			t.Fatal("nobody asks")
		}
		test.Tap(uitest.ButtonIn(t, overlay, "Forget"))
		d.work.All(t)
		past, err := d.bell.PastExports()
		if err != nil {
			t.Fatal(err)
		}
		names := ""
		for _, e := range past {
			names += filepath.Base(e.File) + "\n"
		}
		return names
	}
	test.Tap(all[*kit.Press](d.past.object, "Forget")[1])
	if got, want := top(), "Rentbell payments 2026-05.csv\nRentbell payments new 2026-06-17 08.03.csv\n"; got != want {
		t.Errorf("left %q, want %q", got, want)
	}
	if got := len(all[*kit.Press](d.past.object, "Forget")); got != 2 {
		t.Errorf("%d rows, want 2", got)
	}
}

// An export by an earlier version has no link for it, and one that was printed no file to show.
func TestExportIsMadeAgainFromSettings(t *testing.T) {
	d := openDesk(t, nil)
	ledgertest.Add(t, d.db, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(145_000)))
	first := filepath.Join(t.TempDir(), "June.csv")
	if _, err := d.bell.Export(t.Context(), first, ledgertest.JuneQuery(t, core.FormatXero), nil); err != nil {
		t.Fatal(err)
	}
	past, err := d.bell.PastExports()
	if err != nil || len(past) != 1 {
		t.Fatalf("remembered %+v, %v", past, err)
	}
	earlier, printed := past[0], past[0]
	earlier.Recipe = core.Recipe{}
	printed.File, printed.Dir = core.StandardOutput, ""
	if err := d.db.SaveExports([]core.PastExport{past[0], printed, earlier}); err != nil {
		t.Fatal(err)
	}
	d.Open(ExportsTab)
	d.work.All(t)
	links := all[*kit.Press](d.past.object, "Make again")
	if len(links) != 2 || len(all[*kit.Press](d.past.object, "Show file")) != 2 || !says(d.past.object, "Printed by rentbelld") {
		t.Fatalf("rows: %q", uitest.Texts(d.past.object))
	}
	d.chosen = filepath.Join(t.TempDir(), "copy.csv")
	test.Tap(links[1])
	d.work.All(t)
	if got, want := ledgertest.ReadFile(t, d.chosen), ledgertest.ReadFile(t, first); got != want || !says(d.past.object, "Made again as copy.csv") {
		t.Errorf("%q\n%s\nwant\n%s", uitest.Texts(d.past.object), got, want)
	}

	changed := past[0]
	changed.Rows = 2
	if err := d.db.SaveExports([]core.PastExport{changed}); err != nil {
		t.Fatal(err)
	}
	d.Open(ExportsTab)
	d.work.All(t)
	d.chosen = filepath.Join(t.TempDir(), "other.csv")
	test.Tap(all[*kit.Press](d.past.object, "Make again")[0])
	d.work.All(t)
	if _, err := os.Stat(d.chosen); err == nil || !says(d.past.object, "The export would not be the same") {
		t.Errorf("%v, %q", err, uitest.Texts(d.past.object))
	}
}

func TestTheNextExportIsChosenInSettings(t *testing.T) {
	d := openExportsTab(t, uitest.PastExports())
	card := d.titled(t, "The next export")
	choices := all[*kit.Select](card.object, "")
	format, period := choices[0], choices[1]
	if format.Selected != "QuickBooks Online" || period.Selected != "New since the last export" || !says(card.object, "Documents, Rentbell exports") {
		t.Errorf("at first %q, %q, and %q", format.Selected, period.Selected, uitest.Texts(card.object))
	}
	if want := []string{"QuickBooks Online", "QuickBooks bank file", "OFX bank file", "Xero", "Excel workbook", "Full detail"}; !slices.Equal(format.Options, want) {
		t.Errorf("offers %q, want %q", format.Options, want)
	}
	format.SetSelected("Xero")
	period.SetSelected("Last month")
	d.work.All(t)
	want := core.Exports{Format: core.FormatXero, Period: core.FirstLast}
	if got := d.bell.Settings().Exports; got != want {
		t.Fatalf("saved %+v, want %+v", got, want)
	}
}

func TestTheCompanysNameIsALine(t *testing.T) {
	d := openExportsTab(t, nil)
	entry := all[*kit.Entry](d.bodies[ExportsTab].Object, "")[0]
	entry.SetText("  Oakline\tProperty   Care ")
	entry.OnSubmitted("")
	d.work.All(t)
	if got := d.bell.Settings().Company; got != "Oakline Property Care" {
		t.Errorf("kept %q", got)
	}
	uitest.Tap(t, d.window.Content(), "Change")
	entry.SetText(strings.Repeat("W", core.MostCompany+1))
	entry.OnSubmitted("")
	d.work.All(t)
	if text := strings.Join(uitest.Texts(d.window.Content()), "\n"); !strings.Contains(text, "at most 100 characters") {
		t.Errorf("a name that is too long is not told of:\n%s", text)
	}
	entry.SetText("")
	entry.OnSubmitted("")
	d.work.All(t)
	if got := d.bell.Settings().Company; got != "" {
		t.Errorf("kept %q", got)
	}
}
