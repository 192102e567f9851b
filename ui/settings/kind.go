package settings

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newKindChoice makes the row that chooses the connection kind.
func (c *appFolioCard) newKindChoice() fyne.CanvasObject {
	c.chips = kit.NewFilters(frame.KindLabels(), func(chip int) { c.chooseKind(frame.KindOf(chip)) }).Wrap()
	given, note := kit.NewText("", kit.Body).Tight(), kit.NewProse("", kit.Caption)
	c.row(func(p State) {
		if kind := cmp.Or(p.Account.Kind, core.KindWebhookAPI); c.kind != kind {
			c.kind, c.want = kind, kind
		}
		chip := frame.ChipOf(c.want)
		c.chips.Pick(chip)
		given.Set(frame.KindLabels()[chip])
		frame.SetVisible(c.chips, p.Override.Kind == "")
		frame.SetVisible(given, p.Override.Kind != "")
		if c.refused != nil && p.Override.Kind == "" {
			frame.Tell(note, c.refused)
		} else {
			note.SetStyled(c.kindNote(p), kit.Caption)
		}
		frame.SetVisible(note, note.Text() != "")
	})
	row := container.NewStack(c.chips, kit.Inset(8, 0, 0, 0, given)) // only one of the two is visible
	return frame.Row(words.Say("Connected by"), kit.VStack(3, row, note))
}

// kindNote says from when on the chosen kind counts; nothing, where it does.
func (c *appFolioCard) kindNote(p State) string {
	switch {
	case p.Override.Kind != "":
		return givenForThisRun()
	case c.want == c.kind:
		return ""
	case c.want == core.KindDeveloperSpace:
		return words.Say("It counts as soon as AppFolio has accepted the first three.")
	case c.want == core.KindReports:
		return words.Say("It counts once you have chosen the folder, in place of what arrives now.")
	}
	return ""
}

// ready reports whether a kind has all that it needs.
func (c *appFolioCard) ready(k core.Kind) bool {
	switch k {
	case core.KindDeveloperSpace:
		return frame.Whole(c.page.Account)
	case core.KindReports:
		return c.page.Settings.ReportsDir != ""
	}
	return true
}

// works reports whether something may arrive by the kind in force.
func (c *appFolioCard) works() bool {
	switch c.kind {
	case core.KindDeveloperSpace:
		return c.page.Account.Complete()
	case core.KindReports:
		return c.page.Settings.ReportsDir != ""
	}
	return c.page.Status.Registration.Progress != core.NotWanted
}

// chooseKind changes the kind. It asks first if that stops a connection that
// works.
func (c *appFolioCard) chooseKind(k core.Kind) {
	switch {
	case k == c.want:
	case k == c.kind || !c.works() || !c.ready(k):
		c.turn(k)
	default:
		c.show(c.page)
		q := leaving(c.kind, k)
		q.Answer = func() { c.turn(k) }
		c.ask(q)
	}
}

// leaving asks whether to give up one kind for another.
func leaving(from, to core.Kind) (q frame.Question) {
	switch to {
	case core.KindDeveloperSpace:
		q.Title, q.Verb = words.Say("Connect through Developer Space?"), words.Say("Use Developer Space")
	case core.KindReports:
		q.Title, q.Verb = words.Say("Connect by reports?"), words.Say("Use reports")
	default:
		q.Title, q.Verb = words.Say("Connect through the webhook API?"), words.Say("Use the webhook API")
	}
	switch from {
	case core.KindDeveloperSpace:
		q.Text = words.Say("Rentbell stops reading from Developer Space, a first reading included. What has arrived stays. When you come back, reading goes on where it stopped.")
	case core.KindReports:
		q.Text = words.Say("Rentbell stops watching the folder. What is saved into it stays there. What has arrived stays.")
	default:
		q.Text = words.Say("What AppFolio delivers to your address no longer gets here. What has arrived stays.")
	}
	return q
}

func (c *appFolioCard) turn(k core.Kind) {
	was := c.want
	c.want, c.refused = k, nil
	if k != c.kind && c.ready(k) {
		c.Saver.Change(func(s *core.Settings) { s.Kind = k }, func(err error) {
			if err != nil {
				c.want, c.refused = was, err
				c.show(c.page)
			}
		})
	}
	c.show(c.page)
}
