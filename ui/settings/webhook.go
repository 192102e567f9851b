package settings

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// webhookCard is the big button and what came of it.
type webhookCard struct {
	card
	chip   *kit.Chip
	text   *kit.Prose
	button *kit.Button
	remove *kit.Press
	note   *kit.Prose
	page   State
	told   string // why pressing the button did not even get to AppFolio
}

func newWebhookCard(w *tasks) *webhookCard {
	c := &webhookCard{
		card: newCard(w),
		chip: kit.NewChip(kit.Neutral, nil, ""),
		text: kit.NewProse("", kit.Body),
		note: kit.NewProse("", kit.Caption),
	}
	c.button = kit.NewButton(words.Say("Register webhook"), assets.Bell, c.press).Primary()
	c.remove = kit.NewLink(words.Say("Remove registration"), c.askRemove)
	foot := kit.VStack(2, c.note, kit.HStack(0, kit.Inset(0, 0, 0, -2, c.remove)))
	body := kit.VStack(9, newCardTitle(words.Say("Webhook"), c.chip), c.text, kit.Inset(3, 0, 0, 0, kit.Sized(0, 44, c.button)), foot)
	c.object = newPaddedCard(body)
	return c
}

func (c *webhookCard) show(p State) {
	c.page = p
	frame.SetVisible(c.object, p.Status.Kind != core.KindDeveloperSpace)
	w := frame.DescribeRegistration(p.Status, p.Secrets, c.Now())
	c.chip.Set(w.Family, w.Icon, w.Chip)
	c.text.Set(w.Text)
	c.button.SetText(w.Verb)
	frame.SetEnabled(c.button, w.Ready)
	if c.told != "" {
		w.Note = c.told
	}
	c.note.Set(w.Note)
	frame.SetVisible(c.note, w.Note != "")
	frame.SetVisible(c.remove, p.Status.Registration.Address != "" && !p.Override.Register && p.Status.Registration.Progress != core.NotWanted)
	c.relayout()
}

// askRemove takes the address out of AppFolio, after asking.
func (c *webhookCard) askRemove() {
	c.ask(frame.Question{
		Title: words.Say("Remove the registration?"),
		Text:  words.Say("AppFolio stops delivering to this address, and the bell no longer rings. What has arrived stays. You can register again at any time."),
		Verb:  words.Say("Remove registration"),
		Answer: func() {
			c.told = ""
			c.remove.Disable()
			c.Saver.Do(c.Bell.Unregister, func(err error) {
				c.remove.Enable()
				if err != nil {
					c.told = words.Tongue.Error(err).Text()
				}
				c.show(c.page)
			})
		},
	})
}

func (c *webhookCard) press() {
	c.told = ""
	c.button.Disable()
	c.Saver.Do(c.Bell.Register, func(err error) {
		if err != nil {
			c.told = words.Tongue.Error(err).Text()
		}
		c.show(c.page)
	})
}

// guideCard takes the place of the Webhook card in Developer Space, where only
// the user can register.
type guideCard struct {
	card
	chip   *kit.Chip
	text   *kit.Prose
	guide  *frame.Guide
	toggle *kit.Press // shows the steps again once they are done
	foot   *fyne.Container
	again  bool // it was pressed
	page   State
}

func newGuideCard(w *tasks) *guideCard {
	c := &guideCard{card: newCard(w), chip: kit.NewChip(kit.Neutral, nil, ""), text: kit.NewProse("", kit.Body)}
	c.guide = frame.NewGuide(w.Do.Copy, w.Do.OpenPage)
	c.toggle = kit.NewLink(words.Say("Show the steps"), c.showSteps)
	c.foot = kit.HStack(0, kit.Inset(0, 0, 0, -2, c.toggle))
	body := kit.VStack(9, newCardTitle(words.Say("Webhook"), c.chip), c.text, c.guide.Object, c.foot)
	c.object = newPaddedCard(body)
	return c
}

func (c *guideCard) showSteps() {
	c.again, c.guide.Since = true, c.Now()
	c.show(c.page)
}

func (c *guideCard) show(p State) {
	c.page = p
	frame.SetVisible(c.object, p.Status.Kind == core.KindDeveloperSpace)
	now, rang := c.Now(), p.Status.Doorbell
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
