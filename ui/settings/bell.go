package settings

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/notify"
	"rentbell/ui/words"
)

// bellKind is a kind of news that can be turned on and off.
type bellKind struct {
	icon                  fyne.Resource
	title, text           string
	rings, sounds, digest func(*core.Settings) *bool
	urgent                bool // it waits for no digest
}

func bellKinds() []bellKind {
	kind := func(icon fyne.Resource, title, text string, of func(*core.Kinds) *bool) bellKind {
		return bellKind{icon: icon, title: title, text: text,
			rings:  func(s *core.Settings) *bool { return of(&s.Bell.Kinds) },
			sounds: func(s *core.Settings) *bool { return of(&s.Bell.Sound) },
			digest: func(s *core.Settings) *bool { return of(&s.Bell.InDigest) },
		}
	}
	return []bellKind{
		kind(assets.NavPayments, words.Say("Payments"), words.Say("Rent and other money received"), func(k *core.Kinds) *bool { return &k.Payments }),
		kind(assets.NavWorkOrders, words.Say("Work orders"), words.Say("New ones and changes of status"), func(k *core.Kinds) *bool { return &k.WorkOrders }),
		kind(assets.NavLeases, words.Say("Leases"), words.Say("Signed and ended"), func(k *core.Kinds) *bool { return &k.Leases }),
		kind(assets.NavTenants, words.Say("Tenants"), words.Say("New tenants"), func(k *core.Kinds) *bool { return &k.Tenants }),
		kind(assets.Alert, words.Say("Needs attention"), words.Say("Events that came with something missing"), func(k *core.Kinds) *bool { return &k.Attention }),
	}
}

// bellsColumn is the width of a column of the card.
const bellsColumn = 70

// newBellsCard makes the card that chooses which kinds of events ring, sound and
// wait for the digest.
func newBellsCard(w *tasks) *card { return newKindsCard(w, words.Say("Tell me about"), bellKinds()) }

// newKindsCard makes a card with a row for each kind.
func newKindsCard(w *tasks, title string, kinds []bellKind) *card {
	c := newCard(w)
	heads := kit.HStack(0, bellsCell(kit.NewText(words.Say("Notify"), kit.Caption)))
	if w.Sounds {
		heads.Add(bellsCell(kit.NewText(words.Say("Ring bell"), kit.Caption)))
	}
	heads.Add(bellsCell(kit.NewText(words.Say("In digest"), kit.Caption)))
	body := kit.VStack(0, kit.NewCardHead(title, heads))
	for i, kind := range kinds {
		if i > 0 {
			body.Add(kit.NewRule())
		}
		body.Add(newBellsRow(c, kind))
	}
	c.object = kit.VStack(4, kit.NewBareCard(body), c.trouble)
	return c
}

// newBellsRow makes the card's row for one kind.
func newBellsRow(c *card, kind bellKind) fyne.CanvasObject {
	tile := kit.NewTile(kit.Neutral, kind.icon)
	sound := toggle(c, kit.NewBareCheck, words.Say("%s: ring the bell", kind.title), kind.sounds)
	digest := toggle(c, kit.NewBareCheck, words.Say("%s: wait for the digest", kind.title), kind.digest)
	cells := kit.HStack(0, bellsCell(toggle(c, newSwitch, kind.title, kind.rings)))
	if c.Sounds {
		cells.Add(bellsCell(sound))
	}
	cells.Add(bellsCell(digest))
	c.row(func(p State) {
		on, family := *kind.rings(&p.Settings), kit.Neutral
		if on {
			family = kit.Petrol
		}
		tile.Set(family, kind.icon)
		frame.SetEnabled(digest, on && !kind.urgent && p.Settings.Bell.Digest.Rhythm != core.AtOnce)
		frame.SetEnabled(sound, on)
	})
	words := kit.VStack(0, kit.NewText(kind.title, kit.Strong).Tight(), kit.NewText(kind.text, kit.Caption).Tight())
	row := kit.Spread(12, kit.Lead(12, tile, words), cells)
	return kit.Sized(0, 53, kit.Inset(0, kit.CardPad, 0, kit.CardPad, row))
}

// bellsCell puts a control in the middle of its column.
func bellsCell(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Sized(bellsColumn, 0, container.NewCenter(o))
}

// newPauseCard makes the card that pauses the bell.
func newPauseCard(w *tasks) *card {
	c := newCard(w)
	paused := func(p State) bool { return p.Status.Muted(c.Now()) }
	until := func(end time.Time) { c.Saver.Change(func(s *core.Settings) { s.MutedUntil = end }, nil) }
	choices := kit.VStack(8)
	for p, name := range words.PauseNames {
		choices.Add(kit.NewButton(words.Say(name), assets.Pause, func() { until(words.Pause(p).Until(c.Now())) }))
	}
	resume := kit.NewButton(words.Say("Resume the bell"), assets.Play, func() { until(time.Time{}) }).Primary()
	return c.titled(words.Say("Pause the bell"),
		c.text(kit.Body, func(p State) string {
			if paused(p) {
				return words.Say("Paused %s. Everything is still received and saved.", words.PausedUntil(p.Status.MutedUntil, c.Now()))
			}
			return words.Say("Everything is still received and saved, without the bell.")
		}),
		c.only(not(paused), choices), c.only(paused, resume))
}

// newClosingCard makes the card that chooses what closing the window does.
func newClosingCard(w *tasks) *card {
	c := newCard(w)
	title := words.Say("Keep listening when closed")
	closing := kit.Spread(12, captioned(title, words.Say("Rentbell stays beside the clock. Start it again to bring the window back.")),
		toggle(c, newSwitch, title, func(s *core.Settings) *bool { return &s.CloseToTray }))
	c.object = kit.VStack(4, kit.NewBareCard(kit.Inset(10, 12, 10, kit.CardPad, closing)), c.trouble)
	return c
}

// newPreviewCard makes the card that shows what a notification looks like.
func newPreviewCard(w *tasks) *card {
	c := newCard(w)
	sample := core.Ring{Count: 1, Event: &core.Event{Detail: core.Payment{
		Place:  core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"},
		Amount: 145000, AmountKnown: true,
	}}}
	title, body := kit.NewText("", kit.Strong).Tight(), kit.NewText("", kit.Muted).Tight()
	c.row(func(p State) {
		n := notify.Of(sample, p.Settings.Bell.Says)
		title.Set(n.Title)
		body.Set(n.Body)
	})
	text := kit.VStack(1,
		kit.Spread(8, kit.NewText("Rentbell", kit.Caption).Tight(), kit.NewText(words.Say("now"), kit.Caption)),
		title, body,
	)
	paper := container.NewStack(
		kit.NewBox(kit.ColorSurface, kit.ColorBorder, kit.CardRadius),
		kit.Inset(12, 12, 12, 14, kit.Lead(12, kit.NewIcon(assets.AppIcon, "", 36), text)),
	)
	desk := container.NewStack(kit.NewBox(kit.ColorNav, "", 8), kit.Inset(18, 14, 18, 14, paper))
	show := kit.HStack(8, kit.NewButton(words.Say("Show one now"), assets.Send, func() { w.Do.Ring(sample) }))
	return c.titled(words.Say("Preview"), desk, show)
}

// newSaysCard makes the card that chooses what a notification says.
func newSaysCard(w *tasks) *card {
	c := newCard(w)
	checks := kit.VStack(-6)
	for _, part := range []struct {
		name string
		of   func(*core.Settings) *bool
	}{
		{words.Say("Tenant name"), func(s *core.Settings) *bool { return &s.Bell.Says.Tenant }},
		{words.Say("Amount"), func(s *core.Settings) *bool { return &s.Bell.Says.Amount }},
		{words.Say("Property and unit"), func(s *core.Settings) *bool { return &s.Bell.Says.Place }},
	} {
		checks.Add(kit.HStack(0, toggle(c, kit.NewCheck, part.name, part.of)))
	}
	caption := kit.NewProse(words.Say("Turn these off if other people can see your screen. Without the name, a work order shows its number."), kit.Caption)
	return c.padded(kit.VStack(4, kit.NewText(words.Say("What it says"), kit.Title).Tight(), kit.Inset(0, 0, 0, -4, checks), caption, c.trouble))
}
