package expected

import (
	"testing"

	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestExpectedLooks(t *testing.T) {
	for name, look := range map[string]kit.Appearance{"expected": kit.Light, "expected_dark": kit.Dark} {
		s := newStage(t, rents(), kit.Theme{Appearance: look, Still: true}, usual)
		uitest.TapText(t, s.window, "Devon Park")
		uitest.Looks(t, name, s.window)
	}
}

func TestExpectedLooksInASmallWindow(t *testing.T) {
	s := newStage(t, rents(), kit.Theme{Appearance: kit.Light, Still: true}, small)
	uitest.Looks(t, "expected_small", s.window)
}

func TestChangingARentLooks(t *testing.T) {
	s := newStage(t, rents(), kit.Theme{Appearance: kit.Light, Still: true}, usual)
	uitest.TapText(t, s.window, "Devon Park")
	uitest.TapText(t, s.window, "Change")
	uitest.LooksDialog(t, "change", s.window)
}
