package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Kind tells the rows of a list apart. Ordinary rows can be selected and opened;
// others head a group, which keys fold and open.
type Kind int

// The kinds.
const (
	Ordinary Kind = iota
	Group
)

// Rows is what a list shows. Its methods are called for what is visible only,
// but for Kind, of which Grouped lists ask every row once a Refresh.
type Rows interface {
	Len() int
	// Key is a row's identity, by which selection and scrolling hold on to it
	// while rows come and go around it. Never 0.
	Key(row int) uint64
	// Find is the row of a key, or -1. near is where it was.
	Find(key uint64, near int) int
}

// List shows rows of two heights and pools their objects. Unlike widget.List
// it places rows by whole numbers, so that the millionth row is as sharp as
// the first, refreshes only what has changed, and keeps selection and scroll
// position by the rows' identity.
type List struct {
	widget.BaseWidget

	// Rows and the three functions are set once, before the list is shown.
	Rows   Rows
	Create func(Kind) fyne.CanvasObject
	Update func(row int, o fyne.CanvasObject)
	KindOf func(row int) Kind // nil: all Ordinary

	// Headless says that nothing stands above the rows in their card, whose
	// upper corners they have to leave round.
	Headless bool

	OnSelect func(row int) // the selection moved to a row, by pointer or arrow key
	OnOpen   func(row int) // a row was pressed, or Enter on the selected one
	OnGroup  func(row int) // a group folds or opens: its row was pressed, or a key on it
	// Folded says how a group stands. One that does not fold only heads its rows;
	// nil: none folds.
	Folded func(row int) (folded, folds bool)
	OnEnd  func() // the last row came into view

	rowHigh, groupHigh float32

	offset   float64 // of the content above the view
	tops     []float64
	selected uint64
	at       int // where the selected row was last seen
	focused  bool
	pointed  bool // the focus came by pointer: the selection is mark enough
	arrivals arrivals
	visible  map[int]*listRow
	pool     map[Kind][]*listRow
	dressed  dress // the rows are
	bar      *scrollBar
}

var (
	_ fyne.Scrollable = (*List)(nil)
	_ fyne.Focusable  = (*List)(nil)
)

// NewList makes a list with rows rowHigh and group rows groupHigh high, at
// 100 %, their separators included.
func NewList(rowHigh, groupHigh float32) *List {
	l := &List{
		rowHigh: rowHigh, groupHigh: groupHigh,
		at: -1, visible: map[int]*listRow{}, pool: map[Kind][]*listRow{},
	}
	l.bar, l.arrivals.of = newScrollBar(l), l
	l.ExtendBaseWidget(l)
	return l
}

// Selected is the selected row, or -1.
func (l *List) Selected() int {
	if l.selected == 0 || l.Rows == nil {
		return -1
	}
	l.at = l.Rows.Find(l.selected, l.at)
	return l.at
}

// Gone reports whether the row that was selected is not among the rows any more.
func (l *List) Gone() bool { return l.selected != 0 && l.Selected() < 0 }

// Select selects a row, or none for -1, and calls nobody.
func (l *List) Select(row int) {
	l.at, l.selected = row, 0
	if row >= 0 && row < l.Rows.Len() {
		l.selected = l.Rows.Key(row)
	}
	l.paintRows()
}

// Reveal scrolls as little as it takes to show a row whole.
func (l *List) Reveal(row int) {
	if row < 0 || row >= l.Rows.Len() {
		return
	}
	top, bottom := l.top(row), l.top(row+1)
	switch view := float64(l.Size().Height); {
	case top < l.offset:
		l.scrollTo(top)
	case bottom > l.offset+view:
		l.scrollTo(bottom - view)
	}
}

// ScrollToTop shows the first row.
func (l *List) ScrollToTop() { l.scrollTo(0) }

// ContentHeight is how high all rows are together.
func (l *List) ContentHeight() float32 { return float32(l.top(l.length())) }

// Refresh reads the rows anew. What was at the top of the view stays there,
// unless the list is scrolled to its beginning: there it shows what is new.
func (l *List) Refresh() {
	l.redress()
	anchor, shift, near := l.anchor()
	l.measure()
	if anchor != 0 {
		if row := l.Rows.Find(anchor, near); row >= 0 {
			l.offset = l.top(row) + shift
		}
	}
	l.layoutRows(true)
	l.BaseWidget.Refresh()
}

// RefreshRow draws one row anew, where it is visible.
func (l *List) RefreshRow(row int) {
	if r, ok := l.visible[row]; ok {
		l.fill(row, r)
	}
}

// anchor is the identity of the row at the top of the view, how far the view
// is into it, and its index; 0 at the beginning of the list.
func (l *List) anchor() (key uint64, shift float64, row int) {
	if l.offset <= 0 || len(l.visible) == 0 {
		return 0, 0, -1
	}
	first := -1
	for row := range l.visible {
		if first < 0 || row < first {
			first = row
		}
	}
	return l.visible[first].key, l.offset - l.visible[first].top, first
}

func (l *List) length() int {
	if l.Rows == nil {
		return 0
	}
	return l.Rows.Len()
}

// measure sums up the rows' heights, which only grouped lists need.
func (l *List) measure() {
	l.tops = l.tops[:0]
	if l.KindOf == nil {
		return
	}
	y := 0.0
	for row := range l.length() {
		l.tops = append(l.tops, y)
		y += l.height(l.KindOf(row))
	}
	l.tops = append(l.tops, y)
}

func (l *List) height(k Kind) float64 {
	if k == Group {
		return float64(Dp(l.groupHigh))
	}
	return float64(Dp(l.rowHigh))
}

// top is where a row begins; for the row after the last, where all end.
func (l *List) top(row int) float64 {
	if l.KindOf != nil {
		if row < len(l.tops) {
			return l.tops[row]
		}
		return 0
	}
	return float64(row) * l.height(Ordinary)
}

func (l *List) kind(row int) Kind {
	if l.KindOf == nil {
		return Ordinary
	}
	return l.KindOf(row)
}

// TypedKey moves the selection and opens it; other keys go to the window.
func (l *List) TypedKey(key *fyne.KeyEvent) {
	l.pointed = false
	page := max(1, int(float64(l.Size().Height)/l.height(Ordinary))-1)
	switch key.Name {
	case fyne.KeyDown:
		l.move(1)
	case fyne.KeyUp:
		l.move(-1)
	case fyne.KeyPageDown:
		l.move(page)
	case fyne.KeyPageUp:
		l.move(-page)
	case fyne.KeyHome:
		l.move(-l.length())
	case fyne.KeyEnd:
		l.move(l.length())
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.enter()
	case fyne.KeyLeft, fyne.KeyRight:
		if folded, folds := l.groupAt(l.Selected()); !folds {
			passOn(l, key)
		} else if folded == (key.Name == fyne.KeyRight) {
			l.OnGroup(l.Selected())
		}
	default:
		passOn(l, key)
	}
}

// enter opens the selected row, or folds the group whose row it is.
func (l *List) enter() {
	row := l.Selected()
	if _, folds := l.groupAt(row); folds {
		l.OnGroup(row)
	} else if row >= 0 && l.OnOpen != nil {
		l.OnOpen(row)
	}
}

// groupAt says how the group stands whose row this is; folds is false for a row that
// heads none, or one that does not fold.
func (l *List) groupAt(row int) (folded, folds bool) {
	if row < 0 || row >= l.length() || l.Folded == nil || l.kind(row) != Group {
		return false, false
	}
	return l.Folded(row)
}

// takesKeys reports whether arrow keys stop at a row.
func (l *List) takesKeys(row int) bool {
	_, folds := l.groupAt(row)
	return folds || l.kind(row) == Ordinary
}

// move takes the selection by rows, past those that only head others, and stops at
// the ends.
func (l *List) move(by int) {
	n, row := l.length(), l.Selected()
	if n == 0 {
		return
	}
	step := 1
	if by < 0 {
		step = -1
	}
	to := min(max(row+by, 0), n-1)
	for to >= 0 && to < n && !l.takesKeys(to) {
		to += step
	}
	if to < 0 || to >= n || to == row {
		return
	}
	l.Select(to)
	l.Reveal(to)
	if l.OnSelect != nil && l.kind(to) == Ordinary {
		l.OnSelect(to)
	}
}

func (l *List) tapped(row int) {
	l.pointed = true
	if c := canvasOf(l); c != nil {
		c.Focus(l)
	}
	if l.kind(row) != Ordinary {
		if _, folds := l.groupAt(row); folds {
			l.OnGroup(row)
		}
		return
	}
	l.arrivals.settle()
	l.Select(row)
	if l.OnSelect != nil {
		l.OnSelect(row)
	}
	if l.OnOpen != nil {
		l.OnOpen(row)
	}
}

// TypedRune implements fyne.Focusable.
func (l *List) TypedRune(rune) {}

// FocusGained implements fyne.Focusable. A list that has nothing selected
// shows where the arrow keys start.
func (l *List) FocusGained() {
	l.focused = true
	l.paintRows()
	l.BaseWidget.Refresh()
}

// FocusLost implements fyne.Focusable.
func (l *List) FocusLost() {
	l.focused, l.pointed = false, false
	l.paintRows()
	l.BaseWidget.Refresh()
}

// Scrolled implements fyne.Scrollable.
func (l *List) Scrolled(e *fyne.ScrollEvent) { l.scrollTo(l.offset - float64(e.Scrolled.DY)) }

// Cursor implements desktop.Cursorable.
func (l *List) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// SetRowHeight changes the height of ordinary rows, at 100 %. Refresh follows.
func (l *List) SetRowHeight(high float32) { l.rowHigh = high }
