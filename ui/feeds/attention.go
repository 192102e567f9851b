package feeds

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// mostConcerns is how many items are shown; the count says if there are more.
const mostConcerns = 50

// concernActions are what the items can ask for.
type concernActions struct {
	handled  func(id uint64)
	show     func(news.Concern)
	settings func()
}

// attentionList is the tab of the items, a card each.
type attentionList struct {
	object *fyne.Container
	do     concernActions
	cards  *fyne.Container
	scroll *kit.Scroll
}

func newAttentionList(do concernActions) *attentionList {
	a := &attentionList{do: do, cards: kit.VStack(kit.CardGap)}
	a.scroll = kit.NewScroll(kit.Inset(4, 0, kit.PagePad, 0, a.cards), kit.PagePad)
	a.object = a.scroll.Object
	return a
}

func (a *attentionList) show(items []news.Concern) {
	a.cards.Objects = nil
	for _, item := range items {
		a.cards.Objects = append(a.cards.Objects, a.newCard(item))
	}
	if len(items) == 0 {
		tick := kit.HStack(8, kit.NewIcon(assets.Verified, kit.ColorOk, 20),
			kit.NewText(words.Say("Nothing needs your attention. What you have handled stays in Everything."), kit.Muted))
		a.cards.Objects = []fyne.CanvasObject{kit.Inset(8, 0, 0, 4, tick)}
	}
	a.scroll.Update()
}

// newCard is one item with its actions.
func (a *attentionList) newCard(item news.Concern) fyne.CanvasObject {
	words := kit.VStack(2,
		kit.NewProse(item.Title, kit.Title),
		kit.NewProse(item.Text, kit.Body),
		kit.NewProse(item.Hint, kit.Muted),
	)
	row := &fyne.Container{Layout: &concernLayout{}, Objects: []fyne.CanvasObject{
		kit.NewLargeTile(item.Family, item.Icon), words, kit.HStack(8, a.buttons(item)...),
	}}
	return kit.NewCard(row)
}

func (a *attentionList) buttons(item news.Concern) []fyne.CanvasObject {
	if item.ID == 0 {
		return []fyne.CanvasObject{kit.NewButton(words.Say("Open settings"), nil, a.do.settings).Primary()}
	}
	return []fyne.CanvasObject{
		kit.NewButton(words.Say("Mark handled"), nil, func() { a.do.handled(item.ID) }),
		kit.NewButton(words.Say(showVerbs[item.Feed()]), nil, func() { a.do.show(item) }),
	}
}

// showVerbs lead from an item to what it is about, in English.
var showVerbs = map[core.Feed]string{
	core.FeedActivity:   "See the delivery",
	core.FeedPayments:   "Show payment",
	core.FeedWorkOrders: "Show work order",
	core.FeedLeases:     "Show lease",
	core.FeedTenants:    "Show tenant",
}

// concernLayout keeps the tile at the top and the buttons in the middle of the right
// side, and lets the words have the rest. Where that is little, the buttons go below.
type concernLayout struct {
	width float32 // width of the last layout; MinSize needs it to know the height
}

// Room in a concern's card, at 100 %.
const (
	concernWords = 54  // where they begin: the tile and a gap
	concernGap   = 16  // between words and buttons
	concernLeast = 300 // what words beside buttons are given at least
)

// beside returns the room for words beside the buttons, and whether it is enough.
func (l *concernLayout) beside(buttons fyne.CanvasObject) (room float32, enough bool) {
	room = l.width - kit.Dp(concernWords+concernGap) - buttons.MinSize().Width
	return room, l.width == 0 || room >= kit.Dp(concernLeast)
}

func (l *concernLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	tile, words, buttons := objects[0].MinSize().Height, objects[1].MinSize().Height, objects[2].MinSize().Height
	if _, enough := l.beside(objects[2]); !enough {
		return fyne.NewSize(0, max(tile, words+kit.Dp(kit.CardGap)+buttons))
	}
	return fyne.NewSize(0, max(tile, words, buttons))
}

func (l *concernLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	tile, words, buttons := objects[0], objects[1], objects[2]
	tile.Move(fyne.Position{})
	tile.Resize(tile.MinSize())
	x, b := kit.Dp(concernWords), buttons.MinSize()
	room, enough := l.beside(buttons)
	at := fyne.NewPos(size.Width-b.Width, (size.Height-b.Height)/2)
	if !enough {
		room, at = size.Width-x, fyne.NewPos(x, size.Height-b.Height)
	}
	buttons.Move(at)
	buttons.Resize(b)
	kit.Place(words, x, 0, max(1, room), size.Height)
}
