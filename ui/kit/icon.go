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

// NewIcon makes an icon of the given side; 16, 20 and 24 are crisp. An empty
// colour leaves the drawing its own.
func NewIcon(resource fyne.Resource, color fyne.ThemeColorName, side float32) *Icon {
	i := &Icon{resource: resource, color: color, side: side}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes drawing and colour; the same ones again cost nothing.
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

// iconLook is all that an icon's pixels follow from, but for their size.
type iconLook struct {
	resource fyne.Resource
	color    color.Color
}

func (i *Icon) looks() iconLook { return iconLook{i.resource, named(i.color)} }

// drawing is nil for no icon: a typed nil would be drawn.
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
	if now := r.icon.looks(); r.drawn != now { // a drawing is costly to read
		r.drawn, r.image.Resource = now, r.icon.drawing()
		r.image.Refresh()
	}
}

func (r *iconRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.image} }
func (r *iconRenderer) Destroy()                     {}

// NewDot is a filled circle.
func NewDot(color fyne.ThemeColorName, side float32) *Dot {
	d := &Dot{box: NewBox(color, "", side/2)}
	d.Init(d, Sized(side, side, d.box))
	return d
}

// Dot is a filled circle that can change its colour.
type Dot struct {
	Compound
	box *Box
}

// Set changes the colour.
func (d *Dot) Set(color fyne.ThemeColorName) { d.box.Paint(color, "") }
