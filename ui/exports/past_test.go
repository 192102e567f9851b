package exports

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

// exportedJune is an export of June on June 16, when 39 of its 42 payments had
// come in.
func exportedJune(lastSeq uint64) core.PastExport {
	return core.PastExport{
		At: uitest.Day(16, 17, 5).UTC(), From: uitest.On(2026, 6, 1), To: uitest.On(2026, 6, 30), Format: core.FormatQuickBooks,
		Rows: 39, Total: 5_400_000, LastSeq: lastSeq, File: "Rentbell payments 2026-06.csv",
	}
}

// openSecondExport opens the dialog after an export that had all payments but
// the last three. by is the desk of the office that made it, or empty.
func openSecondExport(t *testing.T, look kit.Appearance, by string) *desk {
	t.Helper()
	db := uitest.Office(t)
	payments, err := db.Page(core.FeedPayments, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	seqs := make([]uint64, len(payments))
	for i, e := range payments {
		seqs[i] = e.Seq
	}
	slices.Sort(seqs)
	june := exportedJune(seqs[len(seqs)-4])
	june.By = by
	if err := db.SaveExports([]core.PastExport{june}); err != nil {
		t.Fatal(err)
	}
	return openExport(t, db, look, exportFolder)
}

func TestSecondExportLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	for suffix, look := range map[string]kit.Appearance{"": kit.Light, "_dark": kit.Dark} {
		t.Run("new"+suffix, func(t *testing.T) { uitest.LooksDialog(t, "export_new"+suffix, openSecondExport(t, look, "").window) })
		t.Run("again"+suffix, func(t *testing.T) {
			d := openSecondExport(t, look, "")
			d.view.period.SetSelected("June 2026")
			d.work.All(t)
			uitest.LooksDialog(t, "export_again"+suffix, d.window)
		})
	}
	t.Run("both warnings", func(t *testing.T) {
		d := openSecondExport(t, kit.Light, "")
		d.view.period.SetSelected(otherDates())
		d.view.from.SetText("6/1/2026")
		d.view.to.SetText("6/15/2026")
		d.work.All(t)
		uitest.LooksDialog(t, "export_left_behind", d.window)
	})
	t.Run("nothing new", func(t *testing.T) {
		db := uitest.Office(t)
		newest, err := db.Summary()
		if err != nil {
			t.Fatal(err)
		}
		june := exportedJune(newest.LastSeq)
		june.SHA256 = "ab"
		if err := db.SaveExports([]core.PastExport{june}); err != nil {
			t.Fatal(err)
		}
		uitest.LooksDialog(t, "export_nothing_new", openExport(t, db, kit.Light, exportFolder).window)
	})
	t.Run("several files", func(t *testing.T) {
		d := openExport(t, uitest.Office(t), kit.Light, exportFolder)
		many := d.view.found
		many.Count, many.Total, many.Zeros = 2412, 331_845_000, 2
		d.view.show(many, 0)
		d.work.All(t)
		uitest.LooksDialog(t, "export_several", d.window)
		d.view.finish("june.csv", export.WrittenFiles{Written: export.Written{Rows: 2412, Zeros: 2}, Files: 3}, false, nil)
		uitest.LooksDialog(t, "export_several_saved", d.window)
	})
}

func TestNewSinceTheLastExportIsOfferedOnceThereWasOne(t *testing.T) {
	dir := t.TempDir()
	d := openExport(t, uitest.Office(t), kit.Light, dir)
	if slices.Contains(d.view.period.Options, newSinceLast()) || d.view.warning.line.Visible() {
		t.Errorf("at first, offers %q and says %q", d.view.period.Options, d.view.warning.text.Text())
	}
	test.Tap(d.view.foot.export)
	d.work.All(t)
	d.view.do.close()

	d.open(core.Exports{})
	again := d.view
	if again.period.Selected != newSinceLast() || again.found.Count != 0 || again.preview.none.Text() != "Nothing new since June 18" || again.foot.export.AccessibilityLabel() != "Export again" {
		t.Errorf("again, %q is chosen with %d payments: %q", again.period.Selected, again.found.Count, again.preview.none.Text())
	}
	late := uitest.Event("pay_late", uitest.Day(2, 9, 0), core.Payment{Lease: "48213", Amount: 100, AmountKnown: true}, core.Attention{})
	if _, _, err := d.db.Add(late); err != nil {
		t.Fatal(err)
	}
	again.ask()
	d.work.All(t)
	if again.found.Count != 1 || again.found.Rows[0][0] != "06/02/2026" {
		t.Errorf("after a late payment: %+v", again.found)
	}
	test.Tap(again.foot.export)
	d.work.All(t)
	files, err := filepath.Glob(filepath.Join(dir, "Rentbell payments new 2026-06-18 *.csv"))
	if err != nil || len(files) != 1 {
		t.Errorf("files %q, %v", files, err)
	}
}

func TestPeriodFollowsTheFormatUntilTheUserChooses(t *testing.T) {
	d := openSecondExport(t, kit.Light, "")
	choose := func(format core.Format, want string) {
		t.Helper()
		d.choose(format)
		if d.view.period.Selected != want {
			t.Errorf("%s: %q is chosen, want %q", words.FormatName(format), d.view.period.Selected, want)
		}
	}
	choose(core.FormatXero, "June 2026") // nothing has been exported to Xero
	choose(core.FormatQuickBooks, newSinceLast())
	d.view.period.SetSelected("May 2026")
	choose(core.FormatXero, "May 2026")
	choose(core.FormatQuickBooks, "May 2026")
	d.view.period.SetSelected(newSinceLast())
	choose(core.FormatXero, "June 2026")
}

func TestSecondExportOfAPeriodSaysSo(t *testing.T) {
	d := openSecondExport(t, kit.Light, "")
	said := func(period, want string) {
		t.Helper()
		d.view.period.SetSelected(period)
		d.work.All(t)
		if got := d.view.warning.text.Text(); got != want || d.view.warning.line.Visible() != (want != "") {
			t.Errorf("%s: says %q, want %q", period, got, want)
		}
		if d.view.found.Count > 0 && d.view.foot.export.Disabled() {
			t.Errorf("%s: the user cannot go on", period)
		}
	}
	said("June 2026", "June 1 to June 30 was exported on Tuesday. Payments would be twice in your books.")
	said("This year", "June 1 to June 30 was exported on Tuesday. Payments would be twice in your books.")
	said("May 2026", "3 new payments are of other days. They would no longer count as new.")
	said(newSinceLast(), "What came in after the export on June 16 at 5:05 PM, whatever its date.")
	d.choose(core.FormatXero)
	said("June 2026", "")
}

// An importer of bank files knows a payment again, and a workbook goes into no books.
func TestASecondExportThatHarmsNobodyIsNoWarning(t *testing.T) {
	db := uitest.Office(t)
	var past []core.PastExport
	for _, f := range words.Formats() {
		e := exportedJune(1_000_000)
		e.Format = f
		past = append(past, e)
	}
	if err := db.SaveExports(past); err != nil {
		t.Fatal(err)
	}
	d := openExport(t, db, kit.Light, t.TempDir())
	d.view.period.SetSelected("June 2026")
	for _, f := range words.Formats() {
		d.choose(f)
		harms := f == core.FormatQuickBooks || f == core.FormatXero
		if got, warn := d.view.pastNote(); warn != harms || !strings.HasPrefix(got, "June 1 to June 30 was exported on Tuesday.") {
			t.Errorf("%s: warns %v, %q", f, warn, got)
		}
	}
}

func TestOnePaymentIsLeftBehind(t *testing.T) {
	if got, want := behindWords(1), "1 new payment is of another day. It would no longer count as new."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSavedWords(t *testing.T) {
	for want, e := range map[string]export.WrittenFiles{
		"Saved 1 payment.": {Written: export.Written{Rows: 1}, Files: 1},
		"Saved 2,412 payments in 3 files. 1 of $0.00 left out.": {Written: export.Written{Rows: 2412, Zeros: 1}, Files: 3},
		"Saved 5 payments. 2 more had no usable amount.":        {Written: export.Written{Rows: 5, LeftOut: 2}, Files: 1},
	} {
		if got := savedWords(e); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestFilesOfALargeExportAreLookedFor(t *testing.T) {
	d := openExport(t, uitest.Office(t), kit.Light, t.TempDir())
	var looked []int
	d.view.do.checkExists = func(_ string, parts int) { looked = append(looked, parts) }
	d.view.show(export.Preview{Count: 1000}, 0)
	d.view.show(export.Preview{Count: 1001}, 0)
	if !slices.Equal(looked, []int{2}) {
		t.Errorf("looked for %v", looked)
	}
	if got := d.view.where.Text(); !strings.Contains(got, "QuickBooks Online takes 1,000 rows at a time") {
		t.Errorf("says %q", got)
	}
}

func TestTheDialogBeginsWithTheNewestMonthThatHasPayments(t *testing.T) {
	db := uitest.OpenStore(t, t.TempDir())
	for id, at := range map[string]time.Time{"march": uitest.Present.AddDate(0, -3, 0), "february": uitest.Present.AddDate(0, -4, 0)} {
		uitest.Add(t, db, uitest.Payment(id, at, uitest.LeaseOf("Priya Raman"), 100_00, "check"))
	}
	d := openExport(t, db, kit.Light, t.TempDir())
	if d.view.period.Selected != "March 2026" || d.view.total.Text() != "1 payment, $100.00" || d.view.foot.export.Disabled() {
		t.Errorf("begins with %q, %q", d.view.period.Selected, d.view.total.Text())
	}
	d.view.period.SetSelected("June 2026")
	d.work.All(t)
	if d.view.total.Text() != "No payments" {
		t.Errorf("the user's own choice becomes %q, %q", d.view.period.Selected, d.view.total.Text())
	}
}

func TestWhatWillBeLeftOutIsToldBeforeSaving(t *testing.T) {
	db := uitest.OpenStore(t, t.TempDir())
	uitest.Add(t, db, uitest.Payment("good", uitest.Present, uitest.LeaseOf("Priya Raman"), 100_00, "check"))
	uitest.Add(t, db, uitest.Payment("zero", uitest.Present, uitest.LeaseOf("Priya Raman"), 0, "check"))
	uitest.Add(t, db, uitest.Event("bad", uitest.Present, core.Payment{Lease: "7"}, core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}))
	d := openExport(t, db, kit.Light, t.TempDir())
	if got := d.view.foot.note.Text(); got != "1 more had no usable amount." || d.view.found.Zeros != 1 {
		t.Errorf("before saving it says %q, and %d zeros", got, d.view.found.Zeros)
	}
}
