package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
)

// Check is a check box, with or without a visible label.
type Check struct {
	Press

	// OnChanged gets the new state after a press. It may be nil.
	OnChanged func(bool)

	on   bool
	box  *Box
	tick *Icon
	text *Text
}

// NewCheck returns an unchecked box with its label after it.
func NewCheck(label string, onChanged func(bool)) *Check {
	c := &Check{OnChanged: onChanged, text: NewText(label, Body)}
	c.make(label, Inset(0, 8, 0, 4, HStack(10, c.square(), c.text)))
	return c
}

// NewBareCheck returns a check box without a visible label, for rows whose
// column has a heading. A screen reader says label.
func NewBareCheck(label string, onChanged func(bool)) *Check {
	c := &Check{OnChanged: onChanged}
	c.make(label, Sized(ControlHigh, 0, container.NewCenter(c.square())))
	return c
}

func (c *Check) make(label string, body fyne.CanvasObject) {
	c.init(c, label, Sized(0, ControlHigh, body), func() {
		c.Set(!c.on)
		if c.OnChanged != nil {
			c.OnChanged(c.on)
		}
	})
	c.radius, c.onState = 6, c.paint
	c.Set(false)
}

func (c *Check) square() fyne.CanvasObject {
	c.box, c.tick = NewBox("", "", 4), NewIcon(assets.Check, ColorOnPrimary, 14)
	return Sized(18, 18, container.NewStack(c.box, container.NewCenter(c.tick)))
}

// On reports whether the box is checked.
func (c *Check) On() bool { return c.on }

// Set checks or unchecks the box without calling OnChanged.
func (c *Check) Set(on bool) {
	c.on = on
	c.paint()
	c.content.Refresh()
}

func (c *Check) paint() {
	fill, border, ink := ColorSurface, ColorInput, ColorText
	switch {
	case c.disabled && c.on:
		fill, border, ink = ColorDisabled, ColorDisabled, ColorDisabled
	case c.disabled:
		border, ink = ColorDisabled, ColorDisabled
	case c.on:
		fill, border = ColorPrimary, ColorPrimary
	}
	c.box.Paint(fill, border)
	c.tick.Hidden = !c.on
	if c.text != nil {
		c.text.SetStyled(c.text.text, Body.In(ink))
	}
}
