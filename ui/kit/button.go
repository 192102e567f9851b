package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Button is a verb to press, 36 high, with an optional icon before it.
type Button struct {
	Press

	ground  *Box
	icon    *Icon
	text    *Text
	drawing fyne.Resource
	primary bool
}

// NewButton makes a secondary button; icon may be nil.
func NewButton(text string, icon fyne.Resource, onTapped func()) *Button {
	b := &Button{
		ground:  NewBox(ColorButton, "", 6),
		icon:    NewIcon(icon, ColorText, 18),
		text:    NewText(text, Strong),
		drawing: icon,
	}
	left := float32(12)
	if icon == nil {
		b.icon.Hide()
		left = 14
	}
	label := container.NewCenter(HStack(8, b.icon, b.text))
	content := container.NewStack(b.ground, Sized(0, ControlHigh, Inset(0, 14, 0, left, label)))
	b.init(b, text, content, onTapped)
	b.radius, b.onState = 6, b.paint
	return b
}

// Primary makes it the page's main action, of which there is one.
func (b *Button) Primary() *Button {
	b.primary, b.inverse = true, true
	b.paint()
	return b
}

// SetText changes the verb.
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
}

// NewLink is a verb as plain text: the lighter way to offer an action.
func NewLink(text string, onTapped func()) *Press {
	content := Sized(0, 24, Inset(0, 2, 0, 2, container.NewCenter(NewText(text, LinkText))))
	return NewPress(text, content, 4, onTapped)
}

// NewIconButton is an icon to press, in a square of 28. label says what it does.
func NewIconButton(label string, icon fyne.Resource, side float32, onTapped func()) *Press {
	content := Sized(28, 28, NewIcon(icon, ColorText2, side))
	return NewPress(label, content, 6, onTapped)
}
