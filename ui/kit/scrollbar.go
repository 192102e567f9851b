package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Sizes of a List's scroll bar. The track is wide enough to be hit with a
// pointer.
const (
	trackWidth = 14
	thumbWidth = 5
	thumbWide  = 8  // while the pointer is over the bar
	thumbMin   = 32 // least height, so that it can be grabbed
	thumbEdge  = 4  // distance to the ends of the track and to its outer side
)

type scrollBar struct {
	widget.BaseWidget

	list    *List
	hovered bool
	thumb   *canvas.Rectangle
}

var (
	_ fyne.Draggable    = (*scrollBar)(nil)
	_ fyne.Tappable     = (*scrollBar)(nil)
	_ desktop.Hoverable = (*scrollBar)(nil)
)

func newScrollBar(l *List) *scrollBar {
	b := &scrollBar{list: l, thumb: &canvas.Rectangle{}}
	b.ExtendBaseWidget(b)
	return b
}

// place moves the bar to the right edge of the list, and the thumb to where the
// view is.
func (b *scrollBar) place() {
	size := b.list.Size()
	Place(b, size.Width-trackWidth, 0, trackWidth, size.Height)
	room, thumb, furthest := b.measures()
	if b.Hidden = furthest <= 0; b.Hidden {
		return
	}
	width := float32(thumbWidth)
	if b.hovered {
		width = thumbWide
	}
	y := thumbEdge + float32(b.list.offset/furthest)*(room-thumb)
	Place(b.thumb, trackWidth-thumbEdge+1-width, y, width, thumb)
}

// measures returns the length of the track and of the thumb, and the largest
// scroll offset.
func (b *scrollBar) measures() (room, thumb float32, furthest float64) {
	view, all := float64(b.list.Size().Height), b.list.top(b.list.length())
	room = float32(view) - 2*thumbEdge
	if all > 0 {
		thumb = min(room, max(thumbMin, room*float32(view/all)))
	}
	return room, thumb, all - view
}

// Dragged implements fyne.Draggable.
func (b *scrollBar) Dragged(e *fyne.DragEvent) {
	if room, thumb, furthest := b.measures(); room > thumb {
		b.list.scrollTo(b.list.offset + float64(e.Dragged.DY/(room-thumb))*furthest)
	}
}

// DragEnd implements fyne.Draggable.
func (b *scrollBar) DragEnd() {}

// Tapped scrolls so that the middle of the thumb is at the pointer.
func (b *scrollBar) Tapped(e *fyne.PointEvent) {
	if room, thumb, furthest := b.measures(); room > thumb {
		b.list.scrollTo(float64((e.Position.Y-thumbEdge-thumb/2)/(room-thumb)) * furthest)
	}
}

// MouseIn implements desktop.Hoverable.
func (b *scrollBar) MouseIn(*desktop.MouseEvent) { b.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (b *scrollBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *scrollBar) MouseOut() { b.hover(false) }

func (b *scrollBar) hover(to bool) {
	b.hovered = to
	b.place()
	b.thumb.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *scrollBar) CreateRenderer() fyne.WidgetRenderer {
	b.paint()
	return &scrollBarRenderer{b}
}

func (b *scrollBar) paint() {
	b.thumb.FillColor = theme.Color(theme.ColorNameScrollBar)
	b.thumb.CornerRadius = thumbWidth / 2
}

type scrollBarRenderer struct{ bar *scrollBar }

func (r *scrollBarRenderer) MinSize() fyne.Size           { return fyne.NewSize(trackWidth, thumbMin) }
func (r *scrollBarRenderer) Layout(fyne.Size)             {}
func (r *scrollBarRenderer) Destroy()                     {}
func (r *scrollBarRenderer) Refresh()                     { r.bar.paint(); r.bar.thumb.Refresh() }
func (r *scrollBarRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.bar.thumb} }
