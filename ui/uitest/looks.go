package uitest

import (
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// Looks compares a window with testdata/NAME.png of the package under test, pixel
// for pixel. What differs is left in testdata/failed. Other systems round
// differently, and under the race detector drawing takes ten times as long and
// shows nothing more: there it compares nothing.
func Looks(t *testing.T, name string, w fyne.Window) {
	t.Helper()
	if runtime.GOOS == "linux" && !RaceDetector {
		test.AssertImageMatches(t, name+".png", w.Canvas().Capture())
	}
}
