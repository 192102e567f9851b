package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
)

func TestFailureIsToldInWords(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&kit.Theme{Appearance: kit.Light})
	w := test.NewTempWindow(t, newFailure(tongue.Error(fmt.Errorf("open store: %w", core.ErrInUse)), func() {}))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(520, 240))
	assertLooks(t, "failure", w)
}
