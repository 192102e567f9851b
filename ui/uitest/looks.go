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

// Looks compares a window with testdata/NAME.png of the package under test,
// pixel by pixel, and writes what differs to testdata/failed. It compares
// nothing on systems other than Linux, which round differently, or under the
// race detector, where drawing takes ten times as long and finds nothing more.
func Looks(t *testing.T, name string, w fyne.Window) {
	t.Helper()
	namedLook(t)
	if runtime.GOOS == "linux" && !raceDetector {
		test.AssertImageMatches(t, name+".png", w.Canvas().Capture())
	}
}

// LooksAt is Looks for the part of a window that an object covers. Changes
// elsewhere then leave the picture as it is.
func LooksAt(t *testing.T, name string, w fyne.Window, o fyne.CanvasObject) {
	t.Helper()
	namedLook(t)
	if runtime.GOOS != "linux" || raceDetector {
		return
	}
	whole := w.Canvas().Capture()
	scale := float32(whole.Bounds().Dx()) / w.Canvas().Size().Width
	at, size := fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()
	first := func(at float32) int { return int(math.Ceil(float64(at * scale))) } // only pixels that the object covers completely
	last := func(at float32) int { return int(math.Floor(float64(at * scale))) }
	part := image.Rect(first(at.X), first(at.Y), last(at.X+size.Width), last(at.Y+size.Height)).Intersect(whole.Bounds())
	picture := image.NewNRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(picture, picture.Bounds(), whole, part.Min, draw.Src)
	test.AssertImageMatches(t, name+".png", picture)
}

// LooksDialog is Looks for the dialog that is open over a window.
func LooksDialog(t *testing.T, name string, w fyne.Window) {
	t.Helper()
	overlay, isBox := w.Canvas().Overlays().Top().(*fyne.Container)
	if !isBox {
		t.Fatal("no dialog stands over the window")
	}
	LooksAt(t, name, w, overlay.Objects[len(overlay.Objects)-1]) // the first object is the scrim
}

// DrawsOnly skips a test of drawing under the race detector.
func DrawsOnly(t *testing.T) {
	t.Helper()
	namedLook(t)
	if raceDetector {
		t.Skip("drawing shows no races")
	}
}

// namedLook fails a test that make test would never run without the race
// detector, because its name lacks Look.
func namedLook(t *testing.T) {
	t.Helper()
	if whole, _, _ := strings.Cut(t.Name(), "/"); !strings.Contains(whole, "Look") {
		t.Fatalf("%s compares pictures, so its name needs Look", whole)
	}
}
