package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// withOutcomes opens Activity on a day when deliveries were refused.
func withOutcomes(d seat) {
	s := d.status
	s.Summary.Duplicates = core.Tally{}.Add(uitest.Day(18, 9, 12).UTC())
	s.Summary.Rejected = core.Tally{}.Add(uitest.Day(18, 9, 58).UTC())
	d.changed(core.Change{Status: s}, nil)
}

func TestPanesSayWhatTheBellMakesOfAnEvent(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, windowSize)
	s := d.bell.Settings()
	s.Bell.Smallest, s.Bell.Statuses = 1500_00, "Canceled"
	if err := d.bell.Change(t.Context(), func(saved *core.Settings) { *saved = s }); err != nil {
		t.Fatal(err)
	}
	says := func(want string) {
		t.Helper()
		found := false
		uitest.Walk(d.window.Content(), func(o fyne.CanvasObject) {
			line, ok := o.(*kit.Prose)
			found = found || ok && strings.HasSuffix(line.Text(), want)
		})
		if !found {
			t.Errorf("no pane says %q", want)
		}
	}
	small := "Would not ring: below your smallest payment of $1,500.00."
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Dana Whitfield")
	says(small)
	d.Open(workOrdersSection)
	uitest.TapText(t, d.window, "No hot water")
	says(" Would not ring: its status is not one you chose.")
	d.Open(activitySection)
	uitest.TapText(t, d.window, "Payment, Dana Whitfield")
	says(small)
}

func TestOnReturnTheFirstPageLooksBackAtWhatWasMissed(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, windowSize)
	s := d.status
	g := core.Gap{From: uitest.Day(18, 9, 0), To: uitest.Day(18, 9, 34), Reason: core.GapAsleep, Brought: 3}
	s.Away = &g
	d.changed(core.Change{Status: s}, nil)
	looks(t, "overview_away", d.UI)
	if !d.shows("Got it") {
		t.Error("it does not tell of a return")
	}
	s.Connection = core.Unreachable
	d.changed(core.Change{Status: s}, nil)
	if d.shows("Got it") {
		t.Error("it tells of a return while there is no connection")
	}
}

func TestOutcomesLookPinnedOnTopOfToday(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(activitySection)
	withOutcomes(d)
	d.wantShown(t, "Today: 4 accepted, 1 sent twice, 1 kept out", "1 delivery was kept out", "1 delivery was sent twice")
	uitest.TapText(t, d.window, "1 delivery was sent twice")
	d.wantShown(t, "Nothing. Totals, notifications and exports count each event once.")
	uitest.TapText(t, d.window, "1 delivery was kept out")
	looks(t, "activity_kept_out", d.UI)
	uitest.TapText(t, d.window, "Open settings")
	if d.shell.open != settingsSection {
		t.Error("Open settings leads elsewhere")
	}
}
