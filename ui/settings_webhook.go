package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// registrationWords say how far the registration is.
type registrationWords struct {
	family kit.Family
	icon   fyne.Resource
	chip   string
	text   string
	verb   string // of the button
	ready  bool   // the button does something
	note   string // below the button; may be empty
}

func describeRegistration(s core.Status, secrets core.Secrets, now time.Time) registrationWords {
	r := s.Registration
	w := registrationWords{verb: words.Say("Register webhook"), ready: true}
	if !r.At.IsZero() {
		w.note = words.Say("Last registered %s", words.Tongue.At(r.At.In(now.Location()), now))
	}
	switch r.Progress {
	case core.Registering:
		w.family, w.icon, w.chip = kit.Petrol, assets.Send, words.Say("Registering")
		w.text, w.ready = words.Say("AppFolio is being told your address."), false
		return w
	case core.Registered:
		w.family, w.icon, w.chip, w.verb = kit.Good, assets.Verified, words.Say("Registered"), words.Say("Register again")
		w.text = words.Say("AppFolio delivers payments, work orders, leases and tenants to %s.", hostOf(r.Address))
	case core.Retrying:
		why := words.Tongue.Error(r.Problem)
		w.family, w.icon, w.chip = kit.Warn, assets.Clock, words.Say("Trying again")
		w.text = words.Say("%s. %s", why.Title, why.Cause)
		w.note = words.Say("Tries again %s", words.Tongue.At(r.RetryAt.In(now.Location()), now))
	case core.Declined:
		why := words.Tongue.Error(r.Problem)
		w.family, w.icon, w.chip = kit.Bad, assets.Rejected, words.Say("Not accepted")
		w.text = words.Trouble(why)
	case core.Waiting:
		w.family, w.icon, w.chip = kit.Neutral, assets.Clock, words.Say("Waiting")
		w.text = words.Say("Rentbell registers as soon as your address is open.")
	case core.NotWanted:
		w.family, w.icon, w.chip = kit.Warn, assets.Alert, words.Say("Needs registering")
		w.text = words.Say("AppFolio does not know your address yet. Register once, and from then on the bell rings by itself.")
	}
	switch {
	case secrets.APIKey.IsZero():
		w.ready, w.note = false, words.Say("Needs the API key first")
	case secrets.WebhookSecret.IsZero():
		w.ready, w.note = false, words.Say("Needs a webhook secret first")
	}
	return w
}

// webhookCard is the big button and what came of it.
type webhookCard struct {
	object *fyne.Container
	now    func() time.Time
	do     settingsActions

	head   *fyne.Container
	chip   *kit.Chip
	text   *kit.Prose
	button *kit.Button
	remove *kit.Press
	note   *kit.Prose
	page   settingsPage
	told   string // why pressing the button did not even get to AppFolio
}

func newWebhookCard(now func() time.Time, do settingsActions) *webhookCard {
	c := &webhookCard{
		now: now, do: do,
		chip: kit.NewChip(kit.Neutral, nil, ""),
		text: kit.NewProse("", kit.Body),
		note: kit.NewProse("", kit.Caption),
	}
	c.button = kit.NewButton(words.Say("Register webhook"), assets.Bell, c.press).Primary()
	c.head = kit.Spread(8, kit.NewText(words.Say("Webhook"), kit.Title).Tight(), c.chip)
	c.remove = kit.NewLink(words.Say("Remove registration"), c.askRemove)
	foot := kit.VStack(2, c.note, kit.HStack(0, kit.Inset(0, 0, 0, -2, c.remove)))
	body := kit.VStack(9, c.head, c.text, kit.Inset(3, 0, 0, 0, kit.Sized(0, 44, c.button)), foot)
	c.object = kit.NewBareCard(kit.Inset(12, kit.CardPad, kit.CardPad, kit.CardPad, body))
	return c
}

func (c *webhookCard) show(p settingsPage) {
	c.page = p
	frame.SetVisible(c.object, p.status.Kind != core.KindDeveloperSpace)
	w := describeRegistration(p.status, p.secrets, c.now())
	c.chip.Set(w.family, w.icon, w.chip)
	c.text.Set(w.text)
	c.button.SetText(w.verb)
	if w.ready {
		c.button.Enable()
	} else {
		c.button.Disable()
	}
	if c.told != "" {
		w.note = c.told
	}
	c.note.Set(w.note)
	frame.SetVisible(c.note, w.note != "")
	frame.SetVisible(c.remove, p.status.Registration.Address != "" && !p.override.Register && p.status.Registration.Progress != core.NotWanted)
	kit.Relayout(c.object)
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
