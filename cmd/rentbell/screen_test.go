//go:build linux

package main_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// The screen of every desktop.
const screenWidth, screenHeight = 1180, 760

// capture takes a picture of the whole screen.
func (d *desktop) capture(t *testing.T) *image.RGBA {
	t.Helper()
	pixels, _, err := d.screen.picture(screenWidth, screenHeight)
	if err != nil {
		t.Fatalf("look at the screen: %v", err)
	}
	img := image.NewRGBA(image.Rect(0, 0, screenWidth, screenHeight))
	for i := 0; i+3 < len(img.Pix); i += 4 { // X11 has blue first, and no opacity
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = pixels[i+2], pixels[i+1], pixels[i], 0xFF
	}
	return img
}

// keep saves a picture among the artefacts of this run.
func keep(t *testing.T, name string, img image.Image) {
	t.Helper()
	dir := os.Getenv("RENTBELL_ARTIFACTS")
	if dir == "" {
		dir = filepath.Join("..", "..", "build", "e2e")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), picture.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// paymentPane returns an error unless a pane stands at the right of the window,
// where the overview has cards on the page's ground: its edge is one line from top
// to bottom. Beside it the list has rows.
func paymentPane(screen *image.RGBA) error {
	if err := showsWindow(screen); err != nil {
		return err
	}
	const paneLeft, slack = 1180 - 316, 4
	bounds := screen.Bounds()
	rows := image.Rect(232, 200, paneLeft-slack-12, bounds.Max.Y) // below the list's head, before its scroll bar
	if n := len(pixelsOf(screen, rows)); n < fewestShades {
		return fmt.Errorf("the list is empty: %d colours", n)
	}
	for x := paneLeft - slack; x <= paneLeft+slack; x++ {
		edge := screen.At(x, bounds.Max.Y-1)
		same := 0
		for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
			if screen.At(x, y) == edge && screen.At(x-1, y) != edge {
				same++
			}
		}
		if same > bounds.Dy()*9/10 {
			return nil
		}
	}
	return errors.New("no pane is open")
}

// settled waits until the screen shows what check wants and stays the same for a
// moment.
func (d *desktop) settled(t *testing.T, name string, check func(*image.RGBA) error) {
	t.Helper()
	const moment = 300 * time.Millisecond // longer than Rentbell takes for a frame
	var before []byte
	var changed time.Time
	eventually(t, "the screen settles", func() error {
		img := d.capture(t)
		if err := check(img); err != nil {
			return err
		}
		if !bytes.Equal(img.Pix, before) {
			before, changed = img.Pix, time.Now()
		}
		if time.Since(changed) < moment {
			return errors.New("the screen changes")
		}
		keep(t, name, img)
		return nil
	})
}

// navigation is the colour of the bar at the left of the window, in the light
// theme. The window is up when that colour fills its place and text, whose
// edges are smoothed into many shades, is drawn.
var navigation = color.RGBA{R: 0xED, G: 0xEE, B: 0xE8, A: 0xFF}

const (
	leastNavigation = 0.08 // share of the screen
	fewestShades    = 50
)

// errBlank tells how a picture fails to show the window.
type errBlank struct {
	shades     int
	navigation float64
}

func (e errBlank) Error() string {
	return fmt.Sprintf("no window on the screen: %d colours, %.0f %% of it navigation", e.shades, 100*e.navigation)
}

// darkNavigation is that colour in the dark theme.
var darkNavigation = color.RGBA{R: 0x0E, G: 0x13, B: 0x15, A: 0xFF}

// showsWindow returns errBlank unless the window is drawn on the screen.
func showsWindow(screen *image.RGBA) error { return showsGround(screen, navigation) }

// showsGround is showsWindow for a theme, by the colour of its navigation.
func showsGround(screen *image.RGBA, navigation color.RGBA) error {
	bounds := screen.Bounds()
	pixels := pixelsOf(screen, bounds)
	share := float64(pixels[navigation]) / float64(bounds.Dx()*bounds.Dy())
	if len(pixels) < fewestShades || share < leastNavigation {
		return errBlank{shades: len(pixels), navigation: share}
	}
	return nil
}

// pixelsOf counts the colours in a part of the screen.
func pixelsOf(screen *image.RGBA, part image.Rectangle) map[color.RGBA]int {
	pixels := map[color.RGBA]int{}
	last := screen.RGBAAt(part.Min.X, part.Min.Y)
	run := 0 // of pixels in the same colour, which most are
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if c := screen.RGBAAt(x, y); c != last && run > 0 {
				pixels[last] += run
				last, run = c, 0
			}
			run++
		}
	}
	pixels[last] += run
	return pixels
}
