package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// bellKinds are the kinds of events that can be turned on and off.
var bellKinds = []struct {
	icon        fyne.Resource
	title, text string
	of          func(*core.Bells) *bool
}{
	{assets.NavPayments, "Payments", "Rent and other money received", func(b *core.Bells) *bool { return &b.Payments }},
	{assets.NavWorkOrders, "Work orders", "New ones and changes of status", func(b *core.Bells) *bool { return &b.WorkOrders }},
	{assets.NavLeases, "Leases", "Signed and ended", func(b *core.Bells) *bool { return &b.Leases }},
	{assets.NavTenants, "Tenants", "New tenants", func(b *core.Bells) *bool { return &b.Tenants }},
	{assets.Alert, "Needs attention", "Events that came with something missing", func(b *core.Bells) *bool { return &b.Attention }},
}

// bellsCard chooses what rings.
type bellsCard struct {
	object   *fyne.Container
	do       settingsActions
	switches []*kit.Switch
	tiles    []*kit.Tile
	trouble  *kit.Prose
}

func newBellsCard(do settingsActions) *bellsCard {
	c := &bellsCard{do: do, trouble: newTrouble()}
	body := kit.VStack(0, kit.NewCardHead("Tell me about", kit.NewText("Notify", kit.Caption)))
	for i, kind := range bellKinds {
		tile := kit.NewTile(kit.Neutral, kind.icon)
		toggle := kit.NewSwitch(kind.title, false, func(on bool) { c.set(i, on) })
		c.tiles, c.switches = append(c.tiles, tile), append(c.switches, toggle)
		if i > 0 {
			body.Add(kit.NewRule())
		}
		words := kit.VStack(0, kit.NewText(kind.title, kit.Strong).Tight(), kit.NewText(kind.text, kit.Caption).Tight())
		row := kit.Spread(12, kit.Lead(12, tile, words), toggle)
		body.Add(kit.Sized(0, 53, kit.Inset(0, 12, 0, kit.CardPad, row)))
	}
	c.object = kit.VStack(4, kit.NewBareCard(body), c.trouble)
	return c
}

func (c *bellsCard) show(p settingsPage) {
	for i, kind := range bellKinds {
		c.paint(i, *kind.of(&p.settings.Bell))
	}
}

func (c *bellsCard) paint(i int, on bool) {
	c.switches[i].Set(on)
	family := kit.Neutral
	if on {
		family = kit.Petrol
	}
	c.tiles[i].Set(family, bellKinds[i].icon)
}

// set saves one switch. If that fails the switch goes back.
func (c *bellsCard) set(i int, on bool) {
	c.paint(i, on)
	c.do.change(func(s *core.Settings) { *bellKinds[i].of(&s.Bell) = on }, func(err error) {
		tell(c.trouble, err)
		if err != nil {
			c.paint(i, !on)
		}
	})
}

// pauseCard pauses the bell.
type pauseCard struct {
	object  *fyne.Container
	now     func() time.Time
	text    *kit.Prose
	choices *fyne.Container
	resume  *kit.Button
}

func newPauseCard(now func() time.Time, do settingsActions) *pauseCard {
	c := &pauseCard{now: now, text: kit.NewProse("", kit.Body), choices: kit.VStack(8)}
	for p, name := range pauseNames {
		c.choices.Add(kit.NewButton(name, assets.Pause, func() { do.pause(pauseFor(p)) }))
	}
	c.resume = kit.NewButton("Resume the bell", assets.Play, do.resume).Primary()
	c.object = newTitledCard("Pause the bell", c.text, c.choices, c.resume)
	return c
}

func (c *pauseCard) show(p settingsPage) {
	now := c.now()
	paused := p.status.Muted(now)
	c.text.Set("Everything is still received and saved, without the bell.")
	if paused {
		c.text.Set("Paused " + pausedUntil(p.status.MutedUntil, now) + ". Everything is still received and saved.")
	}
	setVisible(c.choices, !paused)
	setVisible(c.resume, paused)
}

// closingCard chooses what closing the window does.
type closingCard struct {
	object  *fyne.Container
	toggle  *kit.Switch
	trouble *kit.Prose
}

func newClosingCard(do settingsActions) *closingCard {
	c := &closingCard{trouble: newTrouble()}
	c.toggle = kit.NewSwitch("Keep listening when closed", true, func(on bool) {
		do.change(func(s *core.Settings) { s.CloseToTray = on }, func(err error) {
			tell(c.trouble, err)
			if err != nil {
				c.toggle.Set(!on)
			}
		})
	})
	words := kit.VStack(0,
		kit.NewText("Keep listening when closed", kit.Strong).Tight(),
		kit.NewProse("Rentbell stays beside the clock. Start it again to bring the window back.", kit.Caption),
	)
	c.object = kit.VStack(4, kit.NewBareCard(kit.Inset(10, 12, 10, kit.CardPad, kit.Spread(12, words, c.toggle))), c.trouble)
	return c
}

func (c *closingCard) show(p settingsPage) { c.toggle.Set(p.settings.CloseToTray) }

// newPreviewCard shows what a notification looks like.
func newPreviewCard(do settingsActions) *fyne.Container {
	sample := noticeOfEvent(sampleEvent)
	words := kit.VStack(1,
		kit.Spread(8, kit.NewText("Rentbell", kit.Caption).Tight(), kit.NewText("now", kit.Caption)),
		kit.NewText(sample.Title, kit.Strong).Tight(),
		kit.NewText(sample.Body, kit.Muted).Tight(),
	)
	card := container.NewStack(
		kit.NewBox(kit.ColorSurface, kit.ColorBorder, kit.CardRadius),
		kit.Inset(12, 12, 12, 14, kit.Lead(12, kit.NewIcon(assets.AppIcon, "", 36), words)),
	)
	desk := container.NewStack(kit.NewBox(kit.ColorNav, "", 8), kit.Inset(18, 14, 18, 14, card))
	show := kit.HStack(8, kit.NewButton("Show one now", assets.Send, do.notify))
	return newTitledCard("Preview", desk, show)
}

// sampleEvent is the payment a preview is made of.
var sampleEvent = core.Event{Detail: core.Payment{
	Place:  core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"},
	Amount: 145000, AmountKnown: true,
}}

// newTrouble is a line for what could not be saved, hidden while all is well.
func newTrouble() *kit.Prose {
	p := kit.NewProse("", troubleStyle())
	p.Hide()
	return p
}

// tell shows an error there, or takes the one before away.
func tell(p *kit.Prose, err error) {
	if err == nil {
		p.Hide()
		return
	}
	w := explain.Error(err)
	tellText(p, w.Title+". "+w.Text())
}

func tellText(p *kit.Prose, text string) {
	p.SetStyled(text, troubleStyle()) // what stood there before may have been no trouble
	p.Show()
}

func troubleStyle() kit.Style {
	return kit.Style{Size: theme.SizeNameCaptionText, Color: kit.ColorErr}
}
