package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestABannerThatCountsDownKeepsItsButtons(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{})
	pressed := 0
	actions := func(worth int) []BannerAction {
		return []BannerAction{{Text: "Settings", OnTap: func() {}}, {Text: "Try now", OnTap: func() { pressed += worth }}}
	}
	b := NewBanner()
	b.Set("Not reachable", "Trying again in 12 seconds.", actions(1)...)
	before := slices.Clone(b.buttons.Objects)
	b.Set("Not reachable", "Trying again in 11 seconds.", actions(10)...)
	if !slices.Equal(b.buttons.Objects, before) {
		t.Error("its buttons are made anew")
	}
	if test.Tap(before[1].(*Button)); pressed != 10 {
		t.Errorf("a press does %d, want what was set last", pressed)
	}
	b.Set("Not reachable", "Trying again in 10 seconds.", BannerAction{Text: "Unlock", OnTap: func() {}})
	if len(b.buttons.Objects) != 1 {
		t.Errorf("%d buttons, want the new one alone", len(b.buttons.Objects))
	}
}
