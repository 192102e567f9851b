package overview

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// latestRow and cardHead are the heights of a row of Latest, at least, and of
// the head above them.
const (
	latestRow = 58
	cardHead  = 45
)

// latestList is the card with what came last. It shows as many rows as fit.
type latestList struct {
	object *fyne.Container
	now    func() time.Time
	list   *kit.List
	rows   latestRows
	events []core.Event
	news   *kit.Text // what came while the user was away
	none   *fyne.Container
}

// latestRows are the events that fit. They implement kit.Rows.
type latestRows []core.Event

func (r latestRows) Len() int           { return len(r) }
func (r latestRows) Key(row int) uint64 { return r[row].Seq }

func (r latestRows) Find(key uint64, near int) int {
	return slices.IndexFunc(r, func(e core.Event) bool { return e.Seq == key })
}

func newLatestList(now func() time.Time, onEvent func(core.Event), onAll func()) *latestList {
	l := &latestList{now: now, list: kit.NewList(latestRow, 0), news: kit.NewText("", kit.Caption)}
	l.list.Rows = &l.rows
	l.list.Create = func(kit.Kind) fyne.CanvasObject { return newLatestRow() }
	l.list.Update = func(row int, o fyne.CanvasObject) {
		o.(*latestEvent).show(l.rows[row], l.now(), l.list.Fresh(row)) // Create makes nothing else
	}
	l.list.OnOpen = func(row int) { onEvent(l.rows[row]) }
	head := kit.NewCardHead(words.Say("Latest"), kit.HStack(8, l.news, kit.NewLink(words.Say("See all activity"), onAll)))
	none := kit.NewProse(words.Say("Nothing yet. What AppFolio sends appears here first."), kit.Muted)
	l.none = kit.Inset(kit.CardPad, kit.CardPad, 0, kit.CardPad, none)
	l.object = kit.NewBareCard(&fyne.Container{Layout: latestLayout{l}, Objects: []fyne.CanvasObject{head, l.list, l.none}})
	return l
}

// missed says how many events came while the user was away; 0: says nothing.
func (l *latestList) missed(n int) {
	text := ""
	if n > 0 {
		text = words.Say("%s new", explain.Number(n))
	}
	if text == l.news.Text() {
		return
	}
	l.news.Set(text)
	kit.Relayout(l.object)
}

func (l *latestList) show(events []core.Event, fresh []uint64) {
	l.events = events
	frame.SetVisible(l.none, len(events) == 0)
	l.list.Arrived(fresh...)
	l.fit(l.list.Size().Height)
}

// fit shows the rows that the height has room for, and lets them fill it.
func (l *latestList) fit(high float32) {
	n := max(1, int(high/kit.Dp(latestRow)))
	l.rows = latestRows(l.events[:min(n, len(l.events))])
	l.list.SetRowHeight(max(latestRow, high/kit.Dp(1)/float32(n)))
	l.list.Refresh()
}

type latestLayout struct{ of *latestList }

func (l latestLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l latestLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, list := objects[0], objects[1]
	high := head.MinSize().Height
	head.Resize(fyne.NewSize(size.Width, high))
	kit.Place(list, 0, high, size.Width, max(0, size.Height-high))
	kit.Place(objects[2], 0, high, size.Width, max(0, size.Height-high))
	l.of.fit(max(0, size.Height-high))
}

// latestEvent is one event in the card.
type latestEvent struct {
	kit.Compound
	tile         *kit.Tile
	title, where *kit.Text
	amount, when *kit.Text
	right        *fyne.Container
}

func newLatestRow() *latestEvent {
	r := &latestEvent{
		tile:   kit.NewTile(kit.Neutral, nil),
		amount: kit.NewText("", kit.Strong.Right()),
		when:   kit.NewText("", kit.Caption.Right()),
	}
	var words fyne.CanvasObject
	r.title, r.where, words = kit.NewTwoLines(kit.Strong)
	r.right = kit.VStack(0, r.amount, r.when)
	row := kit.Spread(12, kit.Lead(12, r.tile, words), r.right)
	r.Init(r, container.NewStack(kit.Inset(0, kit.CardPad, 0, kit.CardPad, row)))
	return r
}

func (r *latestEvent) show(e core.Event, now time.Time, fresh bool) {
	l := words.Describe(e)
	family, icon := news.Icon(e)
	if !e.Attention.IsZero() {
		family = kit.Warn
	}
	if fresh {
		family, icon = kit.Brass, assets.Bell
	}
	r.tile.Set(family, icon)
	style := kit.Strong
	if !l.Known && e.Detail != nil {
		style = kit.Unknown
	}
	r.title.SetStyled(l.Title, style)
	r.where.Set(l.Where)
	r.amount.Set(l.Amount)
	r.when.Set(words.Ago(e.OccurredAt.In(now.Location()), now))
	r.Relayout()
}
