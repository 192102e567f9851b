package kit

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// lines is the data of a test list. A row's number is both its key and its
// text.
type lines []uint64

func (l *lines) Len() int                      { return len(*l) }
func (l *lines) Key(row int) uint64            { return (*l)[row] }
func (l *lines) Find(key uint64, near int) int { return slices.Index(*l, key) }

// outline is the data of a grouped test list. 100 and 200 are groups; only 100
// can be folded, and its rows are left out while it is.
type outline struct {
	lines
	folded bool
}

func (o *outline) fill() {
	o.lines = lines{100, 101, 102, 200, 201}
	if o.folded {
		o.lines = lines{100, 200, 201}
	}
}

// newTestOutline returns a shown list, its data, and the keys of the rows that
// get opened.
func newTestOutline(t *testing.T) (l *List, o *outline, opened *[]uint64) {
	t.Helper()
	o, opened = &outline{}, &[]uint64{}
	o.fill()
	l, w := newTestList(t, o)
	l.KindOf = func(row int) Kind {
		if o.Key(row)%100 == 0 {
			return Group
		}
		return Ordinary
	}
	l.Folded = func(row int) (folded, folds bool) { return o.folded, o.Key(row) == 100 }
	l.OnGroup = func(int) {
		o.folded = !o.folded
		o.fill()
		l.Refresh()
	}
	l.OnOpen = func(row int) { *opened = append(*opened, o.Key(row)) }
	l.Refresh()
	w.Canvas().Focus(l)
	return l, o, opened
}

// million is a list too long to be read whole. It counts how often each row is
// asked for.
type million struct{ asked map[int]bool }

func (m million) Len() int { return 1_000_000 }
func (m million) Key(row int) uint64 {
	m.asked[row] = true
	return uint64(1_000_000 - row)
}
func (m million) Find(key uint64, near int) int { return 1_000_000 - int(key) }

// newTestList shows rows in a window of 400 by 460, which is ten rows of 46.
func newTestList(t *testing.T, rows Rows) (*List, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	l := NewList(46, 30)
	l.Rows = rows
	l.Create = func(Kind) fyne.CanvasObject { return NewText("", Body) }
	l.Update = func(row int, o fyne.CanvasObject) { o.(*Text).Set(fmt.Sprint(rows.Key(row))) }
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 460))
	return l, w
}

// numbered returns n rows, the highest number first as in a feed.
func numbered(n int) *lines {
	l := make(lines, n)
	for i := range l {
		l[i] = uint64(n - i)
	}
	return &l
}

// shown returns the keys of the rows in view, from the top.
func shown(l *List) []uint64 {
	var keys []uint64
	first, last := l.inView()
	for row := first; row < last; row++ {
		keys = append(keys, l.visible[row].key)
	}
	return keys
}

func key(l *List, name fyne.KeyName) { l.TypedKey(&fyne.KeyEvent{Name: name}) }

func TestListReadsOnlyWhatItShows(t *testing.T) {
	rows := million{asked: map[int]bool{}}
	l, _ := newTestList(t, rows)
	if got := len(rows.asked); got > 12 {
		t.Errorf("ten rows are in view and %d were read", got)
	}
	l.scrollTo(l.top(500_000))
	if got := shown(l)[0]; got != 500_000 {
		t.Errorf("half way down stands row %d, want 500000", got)
	}
	l.scrollTo(1e12)
	last := l.visible[999_999]
	if last == nil || last.Position().Y+last.Size().Height != 460 {
		t.Error("the millionth row does not end where the list does")
	}
	if y := l.visible[999_998].Position().Y + 46; y != last.Position().Y {
		t.Errorf("between the last two rows there is a gap: %v and %v", y, last.Position().Y)
	}
	if got := len(rows.asked); got > 40 {
		t.Errorf("three views were shown and %d rows were read", got)
	}
}

func TestNewRowsMoveNeitherSelectionNorView(t *testing.T) {
	rows := numbered(100)
	l, _ := newTestList(t, rows)
	l.Select(20)
	l.scrollTo(l.top(15) + 7)
	before := shown(l)

	*rows = append(lines{102, 101}, *rows...)
	l.Refresh()
	if got := rows.Key(l.Selected()); got != 80 {
		t.Errorf("row 80 was selected, now it is %d", got)
	}
	if after := shown(l); !slices.Equal(before, after) {
		t.Errorf("the view moved from %v to %v", before, after)
	}
	if l.offset != l.top(17)+7 {
		t.Errorf("the view begins at %v, want %v", l.offset, l.top(17)+7)
	}
}

func TestAtItsBeginningAListShowsWhatIsNew(t *testing.T) {
	rows := numbered(100)
	l, _ := newTestList(t, rows)
	l.Select(0)
	*rows = append(lines{101}, *rows...)
	l.Arrived(101)
	l.Refresh()
	if got := shown(l)[0]; got != 101 {
		t.Errorf("on top stands %d, want the new 101", got)
	}
	if l.Selected() != 1 || !l.Fresh(0) || l.Fresh(1) {
		t.Errorf("selected %d, fresh %v and %v", l.Selected(), l.Fresh(0), l.Fresh(1))
	}
}

func TestAPressSettlesNewRows(t *testing.T) {
	rows := numbered(20)
	l, _ := newTestList(t, rows)
	l.Arrived(20)
	l.Refresh()
	test.Tap(l.visible[3])
	if l.Fresh(0) {
		t.Error("the new row is still marked after a press")
	}
}

func TestNothingNewLeavesTheMarksAlone(t *testing.T) {
	l, _ := newTestList(t, numbered(20))
	l.Arrived(20)
	l.Arrived()
	if !l.Fresh(0) {
		t.Error("no news took the mark off the newest row")
	}
	l.Arrived(19)
	if l.Fresh(0) || !l.Fresh(1) {
		t.Error("the mark did not go over to what came next")
	}
}

func TestNewRowsFadeByThemselves(t *testing.T) {
	rows := numbered(20)
	l, _ := newTestList(t, rows)
	fyne.CurrentApp().Settings().SetTheme(&Theme{Appearance: Light}) // the test driver runs animations to their end at once
	l.Arrived(20)
	if l.Fresh(0) {
		t.Error("the new row is still marked when the fade is over")
	}
}

func TestArrowKeysMoveAndEnterOpens(t *testing.T) {
	l, w := newTestList(t, numbered(100))
	var selected, opened []int
	l.OnSelect = func(row int) { selected = append(selected, row) }
	l.OnOpen = func(row int) { opened = append(opened, row) }
	w.Canvas().Focus(l)
	for _, name := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyEnd, fyne.KeyDown, fyne.KeyHome} {
		key(l, name)
	}
	if want := []int{0, 1, 0, 9, 99, 0}; !slices.Equal(selected, want) {
		t.Errorf("the selection went to %v, want %v", selected, want)
	}
	key(l, fyne.KeyEnd)
	key(l, fyne.KeyReturn)
	if !slices.Equal(opened, []int{99}) {
		t.Errorf("Enter opened %v, want row 99", opened)
	}
	if _, visible := l.visible[99]; !visible {
		t.Error("the selected row is not in view")
	}
}

func TestKeysAListHasNoUseForAreTheWindows(t *testing.T) {
	l, w := newTestList(t, numbered(3))
	var got fyne.KeyName
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { got = k.Name })
	key(l, fyne.KeyEscape)
	if got != fyne.KeyEscape {
		t.Error("Esc did not reach the window")
	}
}

func TestPressingARowSelectsAndOpensIt(t *testing.T) {
	l, w := newTestList(t, numbered(100))
	opened := -1
	l.OnOpen = func(row int) { opened = row }
	test.TapCanvas(w.Canvas(), fyne.NewPos(50, 46*3+20))
	if opened != 3 || l.Selected() != 3 {
		t.Errorf("opened %d and selected %d, want 3", opened, l.Selected())
	}
	if w.Canvas().Focused() != l {
		t.Error("the list has not got the focus, so the arrow keys are lost")
	}
}

func TestGroupRowsAreNoSelection(t *testing.T) {
	l, w := newTestList(t, numbered(30))
	l.KindOf = func(row int) Kind {
		if row%5 == 0 {
			return Group
		}
		return Ordinary
	}
	l.Refresh()
	group := -1
	l.OnGroup = func(row int) { group = row }
	l.Folded = func(row int) (folded, folds bool) { return false, row == 0 }
	test.TapCanvas(w.Canvas(), fyne.NewPos(50, 10))
	if group != 0 || l.Selected() != -1 {
		t.Errorf("a press on a group gave group %d and selected %d", group, l.Selected())
	}
	l.Select(4)
	key(l, fyne.KeyDown)
	if l.Selected() != 6 {
		t.Errorf("from row 4 the arrow went to %d, want 6: 5 only heads its rows", l.Selected())
	}
	if got, want := l.ContentHeight(), float32(6*30+24*46); got != want {
		t.Errorf("all rows are %v high, want %v", got, want)
	}
	l.scrollTo(1e9)
	if r := l.visible[29]; r.Position().Y+r.Size().Height != 460 {
		t.Error("the last row does not end where the list does")
	}
}

func TestKeysFoldAGroupAndOpenItAgain(t *testing.T) {
	l, o, opened := newTestOutline(t)
	key(l, fyne.KeyDown)
	if got := o.Key(l.Selected()); got != 100 {
		t.Fatalf("the arrow went to %d, want the group 100", got)
	}
	for _, step := range []struct {
		key    fyne.KeyName
		folded bool
	}{
		{fyne.KeyReturn, true}, {fyne.KeySpace, false}, {fyne.KeyEnter, true}, {fyne.KeyLeft, true},
		{fyne.KeyRight, false}, {fyne.KeyRight, false}, {fyne.KeyLeft, true},
	} {
		key(l, step.key)
		if o.folded != step.folded || o.Key(l.Selected()) != 100 {
			t.Errorf("%s on a group: folded %v, want %v; selected is %d", step.key, o.folded, step.folded, o.Key(l.Selected()))
		}
	}
	if len(*opened) > 0 {
		t.Errorf("keys on a group opened %v", *opened)
	}
	if !l.visible[0].look.focused || l.visible[0].look.selected {
		t.Error("a group that keys are on is not marked by the border alone")
	}
}

func TestArrowKeysPassGroupsThatOnlyHeadRows(t *testing.T) {
	l, o, opened := newTestOutline(t)
	var went []uint64
	for range 5 {
		key(l, fyne.KeyDown)
		went = append(went, o.Key(l.Selected()))
	}
	if want := []uint64{100, 101, 102, 201, 201}; !slices.Equal(went, want) {
		t.Errorf("the arrow went to %v, want %v", went, want)
	}
	key(l, fyne.KeyReturn)
	if !slices.Equal(*opened, []uint64{201}) {
		t.Errorf("Enter opened %v, want 201", *opened)
	}
	key(l, fyne.KeyLeft)
	if o.folded {
		t.Error("Left on a row folded a group")
	}
}

func TestScrollBarGoesWithTheView(t *testing.T) {
	l, w := newTestList(t, numbered(100))
	if l.bar.Hidden {
		t.Fatal("a long list has no scroll bar")
	}
	test.Scroll(w.Canvas(), fyne.NewPos(50, 50), 0, -100)
	if l.offset != 100 {
		t.Errorf("the wheel moved the view by %v, want 100", l.offset)
	}
	top := l.bar.thumb.Position().Y
	test.Drag(w.Canvas(), fyne.NewPos(400-5, top+10), 0, 1000)
	if l.offset != l.top(100)-460 {
		t.Errorf("dragged to its end the view begins at %v, want %v", l.offset, l.top(100)-460)
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(400-5, 8))
	if l.offset != 0 {
		t.Errorf("a press at the upper end went to %v, want 0", l.offset)
	}
	*l.Rows.(*lines) = (*l.Rows.(*lines))[:5]
	l.Refresh()
	if !l.bar.Hidden {
		t.Error("a list that fits still has a scroll bar")
	}
}

func TestListAsksForMoreAtItsEnd(t *testing.T) {
	l, _ := newTestList(t, numbered(50))
	asked := 0
	l.OnEnd = func() { asked++ }
	l.scrollTo(400)
	if asked != 0 {
		t.Error("asked for more in the middle")
	}
	l.scrollTo(1e9)
	if asked == 0 {
		t.Error("at the end nothing was asked for")
	}
}

func TestAShorterListKeepsItsPlace(t *testing.T) {
	rows := numbered(100)
	l, _ := newTestList(t, rows)
	l.Select(90)
	l.scrollTo(1e9)
	*rows = (*rows)[:12]
	l.Refresh()
	if l.Selected() != -1 {
		t.Errorf("a row that is gone is still selected: %d", l.Selected())
	}
	if got := shown(l); got[len(got)-1] != 89 {
		t.Errorf("in view are %v, want them to end with the last row, 89", got)
	}
	*rows = nil
	l.Refresh()
	if len(shown(l)) != 0 || l.ContentHeight() != 0 {
		t.Error("an empty list shows rows")
	}
}

func TestARowTakenFromThePoolIsNotUnderThePointer(t *testing.T) {
	l, _ := newTestList(t, numbered(100))
	for _, r := range l.visible {
		r.MouseIn(nil)
	}
	l.scrollTo(l.top(50))
	for row, r := range l.visible {
		if r.hovered {
			t.Errorf("row %d looks as if the pointer were over it", row)
		}
	}
}

// TestRowsFollowTheTheme changes the theme and changes it back. Objects in the
// pool, and rows that come into view only then, must not keep the old look.
func TestRowsFollowTheTheme(t *testing.T) {
	l, w := newTestList(t, numbered(100))
	l.scrollTo(20 * 46)
	before, first := w.Canvas().Capture(), shown(l)[0]
	for _, th := range []*Theme{
		{Appearance: Dark, Still: true, Scale: 1.3},
		{Appearance: Light, Still: true},
	} {
		fyne.CurrentApp().Settings().SetTheme(th)
		if got := shown(l)[0]; got != first {
			t.Errorf("at %v the view begins with %d, want %d", Dp(1), got, first)
		}
	}
	if !reflect.DeepEqual(w.Canvas().Capture(), before) {
		t.Error("after the theme has changed and changed back, rows look different")
	}
}
