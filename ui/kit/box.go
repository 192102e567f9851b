package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Box is a filled rectangle in theme colours: the ground of cards, chips,
// tiles and panels. Its border, one pixel unless Stroke says more, lies inside
// and is drawn as a larger rectangle behind, which is crisp at every scale.
type Box struct {
	widget.BaseWidget

	Fill   fyne.ThemeColorName // empty: see-through, and then no border either
	Border fyne.ThemeColorName // empty: none
	Radius float32
	Stroke float32 // width of the border; 0: one pixel
	top    bool    // only the upper corners are round
}

// NewBox makes a box. Border may be empty.
func NewBox(fill, border fyne.ThemeColorName, radius float32) *Box {
	b := &Box{Fill: fill, Border: border, Radius: radius}
	b.ExtendBaseWidget(b)
	return b
}

// NewTopBox makes a box that ends a card at its top: its lower corners are square.
func NewTopBox(fill fyne.ThemeColorName, radius float32) *Box {
	b := NewBox(fill, "", radius)
	b.top = true
	return b
}

// Paint changes fill and border.
func (b *Box) Paint(fill, border fyne.ThemeColorName) {
	if b.Fill == fill && b.Border == border {
		return
	}
	b.Fill, b.Border = fill, border
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	r := &boxRenderer{box: b, outer: &canvas.Rectangle{}, inner: &canvas.Rectangle{}}
	r.paint()
	return r
}

type boxRenderer struct {
	box          *Box
	outer, inner *canvas.Rectangle
}

func (r *boxRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *boxRenderer) stroke() float32 {
	switch {
	case r.box.Border == "":
		return 0
	case r.box.Stroke > 0:
		return r.box.Stroke
	}
	return 1
}

func (r *boxRenderer) Layout(size fyne.Size) {
	s := r.stroke()
	r.outer.Resize(size)
	r.inner.Move(fyne.NewPos(s, s))
	r.inner.Resize(size.SubtractWidthHeight(2*s, 2*s).Max(fyne.Size{}))
}

func (r *boxRenderer) paint() {
	r.outer.FillColor, r.inner.FillColor = named(r.box.Border), named(r.box.Fill)
	radius := Dp(r.box.Radius)
	r.outer.CornerRadius = radius
	r.inner.CornerRadius = max(0, radius-r.stroke())
	if r.box.top {
		r.inner.CornerRadius, r.inner.TopLeftCornerRadius, r.inner.TopRightCornerRadius = 0, radius, radius
	}
	r.outer.Hidden = r.box.Border == ""
}

func (r *boxRenderer) Refresh() {
	r.paint()
	r.Layout(r.box.Size())
	r.outer.Refresh()
	r.inner.Refresh()
}

func (r *boxRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.outer, r.inner} }
func (r *boxRenderer) Destroy()                     {}

// named is a colour of the theme; the empty name is see-through.
func named(name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return theme.Color(name)
}

// NewRule is a line of one pixel across.
func NewRule() fyne.CanvasObject { return Sized(0, 1, NewBox(ColorBorder, "", 0)) }
