package kit

import (
	"math"

	"fyne.io/fyne/v2"
)

// Place moves an object to x and y within its parent and gives it a size.
func Place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// VStack places objects below each other, gap apart and as wide as the stack.
// Hidden objects take no room.
func VStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &vstack{gap: gap}, Objects: objects}
}

type vstack struct {
	gap   float32
	width float32 // width of the last layout; wrapped text needs it to know its height
}

func (v *vstack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	seen := false
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if v.width > 0 && o.Size().Width != v.width {
			o.Resize(fyne.NewSize(v.width, o.Size().Height))
		}
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height
		if seen {
			size.Height += Dp(v.gap)
		}
		seen = true
	}
	return size
}

func (v *vstack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	v.width = size.Width
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, o.Size().Height)) // wrapped text needs the width before MinSize
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, height))
		y += height + Dp(v.gap)
	}
}

// HStack places objects beside each other, gap apart, vertically centred and
// with their own widths. If there is not enough room, the widest shrink first.
// Hidden objects take no room.
func HStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: hstack{gap: gap, grow: -1}, Objects: objects}
}

// Spread is an HStack in which left takes all the room that right leaves, so
// right ends at the right edge. If there is not enough room, left shrinks
// first.
func Spread(gap float32, left fyne.CanvasObject, right ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: hstack{gap: gap, grow: 0}, Objects: append([]fyne.CanvasObject{left}, right...)}
}

// Lead is an HStack whose last object takes the remaining room.
func Lead(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: hstack{gap: gap, grow: len(objects) - 1}, Objects: objects}
}

type hstack struct {
	gap  float32
	grow int // index of the object that takes the remaining room, or -1
}

func (h hstack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	seen := false
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Height = max(size.Height, m.Height)
		size.Width += m.Width
		if seen {
			size.Width += Dp(h.gap)
		}
		seen = true
	}
	return size
}

func (h hstack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	spare := size.Width - h.MinSize(objects).Width
	sizes := make([]fyne.Size, 0, 8) // up to eight stay on the stack
	for i, o := range objects {
		var own fyne.Size
		if o.Visible() {
			own = o.MinSize()
		}
		if i == h.grow {
			grown := max(0, own.Width+spare)
			spare, own.Width = spare-(grown-own.Width), grown
		}
		sizes = append(sizes, own)
	}
	narrow(sizes, -spare)
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Move(fyne.NewPos(float32(math.Floor(float64(x))), (size.Height-sizes[i].Height)/2))
		o.Resize(sizes[i])
		x += sizes[i].Width + Dp(h.gap)
	}
}

// leastCut is the width at which shrinking stops. What is narrower is an icon,
// or a text of which nothing would be left.
const leastCut = 40

// narrow shrinks the widest sizes until missing is saved, so that a long text
// is cut before a short one.
func narrow(sizes []fyne.Size, missing float32) {
	for missing > widthSlack {
		widest, next, n := float32(0), float32(0), float32(0)
		for _, s := range sizes {
			switch {
			case s.Width > widest:
				widest, next, n = s.Width, widest, 1
			case s.Width == widest:
				n++
			default:
				next = max(next, s.Width)
			}
		}
		if widest <= Dp(leastCut) {
			return
		}
		to := max(next, widest-missing/n, Dp(leastCut))
		for i := range sizes {
			if sizes[i].Width == widest {
				sizes[i].Width = to
			}
		}
		missing -= (widest - to) * n
	}
}

// Inset adds padding around an object. The sides are in the order of CSS.
func Inset(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: inset{top, right, bottom, left}, Objects: []fyne.CanvasObject{o}}
}

type inset struct{ top, right, bottom, left float32 }

func (p inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(Dp(p.left)+Dp(p.right), Dp(p.top)+Dp(p.bottom))
}

func (p inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(Dp(p.left), Dp(p.top)))
	objects[0].Resize(size.SubtractWidthHeight(Dp(p.left)+Dp(p.right), Dp(p.top)+Dp(p.bottom)))
}

// Sized gives an object a minimum width and height. 0 keeps the object's own.
func Sized(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: sized{width, height}, Objects: []fyne.CanvasObject{o}}
}

type sized struct{ width, height float32 }

func (s sized) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	if s.width > 0 {
		size.Width = Dp(s.width)
	}
	if s.height > 0 {
		size.Height = Dp(s.height)
		if s.height <= 1 {
			size.Height = s.height // a rule is one pixel high at every text size
		}
	}
	return size
}

func (s sized) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}

// AtMost limits the width of an object, which stays at the left.
func AtMost(width float32, o fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: atMost(width), Objects: []fyne.CanvasObject{o}}
}

type atMost float32

func (a atMost) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (a atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(min(size.Width, Dp(float32(a))), size.Height))
}

// Equal places objects beside each other, gap apart, all of the same width and
// as high as the container.
func Equal(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: equal{gap}, Objects: objects}
}

type equal struct{ gap float32 }

func (e equal) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	n := float32(len(objects))
	return fyne.NewSize(size.Width*n+Dp(e.gap)*max(0, n-1), size.Height)
}

func (e equal) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n := float32(len(objects))
	width := (size.Width - Dp(e.gap)*(n-1)) / n
	for i, o := range objects {
		Place(o, float32(i)*(width+Dp(e.gap)), 0, width, size.Height)
	}
}

// Above places head over body. head has its own height, body takes the rest. A
// hidden head takes no room.
func Above(gap float32, head, body fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: above{gap}, Objects: []fyne.CanvasObject{head, body}}
}

type above struct{ gap float32 }

func (a above) MinSize(objects []fyne.CanvasObject) fyne.Size {
	body := objects[1].MinSize()
	if !objects[0].Visible() {
		return body
	}
	head := objects[0].MinSize()
	return fyne.NewSize(max(head.Width, body.Width), head.Height+Dp(a.gap)+body.Height)
}

func (a above) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, body := objects[0], objects[1]
	y := float32(0)
	if head.Visible() {
		head.Move(fyne.Position{})
		head.Resize(fyne.NewSize(size.Width, head.Size().Height)) // wrapped text needs the width before MinSize
		height := head.MinSize().Height
		head.Resize(fyne.NewSize(size.Width, height))
		y = height + Dp(a.gap)
	}
	Place(body, 0, y, size.Width, max(0, size.Height-y))
}
