package kit

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// fading is how long a new row takes to lose its tint.
const fading = 2 * time.Second

// arrivals holds the rows of a list that have just come in. The list tints them
// until the fade ends. Where animations are off, the tint stays until the next
// arrival or until the user presses a row.
type arrivals struct {
	of        *List
	keys      map[uint64]bool
	faded     float32 // how much of the tint has faded, 0 to 1
	animation *fyne.Animation
}

// Arrived tints the rows with these keys and clears the tint of earlier ones.
// Without keys it does nothing. Call it before Refresh.
func (l *List) Arrived(keys ...uint64) {
	if len(keys) == 0 {
		return
	}
	a := &l.arrivals
	a.settle()
	a.keys, a.faded = make(map[uint64]bool, len(keys)), 0
	for _, key := range keys {
		a.keys[key] = true
	}
	if theme.Size(SizeStill) == 1 {
		return
	}
	a.animation = &fyne.Animation{Duration: fading, Curve: fyne.AnimationEaseIn, Tick: a.tick}
	a.animation.Start()
}

// Fresh reports whether a row still has the tint of a new one.
func (l *List) Fresh(row int) bool { return l.arrivals.has(l.Rows.Key(row)) }

func (a *arrivals) has(key uint64) bool { return a.keys[key] }

// fadeSteps limits how often a fade redraws the window.
const fadeSteps = 16

func (a *arrivals) tick(faded float32) {
	if faded >= 1 {
		a.settle()
		return
	}
	step := float32(int(faded*fadeSteps)) / fadeSteps
	if step == a.faded {
		return
	}
	a.faded = step
	for _, r := range a.of.visible {
		if r.look.fresh {
			r.Refresh()
		}
	}
}

// settle ends the fade: no row has a tint any more.
func (a *arrivals) settle() {
	if a.animation != nil {
		a.animation.Stop()
		a.animation = nil
	}
	if len(a.keys) == 0 {
		return
	}
	a.keys = nil
	for row, r := range a.of.visible {
		if r.look.fresh && row < a.of.length() {
			a.of.fill(row, r)
		}
	}
}

// color returns the background of a new row. It grows more transparent as the
// fade goes on.
func (a *arrivals) color() color.Color {
	c := color.NRGBAModel.Convert(theme.Color(ColorNew)).(color.NRGBA) // NRGBAModel always returns an NRGBA
	c.A = uint8(float32(c.A) * (1 - a.faded))
	return c
}
