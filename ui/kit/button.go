package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
)

// Button is a button with a verb as its text and an optional icon before it. It
// is ControlHigh high.
type Button struct {
	Press

	ground  *Box
	icon    *Icon
	text    *Text
	arrow   *Icon // behind the text, for a button that opens a menu
	drawing fyne.Resource
	primary bool
}

// NewButton returns a secondary button. icon may be nil.
func NewButton(text string, icon fyne.Resource, onTapped func()) *Button {
	b := &Button{
		ground:  NewBox(ColorButton, "", 6),
		icon:    NewIcon(icon, ColorText, 18),
		text:    NewText(text, Strong),
		arrow:   NewIcon(assets.ChevronDown, ColorText, 16),
		drawing: icon,
	}
	left := float32(12)
	if icon == nil {
		b.icon.Hide()
		left = 14
	}
	b.arrow.Hide()
	label := container.NewCenter(HStack(8, b.icon, b.text, b.arrow))
	content := container.NewStack(b.ground, Sized(0, ControlHigh, Inset(0, 14, 0, left, label)))
	b.init(b, text, content, onTapped)
	b.radius, b.onState = 6, b.paint
	return b
}

// Primary draws b as the main action and returns it. A page or dialog has at
// most one primary button; Enter presses it (see DefaultButton).
func (b *Button) Primary() *Button {
	b.primary, b.inverse = true, true
	b.paint()
	return b
}

// SetOpens says whether b opens a menu, which an arrow behind the text shows.
func (b *Button) SetOpens(opens bool) {
	b.arrow.Hidden = !opens
	b.content.Refresh()
}

// SetText changes the text, and with it what a screen reader says.
func (b *Button) SetText(text string) {
	b.label = text
	b.text.Set(text)
	b.content.Refresh()
}

func (b *Button) paint() {
	fill, ink := ColorButton, ColorText
	switch {
	case b.disabled:
		ink = ColorDisabled
	case b.primary:
		fill, ink = ColorPrimary, ColorOnPrimary
	}
	b.ground.Paint(fill, "")
	b.text.SetStyled(b.text.text, Strong.In(ink))
	b.icon.Set(b.drawing, ink)
	b.arrow.Set(assets.ChevronDown, ink)
}

// NewLink returns a button that looks like a link, for less important actions.
func NewLink(text string, onTapped func()) *Press {
	content := Sized(0, 24, Inset(0, 2, 0, 2, container.NewCenter(NewText(text, LinkText))))
	return NewPress(text, content, 4, onTapped)
}

// Quiet is a button without a ground, for what is less important than the button
// beside it.
type Quiet struct {
	Press
	text *Text
}

// NewQuiet returns a button without a text.
func NewQuiet(onTapped func()) *Quiet {
	q := &Quiet{text: NewText("", Strong)}
	q.init(q, "", Sized(0, ControlHigh, Inset(0, 4, 0, 4, HStack(0, q.text))), onTapped)
	q.radius = 6
	return q
}

// Set changes the text, what a screen reader says, and the colour.
func (q *Quiet) Set(text string, ink fyne.ThemeColorName) {
	q.label = text
	q.text.SetStyled(text, Strong.In(ink))
	q.content.Refresh()
}

// Text returns the text.
func (q *Quiet) Text() string { return q.text.text }

// NewIconButton returns a square button of 28 that shows only an icon with the
// given side. A screen reader says label.
func NewIconButton(label string, icon fyne.Resource, side float32, onTapped func()) *Press {
	content := Sized(28, 28, NewIcon(icon, ColorText2, side))
	return NewPress(label, content, 6, onTapped)
}
