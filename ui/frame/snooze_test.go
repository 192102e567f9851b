package frame

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// snoozing opens the menu of a snooze in a window.
func snoozing(t *testing.T, s Snooze, look kit.Appearance) fyne.Window {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(&kit.Theme{Appearance: look, Still: true})
	button := kit.NewButton("Snooze until", nil, nil)
	w := test.NewTempWindow(t, kit.Inset(20, 20, 20, 20, container.NewVBox(container.NewHBox(button))))
	w.Resize(fyne.NewSize(340, 420))
	s.Open(button)
	return w
}

// press sends keys to what has the focus.
func press(w fyne.Window, keys ...fyne.KeyName) {
	for _, key := range keys {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func TestASnoozeEndsAtHalfPastEight(t *testing.T) {
	eight := func(day int) time.Time { return uitest.Day(day, 8, 30) }
	tests := []struct {
		name string
		now  time.Time
		keys []fyne.KeyName
		want time.Time
	}{
		{"tomorrow", uitest.Present, nil, eight(19)},
		{"Monday", uitest.Present, []fyne.KeyName{fyne.KeyDown}, eight(22)},
		{"in a week", uitest.Present, []fyne.KeyName{fyne.KeyDown, fyne.KeyDown}, eight(25)},
		{"on a Sunday, tomorrow is Monday", uitest.Day(21, 9, 0), []fyne.KeyName{fyne.KeyDown}, eight(28)},
		{"on a Monday, Monday is in a week", uitest.Day(22, 9, 0), []fyne.KeyName{fyne.KeyDown}, eight(29)},
		{"a day of the calendar", uitest.Present, []fyne.KeyName{fyne.KeyUp, fyne.KeyReturn, fyne.KeyRight, fyne.KeyDown}, eight(27)},
		{"a day of the next month", uitest.Present, []fyne.KeyName{fyne.KeyUp, fyne.KeyReturn, fyne.KeyPageDown, fyne.KeyLeft}, eight(48)},
	}
	for _, tt := range tests {
		var got time.Time
		w := snoozing(t, Snooze{Now: tt.now, Pick: func(until time.Time) { got = until }}, kit.Light)
		press(w, append(tt.keys, fyne.KeyReturn)...)
		if !got.Equal(tt.want) {
			t.Errorf("%s: until %v, want %v", tt.name, got, tt.want)
		}
		if w.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: something still lies over the window", tt.name)
		}
	}
}

func TestAClockThatChangesAtNightMovesNoSnooze(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Skip(err)
	}
	var got time.Time
	w := snoozing(t, Snooze{Now: time.Date(2026, 3, 7, 9, 0, 0, 0, chicago), Pick: func(until time.Time) { got = until }}, kit.Light)
	press(w, fyne.KeyReturn)
	if want := "2026-03-08T08:30:00-05:00"; got.Format(time.RFC3339) != want {
		t.Errorf("until %s, want %s", got.Format(time.RFC3339), want)
	}
}

func TestEscapeLeavesASnooze(t *testing.T) {
	w := snoozing(t, Snooze{Now: uitest.Present, Pick: func(time.Time) { t.Error("it was chosen") }}, kit.Light)
	press(w, fyne.KeyUp, fyne.KeyReturn, fyne.KeyLeft, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("it is still open")
	}
}

func TestASnoozeBeyondTheNextStepSaysSo(t *testing.T) {
	w := snoozing(t, Snooze{Now: uitest.Present, Step: uitest.Day(23, 10, 12), Days: 14}, kit.Light)
	overlay := func() []string { return uitest.Texts(w.Canvas().Overlays().Top()) }
	said := slices.DeleteFunc(overlay(), func(text string) bool { return text != "Then 14 days are over." })
	if len(said) != 1 {
		t.Errorf("%d choices of three say what will be over", len(said))
	}
	press(w, fyne.KeyUp, fyne.KeyReturn)
	if !slices.Contains(overlay(), "14 days are over on June 23.") {
		t.Errorf("the calendar says %q", overlay())
	}
}

func TestDaysOutOfReachCannotBePicked(t *testing.T) {
	w := snoozing(t, Snooze{Now: uitest.Present}, kit.Light)
	press(w, fyne.KeyEscape)
	var got core.Date
	DayPicker{First: uitest.On(2026, 6, 10), Last: uitest.On(2026, 6, 18), Begin: uitest.On(2026, 6, 18),
		Pick: func(d core.Date) { got = d }}.Open(w.Content())
	press(w, fyne.KeyRight, fyne.KeyPageUp, fyne.KeyUp, fyne.KeyUp, fyne.KeyReturn)
	if got != uitest.On(2026, 6, 11) {
		t.Errorf("picked %v", got)
	}
}

func TestSnoozeLooks(t *testing.T) {
	s := Snooze{Now: uitest.Present, Step: uitest.Day(23, 10, 12), Days: 14}
	for name, look := range map[string]kit.Appearance{"snooze": kit.Light, "snooze_dark": kit.Dark} {
		w := snoozing(t, s, look)
		press(w, fyne.KeyDown)
		uitest.Looks(t, name, w)
		if look == kit.Light {
			press(w, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
			uitest.Looks(t, "snooze_calendar", w)
		}
	}
}
