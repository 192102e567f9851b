package kit

import (
	"fyne.io/fyne/v2"
)

// Switch is an on/off switch without a visible label.
type Switch struct {
	Press

	// OnChanged gets the new state after a press. It may be nil.
	OnChanged func(bool)

	on    bool
	track *Box
	knob  *Box
}

// NewSwitch returns a switch. A screen reader says label.
func NewSwitch(label string, on bool, onChanged func(bool)) *Switch {
	s := &Switch{OnChanged: onChanged, track: NewBox("", "", 10), knob: NewBox(ColorSurface, "", 8)}
	body := &fyne.Container{Layout: switchLayout{s}, Objects: []fyne.CanvasObject{s.track, s.knob}}
	s.init(s, label, body, s.toggle)
	s.radius, s.onState = 18, s.paint
	s.Set(on)
	return s
}

// On reports whether the switch is on.
func (s *Switch) On() bool { return s.on }

// Set turns the switch on or off without calling OnChanged.
func (s *Switch) Set(on bool) {
	s.on = on
	s.paint()
	s.content.Refresh()
}

func (s *Switch) toggle() {
	s.Set(!s.on)
	if s.OnChanged != nil {
		s.OnChanged(s.on)
	}
}

func (s *Switch) paint() {
	switch {
	case s.disabled:
		s.track.Paint(ColorDisabled, "")
	case s.on:
		s.track.Paint(ColorPrimary, "")
	default:
		s.track.Paint(ColorInput, "")
	}
}

// switchLayout draws a track of 36 by 20. The area that takes presses is 44 by
// 36.
type switchLayout struct{ of *Switch }

func (switchLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(Dp(44), Dp(ControlHigh))
}

func (l switchLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	track, knob := objects[0], objects[1]
	at := fyne.NewPos((size.Width-Dp(36))/2, (size.Height-Dp(20))/2)
	track.Move(at)
	track.Resize(fyne.NewSize(Dp(36), Dp(20)))
	x := Dp(2)
	if l.of.on {
		x = Dp(18)
	}
	knob.Move(at.AddXY(x, Dp(2)))
	knob.Resize(fyne.NewSquareSize(Dp(16)))
}

// Progress is a progress bar, 8 high.
type Progress struct {
	Compound
	done  *Box
	value float32
}

// NewProgress returns a bar in the colour fill. value is from 0 to 1.
func NewProgress(fill fyne.ThemeColorName, value float32) *Progress {
	p := &Progress{done: NewBox(fill, "", 4), value: value}
	p.Init(p, &fyne.Container{Layout: progressLayout{p}, Objects: []fyne.CanvasObject{NewBox(ColorChip, "", 4), p.done}})
	return p
}

// Set fills the bar up to value, which is limited to 0 to 1.
func (p *Progress) Set(value float32) {
	p.value = min(max(value, 0), 1)
	p.content.Refresh()
}

type progressLayout struct{ of *Progress }

func (progressLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, Dp(8)) }

func (l progressLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	width := size.Width * l.of.value
	if width > 0 {
		width = max(width, size.Height) // a bar with round ends is at least as wide as high
	}
	objects[1].Resize(fyne.NewSize(width, size.Height))
}
