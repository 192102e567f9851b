package settings

import (
	"cmp"
	"context"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// webhookCard is the big button and what came of it.
type webhookCard struct {
	*card
	button *kit.Button
	remove *kit.Press
	note   *kit.Prose
	told   string // why pressing the button did not even get to AppFolio
}

func newWebhookCard(w *tasks) *webhookCard {
	c := &webhookCard{card: newCard(w), note: kit.NewProse("", kit.Caption)}
	chip, text := kit.NewChip(kit.Neutral, nil, ""), kit.NewProse("", kit.Body)
	c.button = kit.NewButton(words.Say("Register webhook"), assets.Bell, c.press).Primary()
	c.remove = kit.NewLink(words.Say("Remove registration"), c.askRemove)
	foot := kit.VStack(2, c.note, kit.HStack(0, kit.Inset(0, 0, 0, -2, c.remove)))
	c.headed(words.Say("Webhook"), chip, text, kit.Inset(3, 0, 0, 0, kit.Sized(0, 44, c.button)), foot)
	c.row(func(p State) {
		frame.SetVisible(c.object, p.Status.Kind != core.KindDeveloperSpace)
		w, r := frame.DescribeRegistration(p.Status, p.Secrets, c.Now()), p.Status.Registration
		chip.Set(w.Family, w.Icon, w.Chip)
		text.Set(w.Text)
		c.button.SetText(w.Verb)
		c.note.Set(cmp.Or(c.told, w.Note))
		frame.SetEnabled(c.button, w.Ready)
		frame.SetVisible(c.note, c.note.Text() != "")
		frame.SetVisible(c.remove, r.Address != "" && !p.Override.Register && r.Progress != core.NotWanted)
	})
	return c
}

// askRemove takes the address out of AppFolio, after asking.
func (c *webhookCard) askRemove() {
	c.ask(frame.Question{
		Title: words.Say("Remove the registration?"),
		Text:  words.Say("AppFolio stops delivering to this address, and the bell no longer rings. What has arrived stays. You can register again at any time."),
		Verb:  words.Say("Remove registration"),
		Answer: func() {
			c.remove.Disable()
			c.attempt(c.Bell.Unregister)
		},
	})
}

func (c *webhookCard) press() {
	c.button.Disable() // until it is shown again
	c.attempt(c.Bell.Register)
}

// attempt registers or unregisters, and tells why AppFolio was not even asked.
func (c *webhookCard) attempt(what func(context.Context) error) {
	c.told = ""
	c.Saver.Do(what, func(err error) {
		c.remove.Enable()
		if err != nil {
			c.told = words.Tongue.Error(err).Text()
		}
		c.show(c.page)
	})
}

// newGuideCard takes the place of the Webhook card in Developer Space, where only
// the user can register.
func newGuideCard(w *tasks) *card {
	c := newCard(w)
	chip := kit.NewChip(kit.Neutral, nil, "")
	guide := frame.NewGuide(w.Do.Copy, w.Do.OpenPage)
	again := false // the steps show although they are done
	show := kit.NewLink(words.Say("Show the steps"), func() {
		again, guide.Since = true, c.Now()
		c.show(c.page)
	})
	done := func(p State) bool { return !p.Status.Doorbell.IsZero() && !again }
	text := c.text(kit.Body, func(p State) string {
		if p.Status.Doorbell.IsZero() {
			return words.Say("In Developer Space you register by hand, once. These four steps do it.")
		}
		now := c.Now()
		return words.Say("AppFolio rings here when something changes. It last rang %s.", words.Tongue.At(p.Status.Doorbell.In(now.Location()), now))
	})
	c.headed(words.Say("Webhook"), chip, text,
		c.only(func(p State) bool { return !done(p) }, guide.Object),
		c.only(done, kit.HStack(0, kit.Inset(0, 0, 0, -2, show))))
	c.row(func(p State) {
		frame.SetVisible(c.object, p.Status.Kind == core.KindDeveloperSpace)
		guide.Show(p.Status, p.Account, c.Now())
		chip.Set(kit.Good, assets.Verified, words.Say("Registered"))
		if p.Status.Doorbell.IsZero() {
			chip.Set(kit.Warn, assets.Alert, words.Say("Needs registering"))
		}
	})
	return c
}
