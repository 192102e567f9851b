package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Box is a filled rectangle in theme colours: the background of cards, chips,
// tiles and panels. Its border lies inside and is one pixel wide unless Stroke
// says otherwise. The border is drawn as a larger rectangle behind the fill,
// because Fyne's strokes are blurred at fractional scales.
type Box struct {
	widget.BaseWidget

	Fill   fyne.ThemeColorName // empty: transparent, and no border is drawn either
	Border fyne.ThemeColorName // empty: no border
	Radius float32
	Stroke float32 // width of the border; 0: one pixel
	top    bool    // round only the upper corners
}

// NewBox returns a box. Border may be empty; radius is in Dp units.
func NewBox(fill, border fyne.ThemeColorName, radius float32) *Box {
	b := &Box{Fill: fill, Border: border, Radius: radius}
	b.ExtendBaseWidget(b)
	return b
}

// NewTopBox returns a box without border for the top of a card: its lower
// corners are square.
func NewTopBox(fill fyne.ThemeColorName, radius float32) *Box {
	b := NewBox(fill, "", radius)
	b.top = true
	return b
}

// Paint changes fill and border. It redraws only if one of them differs.
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

// named returns a colour of the theme. The empty name means transparent.
func named(name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return theme.Color(name)
}

// NewRule returns a horizontal line, one pixel high at every text size.
func NewRule() fyne.CanvasObject { return Sized(0, 1, NewBox(ColorBorder, "", 0)) }
