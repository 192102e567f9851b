//go:build linux

package main_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// capture takes a picture of the whole screen.
func (d *desktop) capture(t *testing.T) (image.Image, []byte) {
	t.Helper()
	var picture, log bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "import", "-display", d.display, "-window", "root", "png24:-")
	cmd.Stdout, cmd.Stderr = &picture, &log
	if err := cmd.Run(); err != nil {
		t.Fatalf("capture the screen: %v\n%s", err, &log)
	}
	img, err := png.Decode(bytes.NewReader(picture.Bytes()))
	if err != nil {
		t.Fatalf("decode the screen's picture: %v", err)
	}
	return img, picture.Bytes()
}

// keep saves a picture among the artefacts of this run.
func keep(t *testing.T, name string, picture []byte) {
	t.Helper()
	dir := os.Getenv("RENTBELL_ARTIFACTS")
	if dir == "" {
		dir = filepath.Join("..", "..", "build", "e2e")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A window has text, whose edges are smoothed into many shades, and no colour
// that fills it whole. The empty screen has one colour.
const (
	fewestShades   = 50
	largestSurface = 0.9
)

// errBlank tells how a picture fails to show a window.
type errBlank struct {
	shades  int
	surface float64 // share of the commonest colour
}

func (e errBlank) Error() string {
	return fmt.Sprintf("blank screen: %d colours, %.0f %% of it one", e.shades, 100*e.surface)
}

// showsWindow returns errBlank unless something is drawn on the screen.
func showsWindow(img image.Image) error {
	counts := map[color.Color]int{}
	most := 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			at := color.RGBAModel.Convert(img.At(x, y))
			counts[at]++
			most = max(most, counts[at])
		}
	}
	surface := float64(most) / float64(img.Bounds().Dx()*img.Bounds().Dy())
	if len(counts) < fewestShades || surface > largestSurface {
		return errBlank{shades: len(counts), surface: surface}
	}
	return nil
}
