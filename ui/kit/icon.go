package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Icon is a drawing of package assets in a theme colour.
type Icon struct {
	widget.BaseWidget

	resource fyne.Resource
	color    fyne.ThemeColorName
	side     float32
}

// NewIcon returns a square icon. It is crisp with a side of 16, 20 or 24. With
// an empty colour the drawing keeps its own colours; resource may be nil.
func NewIcon(resource fyne.Resource, color fyne.ThemeColorName, side float32) *Icon {
	i := &Icon{resource: resource, color: color, side: side}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes drawing and colour. It redraws only if one of them differs.
func (i *Icon) Set(resource fyne.Resource, color fyne.ThemeColorName) {
	if i.resource == resource && i.color == color {
		return
	}
	i.resource, i.color = resource, color
	i.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	r := &iconRenderer{icon: i, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	r.image.Resource, r.drawn = i.drawing(), i.looks()
	return r
}

// iconLook is everything but the size that decides about an icon's pixels.
type iconLook struct {
	resource fyne.Resource
	color    color.Color
}

func (i *Icon) looks() iconLook { return iconLook{i.resource, named(i.color)} }

// drawing returns nil for an icon without a drawing. A typed nil would make
// Fyne try to draw it.
func (i *Icon) drawing() fyne.Resource {
	if i.resource == nil || i.color == "" {
		return i.resource
	}
	return theme.NewColoredResource(i.resource, i.color)
}

type iconRenderer struct {
	icon  *Icon
	image *canvas.Image
	drawn iconLook
}

func (r *iconRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(Dp(r.icon.side)) }

func (r *iconRenderer) Layout(size fyne.Size) {
	side := Dp(r.icon.side)
	r.image.Move(fyne.NewPos((size.Width-side)/2, (size.Height-side)/2))
	r.image.Resize(fyne.NewSquareSize(side))
}

func (r *iconRenderer) Refresh() {
	r.Layout(r.icon.Size())
	if now := r.icon.looks(); r.drawn != now { // a drawing is slow to parse
		r.drawn, r.image.Resource = now, r.icon.drawing()
		r.image.Refresh()
	}
}

func (r *iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.image} }
func (r *iconRenderer) Destroy()                     {}

// NewDot returns a dot with the given diameter.
func NewDot(color fyne.ThemeColorName, side float32) *Dot {
	d := &Dot{box: NewBox(color, "", side/2)}
	d.Init(d, Sized(side, side, d.box))
	return d
}

// Dot is a filled circle.
type Dot struct {
	Compound
	box *Box
}

// Set changes the colour.
func (d *Dot) Set(color fyne.ThemeColorName) { d.box.Paint(color, "") }
