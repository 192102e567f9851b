package kit

import (
	"fyne.io/fyne/v2"
)

// MenuItem is a row of a menu.
type MenuItem struct {
	Text string
	Note string        // at the right; may be empty
	Icon fyne.Resource // at the right, in the place of a note; may be nil
	Hint string        // below the text; may be empty
	Do   func()        // called once the menu has closed
}

// menuWide is the least width of a menu.
const menuWide = 190

// OpenMenu shows items in a popup below at. Up and Down move among them, and
// Enter chooses.
func OpenMenu(at fyne.CanvasObject, items ...MenuItem) *Popup {
	var p *Popup
	list := VStack(0)
	rows := make([]*Press, len(items))
	for i, c := range items {
		rows[i] = newMenuRow(c, func() {
			p.Close()
			c.Do()
		})
		list.Add(rows[i])
	}
	p = OpenPopup(at, &fyne.Container{Layout: leastWide(menuWide), Objects: []fyne.CanvasObject{list}})
	p.OnKey = func(key *fyne.KeyEvent) { step(p.canvas, rows, key.Name) }
	p.canvas.Focus(rows[0])
	return p
}

func newMenuRow(c MenuItem, onTapped func()) *Press {
	words := VStack(-1, NewText(c.Text, Body))
	if c.Hint != "" {
		words.Add(NewText(c.Hint, Caption))
	}
	row := Spread(16, words)
	switch {
	case c.Icon != nil:
		row.Add(NewIcon(c.Icon, ColorText2, 16))
	case c.Note != "":
		row.Add(NewText(c.Note, Caption))
	}
	high := float32(ControlHigh)
	if c.Hint != "" {
		high = RowHigh
	}
	return NewPress(c.Text, Sized(0, high, Inset(0, 12, 0, 12, row)), 6, onTapped)
}

// step moves the focus among rows.
func step(c fyne.Canvas, rows []*Press, key fyne.KeyName) {
	by := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[key]
	if by == 0 {
		return
	}
	for i, r := range rows {
		if c.Focused() == fyne.Focusable(r) {
			c.Focus(rows[(i+by+len(rows))%len(rows)])
			return
		}
	}
	c.Focus(rows[0])
}

// leastWide gives its only object a least width.
type leastWide float32

func (l leastWide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(fyne.NewSize(Dp(float32(l)), 0))
}

func (l leastWide) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
