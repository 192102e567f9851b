package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
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
	w := registrationWords{verb: "Register webhook", ready: true}
	if !r.At.IsZero() {
		w.note = "Last registered " + explain.At(r.At.In(now.Location()), now)
	}
	switch r.Progress {
	case core.Registering:
		w.family, w.icon, w.chip = kit.Petrol, assets.Send, "Registering"
		w.text, w.ready = "AppFolio is being told your address.", false
		return w
	case core.Registered:
		w.family, w.icon, w.chip, w.verb = kit.Good, assets.Verified, "Registered", "Register again"
		w.text = "AppFolio delivers payments, work orders, leases and tenants to " + hostOf(r.Address) + "."
	case core.Retrying:
		why := explain.Error(r.Problem)
		w.family, w.icon, w.chip = kit.Warn, assets.Clock, "Trying again"
		w.text = why.Title + ". " + why.Cause
		w.note = "Tries again " + explain.At(r.RetryAt.In(now.Location()), now)
	case core.Declined:
		why := explain.Error(r.Problem)
		w.family, w.icon, w.chip = kit.Bad, assets.Rejected, "Not accepted"
		w.text = why.Title + ". " + why.Text()
	case core.Waiting:
		w.family, w.icon, w.chip = kit.Neutral, assets.Clock, "Waiting"
		w.text = "Rentbell registers as soon as your address is open."
	case core.NotWanted:
		w.family, w.icon, w.chip = kit.Warn, assets.Alert, "Needs registering"
		w.text = "AppFolio does not know your address yet. Register once, and from then on the bell rings by itself."
	}
	switch {
	case secrets.APIKey.IsZero():
		w.ready, w.note = false, "Needs the API key first"
	case secrets.WebhookSecret.IsZero():
		w.ready, w.note = false, "Needs a webhook secret first"
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
	c.button = kit.NewButton("Register webhook", assets.Bell, c.press).Primary()
	c.head = kit.Spread(8, kit.NewText("Webhook", kit.Title).Tight(), c.chip)
	body := kit.VStack(9, c.head, c.text, kit.Inset(3, 0, 0, 0, kit.Sized(0, 44, c.button)), c.note)
	c.object = kit.NewBareCard(kit.Inset(12, kit.CardPad, kit.CardPad, kit.CardPad, body))
	return c
}

func (c *webhookCard) show(p settingsPage) {
	c.page = p
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
	setVisible(c.note, w.note != "")
	kit.Relayout(c.object)
}

func (c *webhookCard) press() {
	c.told = ""
	c.button.Disable()
	c.do.register(func(err error) {
		if err != nil {
			c.told = explain.Error(err).Text()
		}
		c.show(c.page)
	})
}

// healthCard says of each part of the way whether it works.
type healthCard struct {
	object *fyne.Container
	now    func() time.Time

	again *kit.Press
	rows  [4]*healthRow
}

func newHealthCard(now func() time.Time, do settingsActions) *healthCard {
	c := &healthCard{now: now, again: kit.NewLink("Try now", do.reconnect)}
	body := kit.VStack(0, kit.NewCardHead("Health check", c.again))
	for i := range c.rows {
		c.rows[i] = newHealthRow()
		if i > 0 {
			body.Add(kit.NewRule())
		}
		body.Add(c.rows[i].object)
	}
	c.object = kit.NewBareCard(body)
	return c
}

func (c *healthCard) show(p settingsPage) {
	now, s := c.now(), p.status
	setVisible(c.again, s.Connection == core.Unreachable || s.Connection == core.ConnectionRefused)
	for i, h := range []health{tunnelHealth(s, now), arrivalHealth(s.Summary, now), signatureHealth(s.Summary, now), diskHealth(s)} {
		c.rows[i].show(h)
	}
	kit.Relayout(c.object)
}

// health is one part of the way from AppFolio to the bell.
type health struct {
	family kit.Family // Good, Warn, Bad, or Neutral while nobody knows
	title  string
	text   string
}

func tunnelHealth(s core.Status, now time.Time) health {
	h := health{title: "Internet and tunnel"}
	switch s.Connection {
	case core.Listening:
		h.family, h.text = kit.Good, "Working since "+explain.Since(s.Since.In(now.Location()), now)
	case core.Connecting:
		h.family, h.text = kit.Neutral, "Connecting"
	case core.ConnectionOff:
		h.family, h.text = kit.Warn, "Not set up. Add the ngrok authtoken."
	default:
		s.Storage = nil // has a row of its own
		w, _ := explain.Status(s, now)
		h.family, h.text = kit.Bad, w.Title+". "+w.Text()
	}
	return h
}

func arrivalHealth(s core.Summary, now time.Time) health {
	h := health{kit.Good, "AppFolio reaches you", lastEvent(s.LastEvent, now)}
	if s.LastEvent.IsZero() {
		h.family = kit.Neutral
	}
	return h
}

// signatureHealth looks back one day: what strangers tried last month is no
// reason to worry.
func signatureHealth(s core.Summary, now time.Time) health {
	h := health{kit.Good, "Signatures", "Every delivery matched"}
	switch {
	case s.Rejected.Count == 0 && s.LastEvent.IsZero():
		h.family, h.text = kit.Neutral, "Nothing to check yet"
	case s.Rejected.Count > 0 && now.Sub(s.Rejected.Last) < 24*time.Hour:
		h.family = kit.Warn
		h.text = "The last was kept out " + explain.At(s.Rejected.Last.In(now.Location()), now) + ". If you made a new secret, register again."
	case s.Rejected.Count > 0:
		h.text = explain.Number(s.Rejected.Count) + " kept out so far, the last " + explain.OnDay(s.Rejected.Last.In(now.Location()), now)
	}
	return h
}

func diskHealth(s core.Status) health {
	if s.Storage != nil {
		return health{kit.Bad, "Saving", explain.Error(s.Storage).Text()}
	}
	if s.Summary.Events == 0 {
		return health{kit.Good, "Saving", "Ready"}
	}
	return health{kit.Good, "Saving", explain.Count(s.Summary.Events, "event") + " kept on this computer"}
}

// healthRow is a mark, a title and what there is to say.
type healthRow struct {
	object *fyne.Container
	mark   *kit.Icon
	title  *kit.Text
	text   *kit.Prose
}

func newHealthRow() *healthRow {
	r := &healthRow{
		mark:  kit.NewIcon(assets.Info, kit.ColorText2, 20),
		title: kit.NewText("", kit.Strong).Tight(),
		text:  kit.NewProse("", kit.Caption),
	}
	row := &fyne.Container{Layout: markLayout{}, Objects: []fyne.CanvasObject{r.mark, kit.VStack(0, r.title, r.text)}}
	r.object = kit.Inset(8, kit.CardPad, 8, kit.CardPad, row)
	return r
}

func (r *healthRow) show(h health) {
	icon, ink := assets.Info, kit.ColorText2
	switch h.family {
	case kit.Good:
		icon, ink = assets.Verified, kit.ColorOk
	case kit.Warn:
		icon, ink = assets.Alert, kit.ColorWarn
	case kit.Bad:
		icon, ink = assets.Rejected, kit.ColorErr
	}
	r.mark.Set(icon, ink)
	r.title.Set(h.title)
	r.text.Set(h.text)
}

// markLayout puts a mark of 20 before words, in their middle.
type markLayout struct{}

func (markLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Dp(32), max(objects[1].MinSize().Height, kit.Dp(20)))
}

func (markLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, (size.Height-kit.Dp(20))/2))
	objects[0].Resize(fyne.NewSquareSize(kit.Dp(20)))
	objects[1].Move(fyne.NewPos(kit.Dp(32), 0))
	objects[1].Resize(fyne.NewSize(max(0, size.Width-kit.Dp(32)), size.Height))
}
