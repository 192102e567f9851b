package attention

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// Heights of rows, separators included, and the width of a list from which a row has
// room for both of its actions. All are for a text size of 100 %.
const (
	headHigh  = 32
	itemHigh  = 50
	tallHigh  = 66 // of an item whose reason takes two lines
	wideWidth = 820
)

// narrow reports whether a list of a width shows one action only.
func narrow(width float32) bool { return width < kit.Dp(wideWidth) }

// headRow is the head of a group.
type headRow struct {
	kit.Compound
	arrow       *kit.Icon
	name, count *kit.Text
	all         *kit.Press
	flood       *news.Concern
}

func newHeadRow(handle func(news.Concern)) *headRow {
	r := &headRow{
		arrow: kit.NewIcon(assets.ChevronDown, kit.ColorText2, 16),
		name:  kit.NewText("", kit.Strong), count: kit.NewText("", kit.Caption),
	}
	r.all = kit.NewLink(words.Say("Handle all"), func() { handle(*r.flood) })
	r.Init(r, kit.Inset(0, kit.CardPad-2, 0, 12, kit.Spread(6, kit.HStack(6, r.arrow, r.name, r.count), r.all)))
	return r
}

func (r *headRow) show(l line, folded map[news.Group]bool) {
	arrow := assets.ChevronDown
	if folded[l.group] {
		arrow = assets.ChevronRight
	}
	r.arrow.Set(arrow, kit.ColorText2)
	frame.SetVisible(r.arrow, folds(l.group))
	r.name.Set(l.head)
	r.count.Set(l.count)
	r.flood = l.flood
	frame.SetVisible(r.all, l.flood != nil)
	r.Relayout()
}

// itemRow is an item with its actions.
type itemRow struct {
	kit.Compound
	of   *View
	line line

	tile   *kit.Tile
	title  *kit.Text
	reason *kit.Prose
	second *kit.Quiet  // Snooze or Mark handled, or Undo, or the office's name
	button *kit.Button // what leads on
}

func newItemRow(v *View) *itemRow {
	r := &itemRow{
		of: v, tile: kit.NewTile(kit.Neutral, nil),
		title: kit.NewText("", kit.Strong).Tight(), reason: kit.NewProse("", kit.Caption).AtMost(1),
	}
	r.second = kit.NewQuiet(r.pressSecond)
	r.button = kit.NewButton("", nil, r.pressButton)
	r.Init(r, &fyne.Container{Layout: itemLayout{r}, Objects: []fyne.CanvasObject{r.tile, r.title, r.reason, r.second, r.button}})
	return r
}

func (r *itemRow) show(l line) {
	r.line = l
	if l.done != nil {
		r.tile.Set(kit.Good, assets.Verified)
		r.title.SetStyled(l.done.text, kit.Muted)
		r.reason.Set(l.item.Title)
		r.second.Set(words.Say("Undo"), kit.ColorPrimary)
	} else {
		r.tile.Set(l.item.Family, l.item.Icon)
		r.title.SetStyled(l.item.Title, kit.Strong)
		r.reason.Set(l.item.Text)
		r.second.Set(secondVerb(l.item), kit.ColorText2)
		r.button.SetText(verb(l.item))
	}
	r.Relayout()
}

// secondVerb is what an item's second action is called; empty if it has none.
func secondVerb(c news.Concern) string {
	switch {
	case c.Offer != nil:
		return keepVerb(*c.Offer)
	case c.Snoozes():
		return words.Say("Snooze")
	case c.Handles() && c.Count == 1:
		return words.Say("Mark handled")
	case c.Handles() && len(c.Found) > 0:
		return words.Say("Mark handled")
	}
	return "" // its head has Handle all
}

// verb is what the button of an item says.
func verb(c news.Concern) string {
	switch {
	case c.Group == news.Connection:
		return words.Say("Open settings")
	case c.Offer != nil:
		return useVerb(*c.Offer)
	case c.Kind == core.FindReturned && c.Count == 1:
		return words.Say("Show both")
	case c.Kind == core.FindTwice && c.Count == 1:
		return words.Say("Compare")
	case c.Group == news.Unreadable:
		return words.Say("See one")
	}
	return words.Say("Review")
}

// anchor is what menus of the row open below.
func (r *itemRow) anchor() fyne.CanvasObject {
	if r.second.Visible() {
		return r.second
	}
	return r.button
}

func (r *itemRow) pressSecond() {
	switch c := r.line.item; {
	case r.line.done != nil:
		r.of.undo(r.line.done)
	case c.Offer != nil:
		r.of.name(c, false)
	case c.Snoozes():
		r.of.snooze(c)
	default:
		r.of.handle(c)
	}
}

// pressButton leads on. In a narrow list it offers the second action as well.
func (r *itemRow) pressButton() {
	c := r.line.item
	switch alone := !narrow(r.Size().Width); {
	case c.Offer != nil && alone:
		r.of.name(c, true)
		return
	case c.Offer != nil:
		r.chooseName()
		return
	case alone || !c.Handles():
		r.of.do.Review(c)
		return
	}
	items := []kit.MenuItem{{Text: verb(c), Do: func() { r.of.do.Review(c) }}}
	if c.Snoozes() {
		items = append(items, kit.MenuItem{Text: words.Say("Snooze until"), Do: func() { r.of.snooze(c) }})
	}
	handle := words.Say("Mark handled")
	if c.Count > 1 {
		handle = words.Say("Mark %s handled", explain.Number(c.Count))
	}
	kit.OpenMenu(r.button, append(items, kit.MenuItem{Text: handle, Do: func() { r.of.handle(c) }})...)
}

// itemLayout places the parts of an itemRow.
type itemLayout struct{ of *itemRow }

// Lengths in a row, for a text size of 100 %.
const (
	wordsAt    = 60  // where the words begin
	buttonWide = 104 // least width of the button
	actionGap  = 20  // between words, second action and button

	menuButtonWide = 128 // least width of a button that opens a menu
)

func (l itemLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l itemLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	r, dp, done, tight := l.of, kit.Dp, l.of.line.done != nil, narrow(size.Width)
	right := size.Width - dp(kit.CardPad)
	frame.SetVisible(r.button, !done)
	if !done {
		c := r.line.item
		r.button.SetOpens(tight && (c.Handles() || c.Offer != nil))
		least := dp(buttonWide)
		if tight {
			least = dp(menuButtonWide)
		}
		wide := max(least, r.button.MinSize().Width)
		right -= wide
		kit.Place(r.button, right, frame.Floor((size.Height-dp(kit.ControlHigh))/2), wide, dp(kit.ControlHigh))
		right -= dp(actionGap)
	}
	shown := r.second.Text() != "" && (done || !tight)
	frame.SetVisible(r.second, shown)
	if shown {
		m := r.second.MinSize()
		right -= m.Width
		kit.Place(r.second, right, frame.Floor((size.Height-m.Height)/2), m.Width, m.Height)
		right -= dp(actionGap)
	}
	kit.Place(r.tile, dp(kit.CardPad), frame.Floor((size.Height-dp(32))/2), dp(32), dp(32))
	lines := 1
	if tight {
		lines = 2
	}
	r.reason.AtMost(lines)
	x, width := dp(wordsAt), max(1, right-dp(wordsAt))
	r.reason.Resize(fyne.NewSize(width, r.reason.Size().Height)) // wrapped text needs the width before MinSize
	title, reason := r.title.MinSize().Height, r.reason.MinSize().Height
	y := frame.Floor((size.Height - title - reason + dp(1)) / 2)
	kit.Place(r.title, x, y, width, title)
	kit.Place(r.reason, x, y+title-dp(1), width, reason)
}
