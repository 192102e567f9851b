package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Compound is a widget that is made of other objects. Embed it and call Init. A
// struct that embeds *fyne.Container instead does not work: Fyne's tree walks
// know only widgets and *fyne.Container itself, so they would not see what is
// inside.
type Compound struct {
	widget.BaseWidget
	content *fyne.Container
}

// Init registers self, the struct that embeds c, with Fyne and sets what it
// shows.
func (c *Compound) Init(self fyne.Widget, content *fyne.Container) {
	c.content = content
	c.ExtendBaseWidget(self)
}

// CreateRenderer implements fyne.Widget.
func (c *Compound) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(c.content)
}

// inside returns the content. Screen readers' labels are collected from it.
func (c *Compound) inside() *fyne.Container { return c.content }

// Relayout places the parts again. Call it after one of them has changed its
// size.
func (c *Compound) Relayout() { Relayout(c.content) }

// Relayout places everything in a container again, however deep. Call it when a
// part has changed its size but the container has not, because Fyne then lays
// nothing out. It does not redraw.
func Relayout(c *fyne.Container) {
	if c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
	for _, o := range c.Objects {
		if inner, ok := o.(*fyne.Container); ok {
			Relayout(inner)
		}
	}
}
