package feeds

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// concern is one item under Needs attention, in words.
type concern struct {
	id    uint64 // for Mark handled; 0: it goes away by itself
	event *core.Event
	body  []byte // of a delivery that is no event

	icon   fyne.Resource
	family kit.Family
	title  string
	text   string // who and what
	hint   string // what to do
}

// mostConcerns is how many items are shown; the count says if there are more.
const mostConcerns = 50

// describeConcern puts a concern of the store into words.
func describeConcern(c core.Concern, now time.Time) concern {
	item := concern{id: c.ID, event: c.Event, family: kit.Warn, icon: assets.Alert}
	if c.Event == nil {
		w := words.Tongue.Quarantine(c.Quarantined.Reason)
		arrived := c.Quarantined.ReceivedAt.In(now.Location())
		item.title, item.hint, item.body = w.Title, w.Fix, c.Quarantined.Body
		item.text = words.Say("It arrived %s. %s", words.Tongue.At(arrived, now), w.Cause)
		if c.Count > 1 {
			item.text = words.Say("There are %s of them. The last arrived %s. %s", explain.Number(c.Count), words.Tongue.At(arrived, now), w.Cause)
		}
		return item
	}
	w := words.Tongue.Event(*c.Event)
	l := words.Describe(*c.Event)
	_, item.icon = iconOf(*c.Event)
	item.title, item.hint = w.Title, w.Fix
	item.text = words.Say("%s, %s. %s", l.Title, words.Tongue.OnDay(c.Event.OccurredAt.In(now.Location()), now), w.Cause)
	return item
}

// registrationConcern is a registration that AppFolio did not take. ok is false
// when there is nothing to tell.
func registrationConcern(s core.RegistrationStatus) (item concern, ok bool) {
	if s.Progress != core.Retrying && s.Progress != core.Declined {
		return concern{}, false
	}
	w := words.Tongue.Error(s.Problem)
	return concern{icon: assets.Globe, family: kit.Warn, title: w.Title, text: w.Cause, hint: w.Fix}, true
}

// concernActions are what the items can ask for.
type concernActions struct {
	handled  func(id uint64)
	show     func(concern)
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

func (a *attentionList) show(items []concern) {
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

// newCard is one item with its actions at the right.
func (a *attentionList) newCard(item concern) fyne.CanvasObject {
	words := kit.VStack(2,
		kit.NewText(item.title, kit.Title).Tight(),
		kit.NewProse(item.text, kit.Body),
		kit.NewProse(item.hint, kit.Muted),
	)
	row := &fyne.Container{Layout: concernLayout{}, Objects: []fyne.CanvasObject{
		kit.NewLargeTile(item.family, item.icon), words, kit.HStack(8, a.buttons(item)...),
	}}
	return kit.NewCard(row)
}

func (a *attentionList) buttons(item concern) []fyne.CanvasObject {
	if item.id == 0 {
		return []fyne.CanvasObject{kit.NewButton(words.Say("Open settings"), nil, a.do.settings).Primary()}
	}
	return []fyne.CanvasObject{
		kit.NewButton(words.Say("Mark handled"), nil, func() { a.do.handled(item.id) }),
		kit.NewButton(words.Say(showVerbs[item.feed()]), nil, func() { a.do.show(item) }),
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

// feed is the page that an item's event belongs to.
func (c concern) feed() core.Feed {
	if c.event == nil || c.event.Detail == nil {
		return core.FeedActivity
	}
	return c.event.Detail.Feed()
}

// concernLayout keeps the tile at the top and the buttons in the middle, and
// lets the words have the rest.
type concernLayout struct{}

// Room in a concern's card, at 100 %.
const (
	concernWords = 54 // where they begin: the tile and a gap
	concernGap   = 16 // between words and buttons
)

func (concernLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	high := max(objects[0].MinSize().Height, objects[1].MinSize().Height, objects[2].MinSize().Height)
	return fyne.NewSize(0, high)
}

func (concernLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	tile, words, buttons := objects[0], objects[1], objects[2]
	tile.Move(fyne.Position{})
	tile.Resize(tile.MinSize())
	b := buttons.MinSize()
	buttons.Move(fyne.NewPos(size.Width-b.Width, (size.Height-b.Height)/2))
	buttons.Resize(b)
	x := kit.Dp(concernWords)
	words.Move(fyne.NewPos(x, 0))
	words.Resize(fyne.NewSize(max(1, size.Width-x-b.Width-kit.Dp(concernGap)), size.Height))
}
