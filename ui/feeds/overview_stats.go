package feeds

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
)

// statRow puts the figures beside each other. In one column, which scrolls, they
// stand two by two where their words do not fit otherwise.
type statRow struct {
	of    *overviewView
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
		o.Move(fyne.NewPos(float32(i%columns)*(width+gap), float32(i/columns)*(high+gap)))
		o.Resize(fyne.NewSize(width, high))
	}
}
