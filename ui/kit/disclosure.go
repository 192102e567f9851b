package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"rentbell/assets"
)

// Disclosure is a section of a pane that the user opens and closes by its
// title. It may have an action at the right of the title.
type Disclosure struct {
	Compound

	arrow *Icon
	body  fyne.CanvasObject
	// OnToggled is called after every press, so that the pane around the
	// section can lay itself out again. It may be nil.
	OnToggled func(open bool)
}

// NewDisclosure returns a closed section. It calls body when the user first
// opens it, because raw data takes long to draw. action may be nil.
func NewDisclosure(title string, action fyne.CanvasObject, body func() fyne.CanvasObject) *Disclosure {
	d := &Disclosure{arrow: NewIcon(assets.ChevronRight, ColorText2, 16)}
	head := NewPress(title, Sized(0, ControlHigh, Lead(4, d.arrow, NewText(title, Body).Tight())), 4, nil)
	line := VStack(0, NewRule(), Sized(0, 44, Spread(8, head)), NewRule())
	if action != nil {
		line.Objects[1] = Sized(0, 44, Spread(8, head, action))
	}
	d.Init(d, VStack(12, line))
	head.OnTapped = func() { d.toggle(body) }
	return d
}

// Open reports whether the body is visible.
func (d *Disclosure) Open() bool { return d.body != nil && d.body.Visible() }

func (d *Disclosure) toggle(body func() fyne.CanvasObject) {
	switch {
	case d.body == nil:
		d.body = body()
		d.content.Add(d.body)
	case d.body.Visible():
		d.body.Hide()
	default:
		d.body.Show()
	}
	drawing := assets.ChevronRight
	if d.Open() {
		drawing = assets.ChevronDown
	}
	d.arrow.Set(drawing, ColorText2)
	if d.OnToggled != nil {
		d.OnToggled(d.Open())
	}
}

// NewRaw shows text as it was received, in a fixed-width font.
func NewRaw(text string) *fyne.Container {
	code := Style{Size: theme.SizeNameCaptionText, Mono: true}
	return container.NewStack(NewBox(ColorSunken, ColorBorder, 6), Inset(8, 10, 8, 10, NewProse(text, code)))
}
