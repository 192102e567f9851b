package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// spokenRow is a row of two texts.
type spokenRow struct {
	Compound
	title *Text
}

func TestScreenReadersAreToldHowThingsStand(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	toggle, check := NewSwitch("Quiet hours", true, nil), NewCheck("Amount", nil)
	filters := NewFilters([]string{"All", "Signed"}, nil)
	entry, _ := NewEntry("Search", nil)
	secret, _ := NewSecretEntry("Paste the key", nil)
	choice, _ := NewSelect([]string{"Weekdays", "Every day"}, nil)
	test.Tap(check)
	entry.SetText("dana")
	secret.SetText("af_live")
	for said, o := range map[string]fyne.Accessible{
		"Quiet hours, on": toggle, "Amount, on": check, "All, on": filters.chips[0], "Signed, off": filters.chips[1],
		"Search, dana": entry, "Paste the key": secret, "Weekdays": choice,
	} {
		if got := o.AccessibilityLabel(); got != said {
			t.Errorf("says %q, want %q", got, said)
		}
	}
}

func TestAListSaysItsSelectedRow(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	l := NewList(46, 0)
	rows := lines{1, 2, 3}
	l.Rows = &rows
	l.Create = func(Kind) fyne.CanvasObject {
		r := &spokenRow{title: NewText("", Strong)}
		hidden := NewText("not seen", Body)
		hidden.Hide()
		r.Init(r, HStack(0, r.title, NewText("Alder Court 2A", Caption), NewText("", Body), hidden))
		return r
	}
	l.Update = func(_ int, o fyne.CanvasObject) { o.(*spokenRow).title.Set("Dana Whitfield") }
	w := test.NewTempWindow(t, l)
	w.Resize(fyne.NewSize(300, 200))
	l.Refresh()
	if got := l.AccessibilityLabel(); got != "" {
		t.Errorf("with nothing selected it says %q", got)
	}
	l.Select(1)
	if got := l.AccessibilityLabel(); got != "Dana Whitfield, Alder Court 2A" {
		t.Errorf("says %q", got)
	}
}
