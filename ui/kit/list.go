package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Kind is the kind of a list's row.
type Kind int

// The kinds. An ordinary row can be selected and opened. A group row heads the
// rows below it, and can be folded where List.Folded says so.
const (
	Ordinary Kind = iota
	Group
)

// Rows is the data of a List. The list asks for visible rows only, so a million
// rows cost no more than a screenful.
type Rows interface {
	Len() int
	// Key identifies a row: selection and scroll position follow it while rows
	// come and go. It must not be 0.
	Key(row int) uint64
	// Find returns the row with a key, or -1. near is the row it had before, as
	// a hint for where to look first.
	Find(key uint64, near int) int
}

// List shows rows of two heights and reuses their objects. It differs from
// widget.List in three ways: it places rows on whole pixels, so that the
// millionth row is as sharp as the first; it redraws only what has changed; and
// it keeps selection and scroll position by the rows' keys.
type List struct {
	widget.BaseWidget

	// The next four are set once, before the list is shown.
	Rows   Rows
	Create func(Kind) fyne.CanvasObject
	Update func(row int, o fyne.CanvasObject)
	KindOf func(row int) Kind // nil: all rows are Ordinary. A Refresh calls it for every row

	// Headless is true if nothing stands above the rows in their card. The
	// first row then leaves the card's upper corners round.
	Headless bool

	OnSelect func(row int) // the user selected a row with the pointer or an arrow key
	OnOpen   func(row int) // the user pressed a row, or Enter on the selected one
	OnGroup  func(row int) // the user asked to fold or unfold a group
	// Folded reports whether a group is folded, and whether it can be folded at
	// all. If nil, no group can be.
	Folded func(row int) (folded, folds bool)
	OnEnd  func() // the last row is in view
	// OnKey gets a key that the list does not use, with the selected row or -1. It
	// reports whether it has used the key; if not, the window gets it. It may be nil.
	OnKey func(row int, key fyne.KeyName) bool

	rowHigh, groupHigh float32

	offset   float64 // how far the list is scrolled
	tops     []float64
	selected uint64
	at       int // last known index of the selected row
	focused  bool
	pointed  bool // the focus came by pointer, so no focus border is drawn
	arrivals arrivals
	visible  map[int]*listRow
	pool     map[Kind][]*listRow
	drawnFor rowTheme // what the rows' objects were made for
	bar      *scrollBar
}

var (
	_ fyne.Scrollable = (*List)(nil)
	_ fyne.Focusable  = (*List)(nil)
)

// NewList returns a list. The heights are those of ordinary and group rows,
// separators included, in the units of Dp.
func NewList(rowHigh, groupHigh float32) *List {
	l := &List{
		rowHigh: rowHigh, groupHigh: groupHigh,
		at: -1, visible: map[int]*listRow{}, pool: map[Kind][]*listRow{},
	}
	l.bar, l.arrivals.of = newScrollBar(l), l
	l.ExtendBaseWidget(l)
	return l
}

// Selected returns the index of the selected row, or -1.
func (l *List) Selected() int {
	if l.selected == 0 || l.Rows == nil {
		return -1
	}
	l.at = l.Rows.Find(l.selected, l.at)
	return l.at
}

// Gone reports whether a row is selected that Rows no longer has.
func (l *List) Gone() bool { return l.selected != 0 && l.Selected() < 0 }

// Select selects a row, or none for -1, without calling OnSelect.
func (l *List) Select(row int) {
	l.at, l.selected = row, 0
	if row >= 0 && row < l.Rows.Len() {
		l.selected = l.Rows.Key(row)
	}
	l.paintRows()
}

// Reveal scrolls just far enough to show all of a row.
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

// ScrollToTop scrolls to the first row.
func (l *List) ScrollToTop() { l.scrollTo(0) }

// ContentHeight returns the height of all rows together.
func (l *List) ContentHeight() float32 { return float32(l.top(l.length())) }

// Refresh reads the rows again. The row at the top of the view stays there. If
// the list is scrolled to its beginning, it stays at its beginning and shows
// what is new.
func (l *List) Refresh() {
	l.dropStale()
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

// RefreshRow redraws one row if it is in view.
func (l *List) RefreshRow(row int) {
	if r, ok := l.visible[row]; ok {
		l.fill(row, r)
	}
}

// anchor returns the row at the top of the view: its key, how much of it is
// scrolled out of view, and its index. The key is 0 if the list is scrolled to
// its beginning.
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

// measure computes where each row begins. Only lists with groups need it.
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

// top returns where a row begins. For the index after the last row it returns
// the height of all.
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

// TypedKey moves the selection, opens the selected row, and folds groups. It
// passes other keys to the window.
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
		if l.OnKey == nil || !l.OnKey(l.Selected(), key.Name) {
			passOn(l, key)
		}
	}
}

// enter opens the selected row, or folds or unfolds it if it is a group.
func (l *List) enter() {
	row := l.Selected()
	if _, folds := l.groupAt(row); folds {
		l.OnGroup(row)
	} else if row >= 0 && l.OnOpen != nil {
		l.OnOpen(row)
	}
}

// groupAt reports whether the group at row is folded. folds is false if row is
// no group or the group cannot be folded.
func (l *List) groupAt(row int) (folded, folds bool) {
	if row < 0 || row >= l.length() || l.Folded == nil || l.kind(row) != Group {
		return false, false
	}
	return l.Folded(row)
}

// takesKeys reports whether arrow keys can select a row.
func (l *List) takesKeys(row int) bool {
	_, folds := l.groupAt(row)
	return folds || l.kind(row) == Ordinary
}

// move moves the selection by a number of rows. It skips groups that cannot be
// folded and stops at the ends.
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

// FocusGained implements fyne.Focusable. If no row is selected, a border around
// the list shows that it takes the arrow keys.
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

// SetRowHeight changes the height of ordinary rows, in the units of Dp. Call
// Refresh afterwards.
func (l *List) SetRowHeight(high float32) { l.rowHigh = high }
