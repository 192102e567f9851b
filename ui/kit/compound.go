package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Compound is a widget made of other objects; embed it and call Init. Fyne
// walks into widgets and into *fyne.Container itself, not into types that embed
// a container, so whatever is more than a function's container is a Compound.
type Compound struct {
	widget.BaseWidget
	content *fyne.Container
}

// Init makes content the whole of self, the struct that embeds the Compound.
func (c *Compound) Init(self fyne.Widget, content *fyne.Container) {
	c.content = content
	c.ExtendBaseWidget(self)
}

// CreateRenderer implements fyne.Widget.
func (c *Compound) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(c.content)
}

// inside is what it is made of, for whoever looks for words in it.
func (c *Compound) inside() *fyne.Container { return c.content }

// Relayout places the parts anew after one of them has changed its size.
func (c *Compound) Relayout() { Relayout(c.content) }

// Relayout places everything in a container anew, deep, and draws nothing by
// itself: for when a part has changed its size and the container's own size
// stays.
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
