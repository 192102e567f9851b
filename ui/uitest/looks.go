package uitest

import (
	"runtime"
	"strings"
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
	namedLook(t)
	if runtime.GOOS == "linux" && !raceDetector {
		test.AssertImageMatches(t, name+".png", w.Canvas().Capture())
	}
}

// DrawsOnly skips, under the race detector, a test that draws what other tests use.
func DrawsOnly(t *testing.T) {
	t.Helper()
	namedLook(t)
	if raceDetector {
		t.Skip("drawing shows no races")
	}
}

// namedLook fails a test that make test would never draw: without the race detector
// it runs only the tests that have Look in their names.
func namedLook(t *testing.T) {
	t.Helper()
	if whole, _, _ := strings.Cut(t.Name(), "/"); !strings.Contains(whole, "Look") {
		t.Fatalf("%s compares pictures, so its name needs Look", whole)
	}
}
