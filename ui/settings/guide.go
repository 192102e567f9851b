package settings

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// guideCard takes the place of the Webhook card in Developer Space, where only
// the user can register.
type guideCard struct {
	card
	now    func() time.Time
	chip   *kit.Chip
	text   *kit.Prose
	guide  *frame.Guide
	toggle *kit.Press // shows the steps again once they are done
	foot   *fyne.Container
	again  bool // it was pressed
	page   State
}

func newGuideCard(now func() time.Time, copyText, openPage func(string), update func()) *guideCard {
	c := &guideCard{card: newCard(update), now: now, chip: kit.NewChip(kit.Neutral, nil, ""), text: kit.NewProse("", kit.Body)}
	c.guide = frame.NewGuide(copyText, openPage)
	c.toggle = kit.NewLink(words.Say("Show the steps"), c.showSteps)
	c.foot = kit.HStack(0, kit.Inset(0, 0, 0, -2, c.toggle))
	body := kit.VStack(9, newCardTitle(words.Say("Webhook"), c.chip), c.text, c.guide.Object, c.foot)
	c.object = newPaddedCard(body)
	return c
}

func (c *guideCard) showSteps() {
	c.again, c.guide.Since = true, c.now()
	c.show(c.page)
}

func (c *guideCard) show(p State) {
	c.page = p
	frame.SetVisible(c.object, p.Status.Kind == core.KindDeveloperSpace)
	now, rang := c.now(), p.Status.Doorbell
	if rang.IsZero() {
		c.chip.Set(kit.Warn, assets.Alert, words.Say("Needs registering"))
		c.text.Set(words.Say("In Developer Space you register by hand, once. These four steps do it."))
	} else {
		c.chip.Set(kit.Good, assets.Verified, words.Say("Registered"))
		c.text.Set(words.Say("AppFolio rings here when something changes. It last rang %s.", words.Tongue.At(rang.In(now.Location()), now)))
	}
	steps := rang.IsZero() || c.again
	c.guide.Show(p.Status, p.Account, now)
	frame.SetVisible(c.guide.Object, steps)
	frame.SetVisible(c.foot, !steps)
	c.relayout()
}
