package ui

import (
	"math"

	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
)

// tool is a control of a toolbar, with its width in a narrow and a wide page.
type tool struct {
	object       fyne.CanvasObject
	narrow, wide float32
}

// wideToolbar is the width of page from which tools take their wide form.
const wideToolbar = 860

// newToolbar puts tools at the left and, at its own width, one object at the
// right, which may be nil. Where both do not fit, it goes on a second line.
func newToolbar(right fyne.CanvasObject, tools ...tool) *fyne.Container {
	c := &fyne.Container{Layout: &toolbarLayout{tools: tools}}
	for _, t := range tools {
		c.Objects = append(c.Objects, t.object)
	}
	if right != nil {
		c.Objects = append(c.Objects, right)
	}
	return c
}

type toolbarLayout struct {
	tools  []tool
	broken bool // in two lines, as of the last layout
}

// toolGap is the room between tools.
const toolGap = 8

func (l *toolbarLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	if l.broken {
		return fyne.NewSize(0, kit.Dp(2*kit.ControlHigh+toolGap))
	}
	return fyne.NewSize(0, kit.Dp(kit.ControlHigh))
}

func (l *toolbarLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	dp, x, high := kit.Dp, float32(0), kit.Dp(kit.ControlHigh)
	for _, t := range l.tools {
		width := dp(t.narrow)
		if size.Width >= dp(wideToolbar) {
			width = dp(t.wide)
		}
		t.object.Move(fyne.NewPos(x, 0))
		t.object.Resize(fyne.NewSize(width, high))
		x += width + dp(toolGap)
	}
	if len(objects) == len(l.tools) {
		return
	}
	right := objects[len(l.tools)]
	m := right.MinSize()
	at := fyne.NewPos(floor(size.Width-m.Width), (high-m.Height)/2)
	if l.broken = at.X < x; l.broken {
		at = fyne.NewPos(0, at.Y+high+dp(toolGap))
	}
	right.Move(at)
	right.Resize(m)
}

// floor puts what stands at the right on a whole pixel; its text would else be
// drawn beyond the edge.
func floor(x float32) float32 { return float32(math.Floor(float64(x))) }
