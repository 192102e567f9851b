package frame

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
)

// Tool is a control of a toolbar, with its widths for narrow and wide pages in
// the units of kit.Dp.
type Tool struct {
	Object       fyne.CanvasObject
	Narrow, Wide float32
	// Spare is asked if not all tools fit one line. If it returns true the tool
	// is hidden, otherwise it moves to a second line. A tool without Spare
	// always stays on the first line.
	Spare func() bool
}

// wideToolbar is the page width from which tools have their Wide width.
const wideToolbar = 860

// NewToolbar places tools from the left and one object at the right end. right
// may be nil; if it does not fit the line, it moves to a second one.
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
	width float32 // width of the last layout; MinSize needs it to know the number of lines
}

// toolGap is the space between tools.
const toolGap = 8

func (l *toolbarLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if l.broken(objects) {
		return fyne.NewSize(0, kit.Dp(2*kit.ControlHigh+toolGap))
	}
	return fyne.NewSize(0, kit.Dp(kit.ControlHigh))
}

// widthOf returns a tool's width on the present page.
func (l *toolbarLayout) widthOf(t Tool) float32 {
	if l.width >= kit.Dp(wideToolbar) {
		return kit.Dp(t.Wide)
	}
	return kit.Dp(t.Narrow)
}

// broken reports whether there is a second line. It measures again, because
// objects may have grown since the last layout.
func (l *toolbarLayout) broken(objects []fyne.CanvasObject) bool {
	if l.width == 0 || l.fits(objects, true) {
		return false
	}
	return !l.fits(objects, false) || slices.ContainsFunc(l.tools, func(t Tool) bool { return t.Spare != nil && !t.Spare() })
}

// fits reports whether the tools and the right object fit one line. With all
// false it counts only tools that never move.
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
	var ends [2]float32 // of the first and second line
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
		kit.Place(t.Object, ends[line], float32(line)*(high+gap), width, high)
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

// Floor rounds down to a whole pixel. Text that is aligned to the right would
// otherwise be drawn beyond its edge.
func Floor(x float32) float32 { return float32(math.Floor(float64(x))) }
