package welcome

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// ringForm is the last step for the webhook API: registration and test event.
// Developer Space has a guide instead.
type ringForm struct {
	chip     *kit.Chip
	state    *kit.Prose
	register *kit.Button
	test     *frame.TestRun
	later    *kit.Press  // finishes without a registration
	open     *kit.Button // finishes after the registration
}

// newStep returns the body of the step.
func (r *ringForm) newStep(v *View) fyne.CanvasObject {
	r.chip = kit.NewChip(kit.Neutral, nil, "")
	r.state = kit.NewProse("", kit.Body)
	r.register = kit.NewButton(words.Say("Register webhook"), assets.Bell, func() {
		r.register.Disable()
		v.do.register(func(err error) {
			if err != nil {
				r.state.Set(words.Tongue.Error(err).Text())
			}
		})
	}).Primary()
	r.later = kit.NewLink(words.Say("Later"), v.do.finish)
	r.open = kit.NewButton(words.Say("Open Rentbell"), nil, v.do.finish).Primary()
	r.open.Hide()
	r.test = frame.NewTestRun(v.do.test, func() { v.scroll.Update() })
	return kit.VStack(8,
		kit.HStack(0, r.chip), r.state, r.test.Result, v.space.newGuide(),
		kit.Inset(4, 0, 0, 0, kit.Flow(14, r.register, r.open, r.test.Button, r.later)),
	)
}

func (r *ringForm) show(c core.Status, w frame.Registration) {
	r.chip.Set(w.Family, w.Icon, w.Chip)
	r.state.Set(w.Text)
	if w.Note != "" && !w.Ready {
		r.state.Set(words.Paragraph(w.Text, words.Say("%s.", w.Note)))
	}
	if c.Connection == core.ConnectionOff && w.Family == kit.Neutral {
		r.state.Set(words.Say("Rentbell registers once you have an address. Open step 2 to choose one."))
	}
	frame.SetEnabled(r.register, w.Ready)
	registered := w.Family == kit.Good
	frame.SetVisible(r.register, !registered)
	frame.SetVisible(r.later, !registered)
	frame.SetVisible(r.open, registered)
	frame.SetVisible(r.test.Button, registered)
	r.test.Enable(c.Connection == core.Listening)
}
