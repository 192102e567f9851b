package frame

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
)

// Tool is a control of a toolbar, with its width in a narrow and a wide page.
type Tool struct {
	Object       fyne.CanvasObject
	Narrow, Wide float32
	// spare reports whether it may be left out where not all fit; if not, it goes
	// on a second line there. nil: it always stands on the first.
	Spare func() bool
}

// wideToolbar is the width of page from which tools take their wide form.
const wideToolbar = 860

// NewToolbar puts tools at the left and, at its own width, one object at the
// right, which may be nil. Where both do not fit, it goes on a second line.
func NewToolbar(right fyne.CanvasObject, tools ...Tool) *fyne.Container {
	c := &fyne.Container{Layout: &toolbarLayout{tools: tools}}
	for _, t := range tools {
		c.Objects = append(c.Objects, t.Object)
	}
	if right != nil {
		c.Objects = append(c.Objects, right)
	}
	return c
}

type toolbarLayout struct {
	tools []Tool
	width float32 // of the last layout: whether all fit on one line follows from it
}

// toolGap is the room between tools.
const toolGap = 8

func (l *toolbarLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if l.broken(objects) {
		return fyne.NewSize(0, kit.Dp(2*kit.ControlHigh+toolGap))
	}
	return fyne.NewSize(0, kit.Dp(kit.ControlHigh))
}

// widthOf is a tool's own.
func (l *toolbarLayout) widthOf(t Tool) float32 {
	if l.width >= kit.Dp(wideToolbar) {
		return kit.Dp(t.Wide)
	}
	return kit.Dp(t.Narrow)
}

// broken reports whether there is a second line. What stands on it may have grown
// since the last layout.
func (l *toolbarLayout) broken(objects []fyne.CanvasObject) bool {
	if l.width == 0 || l.fits(objects, true) {
		return false
	}
	return !l.fits(objects, false) || slices.ContainsFunc(l.tools, func(t Tool) bool { return t.Spare != nil && !t.Spare() })
}

// fits reports whether the tools stand on one line with the object at the right:
// all of them, or only those that always do.
func (l *toolbarLayout) fits(objects []fyne.CanvasObject, all bool) bool {
	if len(objects) == len(l.tools) {
		return true
	}
	end := float32(0)
	for _, t := range l.tools {
		if all || t.Spare == nil {
			end += l.widthOf(t) + kit.Dp(toolGap)
		}
	}
	return Floor(l.width-objects[len(l.tools)].MinSize().Width) >= end
}

func (l *toolbarLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	gap, high := kit.Dp(toolGap), kit.Dp(kit.ControlHigh)
	all := l.fits(objects, true)
	var ends [2]float32 // of the two lines
	for _, t := range l.tools {
		shown, line := all || t.Spare == nil || !t.Spare(), 0
		SetVisible(t.Object, shown)
		if !shown {
			continue
		}
		if !all && t.Spare != nil {
			line = 1
		}
		width := l.widthOf(t)
		t.Object.Move(fyne.NewPos(ends[line], float32(line)*(high+gap)))
		t.Object.Resize(fyne.NewSize(width, high))
		ends[line] += width + gap
	}
	if len(objects) == len(l.tools) {
		return
	}
	right := objects[len(l.tools)]
	m := right.MinSize()
	at := fyne.NewPos(Floor(size.Width-m.Width), (high-m.Height)/2)
	if !all && !l.fits(objects, false) {
		at = fyne.NewPos(ends[1], at.Y+high+gap)
	}
	right.Move(at)
	right.Resize(m)
}

// Floor puts what stands at the right on a whole pixel; its text would else be
// drawn beyond the edge.
func Floor(x float32) float32 { return float32(math.Floor(float64(x))) }
