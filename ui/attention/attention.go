// Package attention is the list of what needs a person's eye: one row for each kind of
// trouble, under the heads of groups that can be folded. It gets items to show, and says
// what the user wants to be done with them. It knows neither the store nor the bell.
package attention

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// Actions are what the user can ask for, on the main goroutine.
type Actions struct {
	Review func(news.Concern)
	Snooze func(c news.Concern, until time.Time)
	Handle func(news.Concern)
	Undo   func(news.Concern) // takes Snooze or Handle back
	// Settled is called once Handle can no longer be taken back.
	Settled func(news.Concern)
	// Name is called once a choice between two names can no longer be taken back. use: it is
	// the one that was given here.
	Name  func(o core.Offer, use bool)
	After func(time.Duration, func()) // calls a function on the main goroutine after a time
}

// undoTime is how long Snooze and Handle can be taken back.
const undoTime = 10 * time.Second

// View is the list. Its methods belong to Fyne's main goroutine.
type View struct {
	Object *fyne.Container
	List   *kit.List

	do      Actions
	now     func() time.Time
	table   *frame.Table
	rows    rows
	drawn   []*itemRow // to find where an item stands on screen
	handled *footer
	high    float32 // of an item
}

// New makes an empty view. now is in the reader's time zone.
func New(now func() time.Time, do Actions) *View {
	v := &View{now: now, do: do, handled: newFooter()}
	v.rows.folded = map[news.Group]bool{}
	v.List = kit.NewList(itemHigh, headHigh)
	v.List.Headless = true
	v.List.Rows = &v.rows
	v.List.KindOf = v.rows.kind
	v.List.Create = v.create
	v.List.Update = v.update
	v.List.OnOpen = func(row int) { v.open(v.rows.lines[row]) }
	v.List.OnGroup = v.fold
	v.List.Folded = func(row int) (folded, can bool) {
		g := v.rows.lines[row].group
		return v.rows.folded[g], folds(g)
	}
	v.List.OnKey = v.key
	v.table = frame.NewTable(nil, v.List)
	v.Object = &fyne.Container{Layout: viewLayout{v}, Objects: []fyne.CanvasObject{v.table.Object, v.handled.object}}
	return v
}

// Show puts the items on the screen, in their order. handled is how many were marked
// as handled this week.
func (v *View) Show(items []news.Concern, handled int) {
	v.rows.items = items
	v.rows.done = slices.DeleteFunc(v.rows.done, func(d *done) bool { return d.over })
	v.handled.show(handled)
	v.refill()
}

// UndoLast brings back what was snoozed or marked as handled last, if that can still be
// undone.
func (v *View) UndoLast() {
	for _, d := range slices.Backward(v.rows.done) {
		if !d.over {
			v.undo(d)
			return
		}
	}
}

func (v *View) refill() {
	v.rows.fill()
	if len(v.rows.lines) == 0 {
		v.table.ShowEmpty(kit.Empty{
			Title: words.Say("Nothing needs you"),
			Text:  words.Say("Rentbell keeps looking. What you have handled stays in Everything."),
		})
	} else {
		v.table.Update()
	}
	kit.Relayout(v.Object)
}

func (v *View) fold(row int) {
	g := v.rows.lines[row].group
	v.rows.folded[g] = !v.rows.folded[g]
	v.refill()
}

func (v *View) undo(d *done) {
	if d.over {
		return
	}
	v.rows.drop(d)
	v.rows.bringBack(d.item)
	v.do.Undo(d.item)
	v.refill()
}

// finish has a line say for a while what was done with an item.
func (v *View) finish(d *done) {
	v.rows.done = append(v.rows.done, d)
	v.refill()
	v.do.After(undoTime, func() {
		if !v.rows.has(d) {
			return
		}
		d.over = true
		if d.settle != nil {
			d.settle()
		}
		if len(d.item.IDs) == 0 && d.item.Offer == nil { // else it goes with the next Show: until then it is still among the items
			v.rows.drop(d)
			v.refill()
		}
	})
}

// open is Enter or a press on a row.
func (v *View) open(l line) {
	switch {
	case l.done != nil:
	case l.item.Offer == nil:
		v.do.Review(l.item)
	default:
		if r := v.rowOf(l.item); r != nil {
			r.chooseName()
		}
	}
}

// key is S or H on a row, or on the head of a flood.
func (v *View) key(row int, key fyne.KeyName) bool {
	if row < 0 {
		return false
	}
	l := v.rows.lines[row]
	switch {
	case l.head != "" && key == fyne.KeyH && l.flood != nil:
		v.handle(*l.flood)
	case l.head != "" || l.done != nil:
		return false
	case key == fyne.KeyS && l.item.Snoozes():
		v.snooze(l.item)
	case key == fyne.KeyH && l.item.Handles():
		v.handle(l.item)
	default:
		return false
	}
	return true
}

func (v *View) handle(c news.Concern) {
	text := words.Say("Handled.")
	if c.Count > 1 {
		text = words.Say("%s handled.", explain.Number(c.Count))
	}
	v.do.Handle(c)
	v.finish(&done{item: c, text: text, settle: func() { v.do.Settled(c) }})
}

// snooze opens the menu beside the item's row.
func (v *View) snooze(c news.Concern) {
	at := v.rowOf(c)
	if at == nil {
		return
	}
	now := v.now()
	step, days := c.Step()
	frame.Snooze{Now: now, Step: step, Days: days, Pick: func(until time.Time) {
		v.do.Snooze(c, until)
		v.finish(&done{item: c, text: words.Say("Snoozed until %s.", words.Tongue.Date(until, "Monday, January 2"))})
	}, Handle: func() { v.handle(c) }}.Open(at.anchor())
}

// rowOf is the row in view that shows an item; nil if none does.
func (v *View) rowOf(c news.Concern) *itemRow {
	for _, r := range v.drawn {
		if r.Visible() && keyOf(r.line.item) == keyOf(c) && fyne.CurrentApp().Driver().CanvasForObject(r) != nil {
			return r
		}
	}
	return nil
}

func (v *View) create(k kit.Kind) fyne.CanvasObject {
	if k == kit.Group {
		return newHeadRow(v.handle)
	}
	r := newItemRow(v)
	v.drawn = append(v.drawn, r)
	return r
}

func (v *View) update(row int, o fyne.CanvasObject) {
	switch o := o.(type) {
	case *headRow:
		o.show(v.rows.lines[row], v.rows.folded)
	case *itemRow:
		o.show(v.rows.lines[row])
	}
}
