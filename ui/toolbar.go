package ui

import (
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
// right, which may be nil.
func newToolbar(right fyne.CanvasObject, tools ...tool) *fyne.Container {
	c := &fyne.Container{Layout: toolbarLayout(tools)}
	for _, t := range tools {
		c.Objects = append(c.Objects, t.object)
	}
	if right != nil {
		c.Objects = append(c.Objects, right)
	}
	return c
}

type toolbarLayout []tool

func (l toolbarLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, kit.Dp(kit.ControlHigh))
}

func (l toolbarLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	dp, x := kit.Dp, float32(0)
	for _, t := range l {
		width := dp(t.narrow)
		if size.Width >= dp(wideToolbar) {
			width = dp(t.wide)
		}
		t.object.Move(fyne.NewPos(x, 0))
		t.object.Resize(fyne.NewSize(width, size.Height))
		x += width + dp(8)
	}
	if len(objects) > len(l) {
		right := objects[len(l)]
		m := right.MinSize()
		right.Move(fyne.NewPos(max(x, size.Width-m.Width), (size.Height-m.Height)/2))
		right.Resize(fyne.NewSize(min(m.Width, max(0, size.Width-x)), m.Height))
	}
}
