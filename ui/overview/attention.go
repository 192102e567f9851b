package overview

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// mostItems is how many items the card shows.
const mostItems = 3

// attention is the card of what needs a person's eye.
type attention struct {
	object   *fyne.Container
	items    *fyne.Container
	number   *kit.Text
	onReview func(news.Concern)
}

func newAttention(onReview func(news.Concern)) *attention {
	a := &attention{items: kit.VStack(0), number: kit.NewText("", kit.Caption), onReview: onReview}
	a.object = kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Needs attention"), a.number), a.items))
	return a
}

func (a *attention) show(c Content) {
	a.items.Objects = nil
	a.number.Set(words.SayN(c.attention, "%s item", "%s items", explain.Number(c.attention)))
	for i, item := range c.concerns[:min(len(c.concerns), mostItems)] {
		if i > 0 {
			a.items.Add(kit.NewRule())
		}
		text := kit.VStack(0, kit.NewText(item.Title, kit.Strong).Tight(), kit.NewText(item.Text, kit.Caption).Tight())
		row := kit.Spread(12, kit.Lead(12, kit.NewTile(item.Family, item.Icon), text), kit.NewLink(words.Say("Review"), func() { a.onReview(item) }))
		a.items.Add(kit.Sized(0, 53, kit.Inset(0, kit.CardPad-2, 0, kit.CardPad, row)))
	}
	if len(c.concerns) == 0 {
		a.number.Set("")
		icon, text := kit.NewIcon(assets.Verified, kit.ColorOk, 20), words.Say("All is well.")
		if c.trouble != "" {
			icon, text = kit.NewIcon(assets.Alert, kit.ColorWarn, 20), c.trouble
		}
		a.items.Add(kit.Sized(0, 53, kit.Inset(0, kit.CardPad, 0, kit.CardPad, kit.Lead(8, icon, kit.NewText(text, kit.Muted).Tight()))))
	}
	a.items.Refresh()
}
