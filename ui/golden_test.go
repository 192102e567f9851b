package ui

import (
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// assertLooks compares a window with testdata/NAME.png, pixel for pixel. What
// differs is left in testdata/failed. Other systems round differently.
func assertLooks(t *testing.T, name string, w fyne.Window) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the pictures were drawn on Linux")
	}
	test.AssertImageMatches(t, name+".png", w.Canvas().Capture())
}
