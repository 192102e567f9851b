package attention

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// footer says below the list how many items were handled. It stands there where the list
// leaves room for it.
type footer struct {
	object *fyne.Container
	text   *kit.Text
	any    bool
}

func newFooter() *footer {
	f := &footer{text: kit.NewText("", kit.Muted)}
	f.object = kit.Inset(0, 0, 0, 6, kit.HStack(8, kit.NewIcon(assets.Verified, kit.ColorOk, 18), f.text))
	return f
}

func (f *footer) show(handled int) {
	f.any = handled > 0
	f.text.Set(words.Say("Handled this week: %s. They stay in Everything.", explain.Number(handled)))
}

// viewLayout gives rows as much room as they need, and puts the footer below them.
type viewLayout struct{ of *View }

// footerHigh is the height of the footer, at 100 %.
const footerHigh = 36

func (viewLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l viewLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	v := l.of
	high := float32(itemHigh)
	if narrow(size.Width) {
		high = tallHigh
	}
	if high != v.high {
		v.high = high
		v.List.SetRowHeight(high)
		v.List.Refresh()
	}
	table, below := objects[0], objects[1]
	table.Resize(size)
	y := v.List.ContentHeight() + 2
	if len(v.rows.lines) == 0 {
		y = 0
	}
	fits := y+kit.Dp(footerHigh) <= size.Height
	frame.SetVisible(below, v.handled.any && fits && y > 0)
	kit.Place(below, 0, y, size.Width, kit.Dp(footerHigh))
}
