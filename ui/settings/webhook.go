package settings

import (
	"time"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// webhookActions is what the webhook card can ask for.
type webhookActions struct {
	register   func(done func(error))
	unregister func(done func(error))
	ask        func(frame.Question)
}

// webhookCard is the big button and what came of it.
type webhookCard struct {
	card
	now    func() time.Time
	do     webhookActions
	chip   *kit.Chip
	text   *kit.Prose
	button *kit.Button
	remove *kit.Press
	note   *kit.Prose
	page   State
	told   string // why pressing the button did not even get to AppFolio
}

func newWebhookCard(now func() time.Time, do webhookActions, update func()) *webhookCard {
	c := &webhookCard{
		card: newCard(update), now: now, do: do,
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
	w := frame.DescribeRegistration(p.Status, p.Secrets, c.now())
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
	c.do.ask(frame.Question{
		Title: words.Say("Remove the registration?"),
		Text:  words.Say("AppFolio stops delivering to this address, and the bell no longer rings. What has arrived stays. You can register again at any time."),
		Verb:  words.Say("Remove registration"),
		Answer: func() {
			c.told = ""
			c.remove.Disable()
			c.do.unregister(func(err error) {
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
	c.do.register(func(err error) {
		if err != nil {
			c.told = words.Tongue.Error(err).Text()
		}
		c.show(c.page)
	})
}
