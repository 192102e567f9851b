package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// kindChoice chooses the connection kind, at the top of the AppFolio card. That
// of a Developer Space counts from when its account is whole.
type kindChoice struct {
	object *fyne.Container
	do     accountActions

	chips *kit.Filters
	given *kit.Text // in place of the chips, where this run was told
	note  *kit.Prose

	space   bool // the chips say Developer Space
	page    State
	trouble error
	onTurn  func() // the card shows another form
}

func newKindChoice(do accountActions, onTurn func()) *kindChoice {
	c := &kindChoice{do: do, onTurn: onTurn, given: kit.NewText("", kit.Body).Tight(), note: kit.NewProse("", kit.Caption)}
	c.chips = kit.NewFilters(frame.KindLabels(), c.choose)
	row := container.NewStack(kit.HStack(0, c.chips), kit.Inset(8, 0, 0, 0, c.given))
	c.object = frame.Labelled(frame.LabelWidth,
		kit.Inset(8, 0, 0, 0, kit.NewText(words.Say("Connected by"), kit.Body).Tight()), kit.VStack(3, row, c.note))
	return c
}

func (c *kindChoice) show(p State) {
	if c.page.Account.Kind != p.Account.Kind {
		c.space = p.Account.Kind == core.KindDeveloperSpace
	}
	c.page = p
	c.paint()
}

func (c *kindChoice) paint() {
	given := c.page.Override.Kind != ""
	chip := frame.WebhookChip
	if c.space {
		chip = frame.SpaceChip
	}
	c.chips.Pick(chip)
	c.given.Set(frame.KindLabels()[chip])
	frame.SetVisible(c.chips, !given)
	frame.SetVisible(c.given, given)
	counts := c.space == (c.page.Account.Kind == core.KindDeveloperSpace)
	switch {
	case given:
		c.note.SetStyled(words.Say("Given for this run. It is not saved."), kit.Caption)
	case c.trouble != nil:
		frame.Tell(c.note, c.trouble)
	case c.space && !counts:
		c.note.SetStyled(words.Say("It counts as soon as AppFolio has accepted the first three."), kit.Caption)
	default:
		c.note.SetStyled("", kit.Caption)
	}
	frame.SetVisible(c.note, c.note.Text() != "")
	kit.Relayout(c.object)
}

// choose turns to the other kind, and asks first where that ends what works.
func (c *kindChoice) choose(chip int) {
	space := chip == frame.SpaceChip
	if space == c.space {
		return
	}
	if a := c.page.Account; space || a.Kind != core.KindDeveloperSpace || !a.Complete() {
		c.turn(space)
		return
	}
	c.paint()
	c.do.ask(frame.Question{
		Title:  words.Say("Connect through the webhook API?"),
		Text:   words.Say("Rentbell stops reading from Developer Space, a first reading included. What has arrived stays. When you come back, reading goes on where it stopped."),
		Verb:   words.Say("Use the webhook API"),
		Answer: func() { c.turn(false) },
	})
}

func (c *kindChoice) turn(space bool) {
	c.space, c.trouble = space, nil
	kind := core.KindWebhookAPI
	if space {
		kind = core.KindDeveloperSpace
	}
	if kind != c.page.Account.Kind && (!space || frame.Whole(c.page.Account)) {
		c.do.change(func(s *core.Settings) { s.Kind = kind }, func(err error) {
			if err != nil {
				c.space, c.trouble = !space, err
				c.onTurn()
			}
		})
	}
	c.onTurn()
}
