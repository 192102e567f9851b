package overview

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// layout places the four parts: figures, chart, Needs attention, Latest.
type layout struct{ single bool }

// Lengths of the overview, at 100 %.
const (
	latestWidth = 332
	chartHigh   = 296 // in one column
	chartLeast  = 240
	latestHigh  = 8 * latestRow
)

func (l *layout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	dp := kit.Dp
	stats, attention := objects[0].MinSize().Height, objects[2].MinSize().Height
	if l.single {
		return fyne.NewSize(0, stats+dp(chartHigh)+attention+dp(latestHigh+cardHead)+3*dp(kit.CardGap)+dp(kit.PagePad))
	}
	return fyne.NewSize(0, stats+dp(chartLeast)+attention+2*dp(kit.CardGap)+dp(kit.PagePad))
}

func (l *layout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	stats, plot, attention, latest := objects[0], objects[1], objects[2], objects[3]
	gap := kit.Dp(kit.CardGap)
	y := float32(0)
	place := func(o fyne.CanvasObject, width, high float32) {
		kit.Place(o, 0, y, width, high)
		y += high + gap
	}
	place(stats, size.Width, frame.HeightAt(stats, size.Width))
	if l.single {
		place(plot, size.Width, kit.Dp(chartHigh))
		place(attention, size.Width, attention.MinSize().Height)
		place(latest, size.Width, kit.Dp(latestHigh+cardHead))
		return
	}
	bottom := size.Height - kit.Dp(kit.PagePad)
	right := kit.Dp(latestWidth)
	left := size.Width - right - gap
	kit.Place(latest, left+gap, y, right, bottom-y)
	items := attention.MinSize().Height
	place(plot, left, bottom-y-gap-items)
	place(attention, left, items)
}

// statRow puts the figures beside each other. In one column, which scrolls, they
// stand two by two where their words do not fit otherwise.
type statRow struct {
	of    *View
	width float32 // of the last layout
}

func (r *statRow) columns(objects []fyne.CanvasObject) int {
	n := len(objects)
	if !r.of.layout.single || r.width == 0 {
		return n
	}
	for _, s := range r.of.stats {
		if s.Wide() > r.cell(n) {
			return n / 2
		}
	}
	return n
}

// cell is a figure's width in so many columns.
func (r *statRow) cell(columns int) float32 {
	return (r.width - kit.Dp(kit.CardGap)*float32(columns-1)) / float32(columns)
}

func (r *statRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rows := float32(len(objects) / r.columns(objects))
	return fyne.NewSize(0, rows*objects[0].MinSize().Height+(rows-1)*kit.Dp(kit.CardGap))
}

func (r *statRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.width = size.Width
	columns := r.columns(objects)
	width, gap := r.cell(columns), kit.Dp(kit.CardGap)
	high := objects[0].MinSize().Height
	for i, o := range objects {
		kit.Place(o, float32(i%columns)*(width+gap), float32(i/columns)*(high+gap), width, high)
	}
}
