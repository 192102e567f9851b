package exports

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// receiver answers for the one of an office: Front is at an export, or has done it.
type receiver struct{ front core.ClaimedError }

func (r receiver) Claim(_ context.Context, _ core.Format, takeOver bool) (core.ExportClaim, error) {
	if r.front.Stale && takeOver {
		return right{}, nil
	}
	r.front.By, r.front.At, r.front.Rows = "Front", uitest.Day(18, 9, 2).UTC(), 3
	return nil, &r.front
}

// right is a claim that was got.
type right struct{}

func (right) Last() (uint64, *core.ClaimedError)       { return 0, nil }
func (right) Begin(core.PastExport) (time.Time, error) { return uitest.Present, nil }
func (right) Done(core.PastExport)                     {}
func (right) Forget(uint64) error                      { return nil }
func (right) Release()                                 {}

// openAtDesk opens the dialog at a desk of an office, after an export that Front made.
func openAtDesk(t *testing.T, look kit.Appearance, r receiver) *desk {
	t.Helper()
	d := openSecondExport(t, look, "Front")
	d.dir, d.office = filepath.Join(t.TempDir(), "Documents", "Rentbell exports"), Office{Me: "Leasing desk"}
	d.bell.Shared().Claims("Leasing desk", r)
	d.view.do.close()
	d.open(core.Exports{})
	return d
}

// says reports whether what is in front has a text.
func (d *desk) says(part string) bool {
	return strings.Contains(strings.Join(uitest.Texts(d.window.Canvas().Overlays().Top()), "\n"), part)
}

func (d *desk) wantSaid(parts ...string) {
	d.t.Helper()
	for _, part := range parts {
		if !d.says(part) {
			d.t.Errorf("nothing says %q in %q", part, uitest.Texts(d.window.Canvas().Overlays().Top()))
		}
	}
}

func (d *desk) tap(button string) {
	d.t.Helper()
	test.Tap(uitest.ButtonIn(d.t, d.window.Canvas().Overlays().Top(), button))
	d.work.All(d.t)
}

func TestWhatAnotherDeskExportsIsNotExportedHere(t *testing.T) {
	for want, front := range map[string]core.ClaimedError{
		"Front is exporting these payments": {Writing: true},
		"Front exported these 3 payments":   {},
	} {
		d := openAtDesk(t, kit.Light, receiver{front})
		d.tap("Export 3 payments")
		d.wantSaid(want)
		if d.view.stage != choosing {
			t.Errorf("%s: stage %d", want, d.view.stage)
		}
	}
}

func TestAnExportThatADeskLeftIsTakenOverAfterAQuestion(t *testing.T) {
	d := openAtDesk(t, kit.Light, receiver{core.ClaimedError{Writing: true, Stale: true}})
	d.tap("Export 3 payments")
	d.wantSaid("Front began to export them at 9:02 AM and did not finish.")
	d.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.work.All(t)
	if d.view.stage != choosing {
		t.Fatalf("Enter takes it over: stage %d", d.view.stage)
	}
	d.wantSaid("Front began to export these payments and did not end")
	d.tap("Export 3 payments")
	d.tap("Export here")
	d.wantSaid("Saved 3 payments.")
	if past, err := d.bell.PastExports(); err != nil || len(past) != 2 || past[1].Rows != 3 {
		t.Errorf("remembered %+v, %v", past, err)
	}
}

func TestOutOfReachOfTheOfficeOnlyAPeriodIsExported(t *testing.T) {
	d := openAtDesk(t, kit.Light, receiver{})
	d.bell.Shared().Claims("Leasing desk", export.Away{})
	d.office.Away = true
	d.view.paint()
	d.wantSaid("The office is out of reach, and it knows what is new.")
	d.tap("Export 3 payments")
	d.wantSaid("What is new waits until it answers.")
	d.view.period.SetSelected("May 2026")
	d.work.All(t)
	d.wantSaid("so this export is not remembered")
	if d.says("no longer count as new") {
		t.Error("what is not remembered counts as new afterwards, too")
	}
	d.tap(d.view.foot.export.AccessibilityLabel())
	d.wantSaid("Saved", "The office does not know of this export.")
	if past, err := d.bell.PastExports(); err != nil || len(past) != 1 {
		t.Errorf("remembered %+v, %v", past, err)
	}
}

func TestWhoExportedBeforeIsSaid(t *testing.T) {
	d := openAtDesk(t, kit.Light, receiver{})
	d.wantSaid("Front exported 39 payments on June 16 at 5:05 PM. New is what came in since")
	d.view.period.SetSelected("June 2026")
	d.work.All(t)
	d.wantSaid("Front exported June 1 to June 30 on Tuesday.")
	d.office.Me = "Front" // so it was this desk
	d.view.paint()
	d.wantSaid("June 1 to June 30 was exported on Tuesday.")
}

func TestExportAtADeskLooks(t *testing.T) {
	stale := receiver{core.ClaimedError{Writing: true, Stale: true}}
	for name, look := range map[string]kit.Appearance{"office_stale": kit.Light, "office_stale_dark": kit.Dark} {
		d := openAtDesk(t, look, stale)
		d.tap("Export 3 payments")
		uitest.LooksDialog(t, name, d.window)
	}
	t.Run("Spanish", func(t *testing.T) {
		uitest.Speak(t, "es")
		d := openAtDesk(t, kit.Light, stale)
		test.Tap(d.view.foot.export)
		d.work.All(t)
		uitest.LooksDialog(t, "office_stale_spanish", d.window)
	})
	d := openAtDesk(t, kit.Light, receiver{})
	uitest.LooksAt(t, "office_by", d.window, d.view.body.Objects[0])
	d.bell.Shared().Claims("Leasing desk", export.Away{})
	d.office.Away = true
	d.view.paint()
	uitest.LooksAt(t, "office_away", d.window, d.view.body.Objects[0])
	d.view.period.SetSelected("May 2026")
	d.work.All(t)
	uitest.LooksAt(t, "office_period", d.window, d.view.body.Objects[0])
	test.Tap(d.view.foot.export)
	d.work.All(t)
	uitest.LooksAt(t, "office_not_remembered", d.window, d.view.footer)
}
