package exports

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/store/ledgertest"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

// export presses the button and returns the payments in the file, as another program
// reads them.
func (d *desk) export() [][]string {
	d.t.Helper()
	test.Tap(d.view.foot.export)
	d.work.All(d.t)
	if d.view.stage != written {
		d.t.Fatalf("%s: stage %d, %q", d.view.format, d.view.stage, d.view.foot.why.Text())
	}
	file, err := os.ReadFile(d.view.foot.saved)
	if err != nil {
		d.t.Fatal(err)
	}
	return ledgertest.ReadRows(d.t, d.view.format, file)
}

func TestEachFormatIsExportedAndThenWhatIsNew(t *testing.T) {
	for _, f := range words.Formats() {
		t.Run(string(f), func(t *testing.T) {
			d := openExport(t, uitest.Office(t), kit.Light, t.TempDir())
			d.choose(f)
			if got, want := d.view.name.Text, "Rentbell payments 2026-06"+f.Ext(); got != want || d.view.total.Text() != "42 payments, $58,310.00" {
				t.Errorf("proposes %q with %q", got, d.view.total.Text())
			}
			previewed := d.view.found.Rows
			rows := d.export()
			if len(rows) != 42 || d.view.foot.result.Text() != "Saved 42 payments." || len(previewed) != previewRows {
				t.Fatalf("%d payments, previewed %q; says %q", len(rows), previewed, d.view.foot.result.Text())
			}
			for i, row := range previewed {
				if strings.Join(row, "|") != strings.Join(rows[i], "|") {
					t.Errorf("previewed %q, and the file has %q", row, rows[i])
				}
			}
			uitest.Tap(t, d.view.footer, "Show file")
			if want := []string{filepath.Join(d.dir, "Rentbell payments 2026-06"+f.Ext())}; !slices.Equal(d.shown, want) {
				t.Errorf("shown %q, want %q", d.shown, want)
			}
			d.checkAgain(f)
			d.checkNewAlone()
		})
	}
}

// checkAgain exports in the same format again, when nothing has come in since then and a
// lease has got a name. It is the same file.
func (d *desk) checkAgain(f core.Format) {
	d.t.Helper()
	before := ledgertest.ReadFile(d.t, d.view.foot.saved)
	if err := os.Remove(d.view.foot.saved); err != nil {
		d.t.Fatal(err)
	}
	if err := d.bell.GiveNames(map[core.NameKey]string{{Kind: core.NameLease, ID: "20931"}: "Ana Ruiz"}); err != nil {
		d.t.Fatal(err)
	}
	d.view.do.close()
	d.open(d.begin)
	if d.view.format != f || d.view.period.Selected != newSinceLast() || d.view.preview.none.Text() != "Nothing new since June 18" {
		d.t.Errorf("begins with %s and %q: %q", d.view.format, d.view.period.Selected, d.view.preview.none.Text())
	}
	if got := d.view.foot.export.AccessibilityLabel(); got != "Export again" {
		d.t.Errorf("the button reads %q", got)
	}
	d.export()
	if again := ledgertest.ReadFile(d.t, d.view.foot.saved); again != before || d.view.foot.result.Text() != "Saved 42 payments." {
		d.t.Errorf("another file of %d bytes, before it had %d; says %q", len(again), len(before), d.view.foot.result.Text())
	}
}

// checkNewAlone exports what has come in since the last export, alone.
func (d *desk) checkNewAlone() {
	d.t.Helper()
	d.view.do.close()
	uitest.Add(d.t, d.db, uitest.Payment("late", uitest.Day(2, 9, 0), uitest.LeaseOf("Priya Raman"), 123_00, "check"))
	d.open(d.begin)
	if got := d.view.total.Text(); got != "1 payment, $123.00" {
		d.t.Errorf("since then %q", got)
	}
	rows := d.export()
	if len(rows) != 1 || !slices.ContainsFunc(rows[0], func(cell string) bool { return strings.HasPrefix(cell, "123.00") }) {
		d.t.Errorf("since then %q", rows)
	}
}

func TestArrowsMoveAmongTheFormats(t *testing.T) {
	d := openExport(t, uitest.Office(t), kit.Light, t.TempDir())
	canvas := d.window.Canvas()
	canvas.Focus(d.view.cards[0].Press)
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{{fyne.KeyRight, 1}, {fyne.KeyDown, 3}, {fyne.KeyUp, 1}, {fyne.KeyUp, 1}, {fyne.KeyDown, 3}, {fyne.KeyDown, 5}, {fyne.KeyRight, 5}, {fyne.KeyLeft, 4}} {
		if d.press(step.key); canvas.Focused() != fyne.Focusable(d.view.cards[step.want].Press) {
			t.Fatalf("after %s the focus is not on card %d", step.key, step.want)
		}
	}
	if d.view.format != core.FormatQuickBooks {
		t.Errorf("the arrows have chosen %s", d.view.format)
	}
	d.press(fyne.KeySpace)
	d.work.All(t)
	if d.view.format != core.FormatXLSX {
		t.Errorf("Space has chosen %s", d.view.format)
	}
	d.press(fyne.KeyEscape)
	if canvas.Overlays().Top() != nil {
		t.Error("Esc on a card leaves the dialog open")
	}
}

func TestTheFileHasTheEndingOfItsFormat(t *testing.T) {
	d := openExport(t, uitest.Office(t), kit.Light, t.TempDir())
	for _, own := range []string{"June", "June.csv", "June.CSV"} {
		d.choose(core.FormatQuickBooks)
		d.view.name.SetText(own)
		d.choose(core.FormatQBO)
		if path, ok := d.view.path(); !ok || filepath.Base(path) != "June.qbo" {
			t.Errorf("%s becomes %s", own, path)
		}
	}
	d.choose(core.FormatXLSX)
	if path, _ := d.view.path(); filepath.Base(path) != "June.xlsx" {
		t.Errorf("the workbook is %s", path)
	}
}

func TestTheBankNumberGoesIntoTheFileAndIsRemembered(t *testing.T) {
	d := openExport(t, uitest.Office(t), kit.Light, t.TempDir())
	if d.view.needs.number.Visible() {
		t.Error("a CSV file asks for a bank")
	}
	d.choose(core.FormatQBO)
	if !d.view.needs.number.Visible() || d.view.needs.bank.Text != "3000" {
		t.Errorf("the bank is %q", d.view.needs.bank.Text)
	}
	for _, wrong := range []string{"Chase", "0", "-1", "99999999999"} {
		d.view.needs.bank.SetText(wrong)
		if !d.view.foot.export.Disabled() || d.view.foot.note.Text() != "Write the bank number in digits, like 3000." {
			t.Errorf("bank %q: says %q", wrong, d.view.foot.note.Text())
		}
	}
	d.view.needs.bank.SetText(" 10898 ")
	d.export()
	file, err := os.ReadFile(d.view.foot.saved)
	if err != nil {
		t.Fatal(err)
	}
	if got := ledgertest.ReadOFX(t, string(file)).Leaves["INTU.BID"]; got != "10898" {
		t.Errorf("the file names bank %q", got)
	}
	d.view.do.close()
	d.open(d.begin)
	if d.view.needs.bank.Text != "10898" || d.view.format != core.FormatQBO {
		t.Errorf("next time it begins with %s and bank %s", d.view.format, d.view.needs.bank.Text)
	}
}

// openBankFile opens the dialog with the bank file of QuickBooks chosen, in a window of a
// size.
func openBankFile(t *testing.T, look kit.Appearance, scale, wide, high float32) *desk {
	t.Helper()
	d := openExport(t, uitest.Office(t), look, exportFolder)
	fyne.CurrentApp().Settings().SetTheme(&kit.Theme{Appearance: look, Scale: scale, Still: true})
	d.window.Resize(fyne.NewSize(wide, high))
	d.choose(core.FormatQBO)
	return d
}

func TestBankFileLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	t.Run("light", func(t *testing.T) {
		uitest.LooksDialog(t, "export_qbo", openBankFile(t, kit.Light, 1, 1180, 760).window)
	})
	t.Run("dark and large", func(t *testing.T) {
		uitest.LooksDialog(t, "export_qbo_large_dark", openBankFile(t, kit.Dark, 1.3, 900, 760).window)
	})
	t.Run("Spanish", func(t *testing.T) {
		uitest.Speak(t, "es")
		uitest.LooksDialog(t, "export_qbo_es", openBankFile(t, kit.Light, 1, 900, 600).window)
	})
}
