package uitest

import (
	"image"
	"image/draw"
	"math"
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

// LooksAt compares the part of a window that an object takes, as Looks does the
// whole: a change elsewhere leaves the picture as it is.
func LooksAt(t *testing.T, name string, w fyne.Window, o fyne.CanvasObject) {
	t.Helper()
	namedLook(t)
	if runtime.GOOS != "linux" || raceDetector {
		return
	}
	whole := w.Canvas().Capture()
	scale := float32(whole.Bounds().Dx()) / w.Canvas().Size().Width
	at, size := fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()
	first := func(at float32) int { return int(math.Ceil(float64(at * scale))) } // what is wholly the object's
	last := func(at float32) int { return int(math.Floor(float64(at * scale))) }
	part := image.Rect(first(at.X), first(at.Y), last(at.X+size.Width), last(at.Y+size.Height)).Intersect(whole.Bounds())
	picture := image.NewNRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(picture, picture.Bounds(), whole, part.Min, draw.Src)
	test.AssertImageMatches(t, name+".png", picture)
}

// LooksDialog compares the dialog that stands over a window.
func LooksDialog(t *testing.T, name string, w fyne.Window) {
	t.Helper()
	overlay, isBox := w.Canvas().Overlays().Top().(*fyne.Container)
	if !isBox {
		t.Fatal("no dialog stands over the window")
	}
	LooksAt(t, name, w, overlay.Objects[len(overlay.Objects)-1]) // before it lies what dims the window
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
