package kit

import (
	"image/color"
	"math"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

func (l *List) scrollTo(offset float64) {
	furthest := max(0, l.top(l.length())-float64(l.Size().Height))
	offset = min(max(math.Round(offset), 0), furthest)
	if offset == l.offset {
		return
	}
	l.offset = offset
	l.layoutRows(false)
	canvas.Refresh(l)
}

// layoutRows places the rows in view. With all it also fills the rows that were
// in view before.
func (l *List) layoutRows(all bool) {
	l.dropStale()
	first, last := l.inView()
	for row, r := range l.visible {
		if row < first || row >= last || r.kind != l.kind(row) {
			r.hovered, r.painted = false, false // the next row the object is used for is not under the pointer
			l.pool[r.kind] = append(l.pool[r.kind], r)
			delete(l.visible, row)
		}
	}
	for row := first; row < last; row++ {
		r, was := l.visible[row]
		if !was {
			r = l.take(l.kind(row))
			l.visible[row] = r
		}
		r.row, r.top = row, l.top(row)
		Place(r, 0, float32(r.top-l.offset), l.Size().Width, float32(l.height(r.kind)))
		if all || !was {
			l.fill(row, r)
		}
	}
	l.bar.place()
	if last == l.length() && last > 0 && l.OnEnd != nil {
		l.OnEnd()
	}
}

// rowTheme is the part of a theme that rows depend on.
type rowTheme struct {
	scale float32
	ink   color.Color
}

// dropStale throws away all row objects if the theme has changed. Fyne
// refreshes only objects that it sees, so it misses those in the pool and rows
// that come into view because others have become lower.
func (l *List) dropStale() {
	now := rowTheme{Dp(1), theme.Color(ColorText)}
	if l.drawnFor == now {
		return
	}
	if l.drawnFor.scale > 0 {
		l.offset = math.Round(l.offset * float64(now.scale/l.drawnFor.scale))
	}
	l.drawnFor = now
	clear(l.visible)
	clear(l.pool)
}

// inView returns the rows that are at least partly visible, as a half-open
// range.
func (l *List) inView() (first, last int) {
	n, view := l.length(), float64(l.Size().Height)
	if n == 0 || view <= 0 || l.Create == nil {
		return 0, 0
	}
	l.offset = min(l.offset, max(0, l.top(n)-view))
	if l.KindOf == nil {
		high := l.height(Ordinary)
		return int(l.offset / high), min(n, int(math.Ceil((l.offset+view)/high)))
	}
	first = max(0, sort.SearchFloat64s(l.tops, l.offset+1)-1)
	return first, min(n, sort.SearchFloat64s(l.tops, l.offset+view))
}

func (l *List) take(k Kind) *listRow {
	if free := l.pool[k]; len(free) > 0 {
		l.pool[k] = free[:len(free)-1]
		return free[len(free)-1]
	}
	return newListRow(l, k, l.Create(k))
}

func (l *List) fill(row int, r *listRow) {
	r.key = l.Rows.Key(row)
	l.Update(row, r.child)
	l.paint(r)
}

func (l *List) paintRows() {
	for _, r := range l.visible {
		l.paint(r)
	}
}

func (l *List) paint(r *listRow) {
	selected := r.key == l.selected && l.selected != 0
	now := rowLook{
		selected: selected && r.kind == Ordinary, focused: l.focused && !l.pointed && selected,
		fresh: l.arrivals.has(r.key),
		first: l.Headless && r.row == 0, last: r.row == l.length()-1,
	}
	if r.painted && r.look == now {
		return
	}
	r.look, r.painted = now, true
	r.Refresh()
}

// MinSize returns the height of one row: a list takes whatever room it gets.
func (l *List) MinSize() fyne.Size { return fyne.NewSize(100, Dp(l.rowHigh)) }

// Resize implements fyne.CanvasObject.
func (l *List) Resize(size fyne.Size) {
	if size == l.Size() {
		return
	}
	l.BaseWidget.Resize(size)
	l.measure()
	l.layoutRows(false)
}

// CreateRenderer implements fyne.Widget.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	r := &listRenderer{list: l, ring: newSquareRing()}
	r.ring.paint(false)
	return r
}

type listRenderer struct {
	list *List
	ring squareRing // shown while the list has the focus and no row is selected
}

func (r *listRenderer) MinSize() fyne.Size { return r.list.MinSize() }

func (r *listRenderer) Layout(size fyne.Size) {
	r.list.bar.place()
	r.ring.layout(size)
}

func (r *listRenderer) Refresh() {
	r.ring.paint(r.list.focused && !r.list.pointed && r.list.Selected() < 0)
	canvas.Refresh(r.list)
}

func (r *listRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, len(r.list.visible)+2)
	first, last := r.list.inView()
	for row := first; row < last; row++ { // screen readers read in this order
		if shown, ok := r.list.visible[row]; ok {
			objects = append(objects, shown)
		}
	}
	return append(append(objects, r.list.bar), r.ring.objects()...)
}

func (r *listRenderer) Destroy() {}

// listRow is what surrounds a row's object: background, selection mark,
// separator. It takes the presses.
type listRow struct {
	widget.BaseWidget

	list  *List
	kind  Kind
	child fyne.CanvasObject

	row     int
	key     uint64
	top     float64
	hovered bool
	look    rowLook
	painted bool // false for a row that is new or comes from the pool; look is then not valid
}

// rowLook is all that decides how a row's frame looks, except for the pointer.
type rowLook struct{ selected, focused, fresh, first, last bool }

func newListRow(l *List, k Kind, child fyne.CanvasObject) *listRow {
	r := &listRow{list: l, kind: k, child: child}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped implements fyne.Tappable.
func (r *listRow) Tapped(*fyne.PointEvent) { r.list.tapped(r.row) }

// MouseIn implements desktop.Hoverable.
func (r *listRow) MouseIn(*desktop.MouseEvent) { r.hover(true) }

// MouseMoved implements desktop.Hoverable.
func (r *listRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (r *listRow) MouseOut() { r.hover(false) }

func (r *listRow) hover(to bool) {
	r.hovered = to
	r.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (r *listRow) CreateRenderer() fyne.WidgetRenderer {
	f := &rowRenderer{
		row: r, ground: &canvas.Rectangle{}, shade: &canvas.Rectangle{},
		bar: &canvas.Rectangle{}, line: &canvas.Rectangle{}, ring: newSquareRing(),
	}
	f.paint()
	return f
}

// barWidth is the width of the mark at the left of a selected row.
const barWidth = 4

type rowRenderer struct {
	row                      *listRow
	ground, shade, bar, line *canvas.Rectangle
	ring                     squareRing
}

func (f *rowRenderer) MinSize() fyne.Size { return f.row.child.MinSize() }

func (f *rowRenderer) Layout(size fyne.Size) {
	f.lay(size)
	f.bar.Resize(fyne.NewSize(barWidth, size.Height-1))
	Place(f.line, 0, size.Height-1, size.Width, 1)
	f.row.child.Resize(size.SubtractWidthHeight(0, 1))
	f.ring.layout(size.SubtractWidthHeight(0, 1))
}

// lay sizes the background. Under the last row it leaves room for the card's
// border.
func (f *rowRenderer) lay(size fyne.Size) {
	if f.row.look.last {
		size.Height--
	}
	f.ground.Resize(size)
	f.shade.Resize(size)
}

func (f *rowRenderer) paint() {
	f.lay(f.row.Size())
	r := f.row
	f.ground.FillColor = named("")
	switch {
	case r.look.selected:
		f.ground.FillColor = theme.Color(ColorTint)
	case r.look.fresh:
		f.ground.FillColor = r.list.arrivals.color()
	case r.kind == Group:
		f.ground.FillColor = theme.Color(ColorSunken)
	}
	f.shade.FillColor = theme.Color(theme.ColorNameHover)
	_, folds := r.list.groupAt(r.row)
	f.shade.Hidden = !r.hovered || r.kind == Group && !folds
	f.bar.FillColor = theme.Color(ColorPrimary)
	f.bar.Hidden = !r.look.selected
	f.line.FillColor = theme.Color(ColorBorder)
	f.line.Hidden = r.look.last
	var upper, lower float32 // the first and last row may have round corners, like their card
	if r.look.first {
		upper = Dp(CardRadius - 1)
	}
	if r.look.last {
		lower = Dp(CardRadius - 1)
	}
	for _, o := range []*canvas.Rectangle{f.ground, f.shade} {
		o.TopLeftCornerRadius, o.TopRightCornerRadius = upper, upper
		o.BottomLeftCornerRadius, o.BottomRightCornerRadius = lower, lower
	}
	f.bar.TopLeftCornerRadius, f.bar.BottomLeftCornerRadius = min(upper, barWidth), min(lower, barWidth)
	f.ring.paint(r.look.focused)
}

func (f *rowRenderer) Refresh() {
	f.paint()
	for _, o := range []fyne.CanvasObject{f.ground, f.shade, f.bar, f.line} {
		o.Refresh()
	}
}

func (f *rowRenderer) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{f.ground, f.shade, f.row.child, f.line, f.bar}, f.ring.objects()...)
}
func (f *rowRenderer) Destroy() {}
