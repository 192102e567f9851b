package settings

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// bellKind is a kind of event that can be turned on and off.
type bellKind struct {
	icon        fyne.Resource
	title, text string
	of          func(*core.Bells) *bool
	in          func(*core.Kinds) *bool
}

func bellKinds() []bellKind {
	return []bellKind{
		{assets.NavPayments, words.Say("Payments"), words.Say("Rent and other money received"), func(b *core.Bells) *bool { return &b.Payments }, func(k *core.Kinds) *bool { return &k.Payments }},
		{assets.NavWorkOrders, words.Say("Work orders"), words.Say("New ones and changes of status"), func(b *core.Bells) *bool { return &b.WorkOrders }, func(k *core.Kinds) *bool { return &k.WorkOrders }},
		{assets.NavLeases, words.Say("Leases"), words.Say("Signed and ended"), func(b *core.Bells) *bool { return &b.Leases }, func(k *core.Kinds) *bool { return &k.Leases }},
		{assets.NavTenants, words.Say("Tenants"), words.Say("New tenants"), func(b *core.Bells) *bool { return &b.Tenants }, func(k *core.Kinds) *bool { return &k.Tenants }},
		{assets.Alert, words.Say("Needs attention"), words.Say("Events that came with something missing"), func(b *core.Bells) *bool { return &b.Attention }, func(k *core.Kinds) *bool { return &k.Attention }},
	}
}

// bellsCard chooses what rings, what sounds, and what a digest gathers.
type bellsCard struct {
	form
	kinds []*bellsRow
}

// bellsRow is a kind of event on the card. sound is nil where nothing sounds.
type bellsRow struct {
	tile          *kit.Tile
	notify        *kit.Switch
	sound, digest *kit.Check
}

// bellsColumn is the width of a column of the card.
const bellsColumn = 70

func newBellsCard(w *tasks) *bellsCard {
	c := &bellsCard{form: newForm(w)}
	heads := kit.HStack(0, bellsCell(kit.NewText(words.Say("Notify"), kit.Caption)))
	if w.Sounds {
		heads.Add(bellsCell(kit.NewText(words.Say("Ring bell"), kit.Caption)))
	}
	heads.Add(bellsCell(kit.NewText(words.Say("In digest"), kit.Caption)))
	body := kit.VStack(0, kit.NewCardHead(words.Say("Tell me about"), heads))
	for i, kind := range bellKinds() {
		if i > 0 {
			body.Add(kit.NewRule())
		}
		body.Add(c.newRow(kind))
	}
	c.object = kit.VStack(4, kit.NewBareCard(body), c.trouble)
	return c
}

func (c *bellsCard) newRow(kind bellKind) fyne.CanvasObject {
	r := &bellsRow{tile: kit.NewTile(kit.Neutral, kind.icon)}
	rings := func(s *core.Settings) *bool { return kind.of(&s.Bell) }
	r.notify = c.newSwitch(kind.title, rings)
	r.digest = c.newBareCheck(words.Say("%s: wait for the digest", kind.title), func(s *core.Settings) *bool { return kind.in(&s.Bell.InDigest) })
	cells := kit.HStack(0, bellsCell(r.notify))
	if c.Sounds {
		r.sound = c.newBareCheck(words.Say("%s: ring the bell", kind.title), func(s *core.Settings) *bool { return kind.in(&s.Bell.Sound) })
		cells.Add(bellsCell(r.sound))
	}
	cells.Add(bellsCell(r.digest))
	c.kinds = append(c.kinds, r)
	c.rows = append(c.rows, func(s core.Settings) {
		on, family := *rings(&s), kit.Neutral
		if on {
			family = kit.Petrol
		}
		r.tile.Set(family, kind.icon)
		frame.SetEnabled(r.digest, on && s.Bell.Digest.Rhythm != core.AtOnce)
		if r.sound != nil {
			frame.SetEnabled(r.sound, on)
		}
	})
	words := kit.VStack(0, kit.NewText(kind.title, kit.Strong).Tight(), kit.NewText(kind.text, kit.Caption).Tight())
	row := kit.Spread(12, kit.Lead(12, r.tile, words), cells)
	return kit.Sized(0, 53, kit.Inset(0, kit.CardPad, 0, kit.CardPad, row))
}

// bellsCell puts a control in the middle of its column.
func bellsCell(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Sized(bellsColumn, 0, container.NewCenter(o))
}

// pauseCard pauses the bell.
type pauseCard struct {
	card
	text    *kit.Prose
	choices *fyne.Container
	resume  *kit.Button
}

func newPauseCard(w *tasks) *pauseCard {
	c := &pauseCard{card: newCard(w), text: kit.NewProse("", kit.Body), choices: kit.VStack(8)}
	for p, name := range words.PauseNames {
		c.choices.Add(kit.NewButton(words.Say(name), assets.Pause, func() { c.mute(words.Pause(p).Until(c.Now())) }))
	}
	c.resume = kit.NewButton(words.Say("Resume the bell"), assets.Play, func() { c.mute(time.Time{}) }).Primary()
	c.object = newTitledCard(words.Say("Pause the bell"), c.text, c.choices, c.resume)
	return c
}

// mute keeps the bell quiet until an end; everything is still kept.
func (c *pauseCard) mute(end time.Time) {
	c.Saver.Change(func(s *core.Settings) { s.MutedUntil = end }, nil)
}

func (c *pauseCard) show(p State) {
	now := c.Now()
	paused := p.Status.Muted(now)
	c.text.Set(words.Say("Everything is still received and saved, without the bell."))
	if paused {
		c.text.Set(words.Say("Paused %s. Everything is still received and saved.", words.PausedUntil(p.Status.MutedUntil, now)))
	}
	frame.SetVisible(c.choices, !paused)
	frame.SetVisible(c.resume, paused)
	c.relayout()
}

// closingCard chooses what closing the window does.
type closingCard struct {
	form
	toggle *kit.Switch
}

func newClosingCard(w *tasks) *closingCard {
	c := &closingCard{form: newForm(w)}
	title := words.Say("Keep listening when closed")
	c.toggle = c.newSwitch(title, func(s *core.Settings) *bool { return &s.CloseToTray })
	words := kit.VStack(0,
		kit.NewText(title, kit.Strong).Tight(),
		kit.NewProse(words.Say("Rentbell stays beside the clock. Start it again to bring the window back."), kit.Caption),
	)
	c.object = kit.VStack(4, kit.NewBareCard(kit.Inset(10, 12, 10, kit.CardPad, kit.Spread(12, words, c.toggle))), c.trouble)
	return c
}

// previewCard shows what a notification looks like.
type previewCard struct {
	card
	title, body *kit.Text
}

func newPreviewCard(w *tasks) *previewCard {
	c := &previewCard{card: newCard(w), title: kit.NewText("", kit.Strong).Tight(), body: kit.NewText("", kit.Muted).Tight()}
	text := kit.VStack(1,
		kit.Spread(8, kit.NewText("Rentbell", kit.Caption).Tight(), kit.NewText(words.Say("now"), kit.Caption)),
		c.title, c.body,
	)
	paper := container.NewStack(
		kit.NewBox(kit.ColorSurface, kit.ColorBorder, kit.CardRadius),
		kit.Inset(12, 12, 12, 14, kit.Lead(12, kit.NewIcon(assets.AppIcon, "", 36), text)),
	)
	desk := container.NewStack(kit.NewBox(kit.ColorNav, "", 8), kit.Inset(18, 14, 18, 14, paper))
	show := kit.HStack(8, kit.NewButton(words.Say("Show one now"), assets.Send, w.Do.Notify))
	c.object = newTitledCard(words.Say("Preview"), desk, show)
	return c
}

func (c *previewCard) show(p State) {
	title, body := c.Notice(p.Settings.Bell.Says)
	c.title.Set(title)
	c.body.Set(body)
}

// saysCard chooses what a notification tells.
type saysCard struct {
	form
	tenant, amount, place *kit.Check
}

func newSaysCard(w *tasks) *saysCard {
	c := &saysCard{form: newForm(w)}
	c.tenant = c.newCheck(words.Say("Tenant name"), func(s *core.Settings) *bool { return &s.Bell.Says.Tenant })
	c.amount = c.newCheck(words.Say("Amount"), func(s *core.Settings) *bool { return &s.Bell.Says.Amount })
	c.place = c.newCheck(words.Say("Property and unit"), func(s *core.Settings) *bool { return &s.Bell.Says.Place })
	checks := kit.VStack(-6, kit.HStack(0, c.tenant), kit.HStack(0, c.amount), kit.HStack(0, c.place))
	caption := kit.NewProse(words.Say("Turn these off if other people can see your screen. Without the name, a work order shows its number."), kit.Caption)
	body := kit.VStack(4, kit.NewText(words.Say("What it says"), kit.Title).Tight(), kit.Inset(0, 0, 0, -4, checks), caption, c.trouble)
	c.object = newPaddedCard(body)
	return c
}
