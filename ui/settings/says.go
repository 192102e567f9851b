package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// previewCard shows what a notification looks like.
type previewCard struct {
	object      *fyne.Container
	notice      func(core.Says) (title, body string)
	title, body *kit.Text
}

func newPreviewCard(do settingsActions) *previewCard {
	c := &previewCard{notice: do.notice, title: kit.NewText("", kit.Strong).Tight(), body: kit.NewText("", kit.Muted).Tight()}
	text := kit.VStack(1,
		kit.Spread(8, kit.NewText("Rentbell", kit.Caption).Tight(), kit.NewText(words.Say("now"), kit.Caption)),
		c.title, c.body,
	)
	card := container.NewStack(
		kit.NewBox(kit.ColorSurface, kit.ColorBorder, kit.CardRadius),
		kit.Inset(12, 12, 12, 14, kit.Lead(12, kit.NewIcon(assets.AppIcon, "", 36), text)),
	)
	desk := container.NewStack(kit.NewBox(kit.ColorNav, "", 8), kit.Inset(18, 14, 18, 14, card))
	show := kit.HStack(8, kit.NewButton(words.Say("Show one now"), assets.Send, do.notify))
	c.object = newTitledCard(words.Say("Preview"), desk, show)
	return c
}

func (c *previewCard) show(p State) {
	title, body := c.notice(p.Settings.Bell.Says)
	c.title.Set(title)
	c.body.Set(body)
}

// saysCard chooses what a notification tells.
type saysCard struct {
	object                *fyne.Container
	do                    settingsActions
	tenant, amount, place *kit.Check
	trouble               *kit.Prose
	saved                 core.Says
}

func newSaysCard(do settingsActions) *saysCard {
	c := &saysCard{do: do, trouble: frame.NewTrouble()}
	c.tenant = kit.NewCheck(words.Say("Tenant name"), func(on bool) { c.set(func(s *core.Says) { s.Tenant = on }) })
	c.amount = kit.NewCheck(words.Say("Amount"), func(on bool) { c.set(func(s *core.Says) { s.Amount = on }) })
	c.place = kit.NewCheck(words.Say("Property and unit"), func(on bool) { c.set(func(s *core.Says) { s.Place = on }) })
	checks := kit.VStack(-6)
	for _, check := range []*kit.Check{c.tenant, c.amount, c.place} {
		checks.Add(kit.HStack(0, check))
	}
	caption := kit.NewProse(words.Say("Turn these off if other people can see your screen. Without the name, a work order shows its number."), kit.Caption)
	body := kit.VStack(4, kit.NewText(words.Say("What it says"), kit.Title).Tight(), kit.Inset(0, 0, 0, -4, checks), caption, c.trouble)
	c.object = kit.NewBareCard(kit.Inset(12, kit.CardPad, kit.CardPad, kit.CardPad, body))
	return c
}

func (c *saysCard) show(p State) {
	c.saved = p.Settings.Bell.Says
	c.paint()
}

func (c *saysCard) paint() {
	c.tenant.Set(c.saved.Tenant)
	c.amount.Set(c.saved.Amount)
	c.place.Set(c.saved.Place)
}

// set saves one choice. If that fails all goes back to what is saved.
func (c *saysCard) set(edit func(*core.Says)) {
	c.do.change(func(s *core.Settings) { edit(&s.Bell.Says) }, func(err error) {
		frame.Tell(c.trouble, err)
		if err != nil {
			c.paint()
		}
	})
}
