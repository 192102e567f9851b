package kit

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// fading is how long a new row takes to look like the others.
const fading = 2 * time.Second

// arrivals are the rows of a list that have just come in. They stand out until
// the fade is over; without motion, until the next arrival or a press.
type arrivals struct {
	of    *List
	keys  map[uint64]bool
	gone  float32 // of the fade, 0 to 1
	clock *fyne.Animation
}

// Arrived marks rows as just come in, in place of those that were; no keys
// change nothing. Call it before Refresh.
func (l *List) Arrived(keys ...uint64) {
	if len(keys) == 0 {
		return
	}
	a := &l.arrivals
	a.settle()
	a.keys, a.gone = make(map[uint64]bool, len(keys)), 0
	for _, key := range keys {
		a.keys[key] = true
	}
	if theme.Size(SizeStill) == 1 || !fyne.CurrentApp().Settings().ShowAnimations() {
		return
	}
	a.clock = &fyne.Animation{Duration: fading, Curve: fyne.AnimationEaseIn, Tick: a.tick}
	a.clock.Start()
}

// Fresh reports whether a row has just come in.
func (l *List) Fresh(row int) bool { return l.arrivals.has(l.Rows.Key(row)) }

func (a *arrivals) has(key uint64) bool { return a.keys[key] }

// fadeSteps is in how many steps a row fades: each one draws the window again.
const fadeSteps = 16

func (a *arrivals) tick(gone float32) {
	if gone >= 1 {
		a.settle()
		return
	}
	step := float32(int(gone*fadeSteps)) / fadeSteps
	if step == a.gone {
		return
	}
	a.gone = step
	for _, r := range a.of.visible {
		if r.look.fresh {
			r.Refresh()
		}
	}
}

// settle makes all rows ordinary again.
func (a *arrivals) settle() {
	if a.clock != nil {
		a.clock.Stop()
		a.clock = nil
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

// color is the ground of a new row: its tint, fading to see-through.
func (a *arrivals) color() color.Color {
	c := color.NRGBAModel.Convert(theme.Color(ColorNew)).(color.NRGBA) // the model's own type
	c.A = uint8(float32(c.A) * (1 - a.gone))
	return c
}
