package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// previewActions is what the preview can ask for.
type previewActions struct {
	notice func(core.Says) (title, body string)
	notify func() // shows a notification as a payment would
}

// previewCard shows what a notification looks like.
type previewCard struct {
	object      *fyne.Container
	notice      func(core.Says) (title, body string)
	title, body *kit.Text
}

func newPreviewCard(do previewActions) *previewCard {
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
	form
	tenant, amount, place *kit.Check
}

func newSaysCard(change changer, update func()) *saysCard {
	c := &saysCard{form: newForm(change, update)}
	c.tenant = c.newCheck(words.Say("Tenant name"), func(s *core.Settings) *bool { return &s.Bell.Says.Tenant })
	c.amount = c.newCheck(words.Say("Amount"), func(s *core.Settings) *bool { return &s.Bell.Says.Amount })
	c.place = c.newCheck(words.Say("Property and unit"), func(s *core.Settings) *bool { return &s.Bell.Says.Place })
	checks := kit.VStack(-6, kit.HStack(0, c.tenant), kit.HStack(0, c.amount), kit.HStack(0, c.place))
	caption := kit.NewProse(words.Say("Turn these off if other people can see your screen. Without the name, a work order shows its number."), kit.Caption)
	body := kit.VStack(4, kit.NewText(words.Say("What it says"), kit.Title).Tight(), kit.Inset(0, 0, 0, -4, checks), caption, c.trouble)
	c.object = newPaddedCard(body)
	return c
}
