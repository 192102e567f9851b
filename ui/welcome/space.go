package welcome

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// spaceForm is the part for Developer Space: the credentials in the first step
// and the registration guide in the last.
type spaceForm struct {
	of *View

	form *fyne.Container

	client, secret, developer *kit.Entry

	next *kit.Button
	note *kit.Prose

	guide *frame.Guide
}

// newForm returns the part of the first step.
func (s *spaceForm) newForm(v *View) *fyne.Container {
	s.of, s.note = v, frame.NewTrouble()
	paint := func(string) { v.paint() }
	var client, secret, developer fyne.CanvasObject
	s.client, client = kit.NewEntry(words.Say("Paste the client id"), paint)
	s.secret, secret = kit.NewSecretEntry(words.Say("Paste the client secret"), paint)
	s.developer, developer = kit.NewEntry(words.Say("Paste the developer id"), paint)
	for _, e := range s.entries() {
		e.OnSubmitted = func(string) { s.save() }
	}
	s.next = kit.NewButton(words.Say("Continue"), nil, s.save).Primary()
	s.form = kit.VStack(5,
		kit.NewText(words.Say("Client id"), kit.Strong).Tight(), client,
		kit.Inset(7, 0, 0, 0, kit.NewText(words.Say("Client secret"), kit.Strong).Tight()), secret,
		kit.Inset(7, 0, 0, 0, kit.NewText(words.Say("Developer id"), kit.Strong).Tight()), developer,
		kit.NewProse(words.Say("AppFolio shows all three in Developer Space. Payments follow in Settings."), kit.Caption),
		s.note,
		kit.Inset(9, 0, 0, 0, kit.Flow(14, s.next, kit.NewLink(words.Say("I will add them later"), s.skip))),
	)
	return s.form
}

// newGuide returns the last step's guide for Developer Space.
func (s *spaceForm) newGuide() fyne.CanvasObject {
	s.guide = frame.NewGuide(
		func(text string) { s.of.do.copyText(text) },
		func(address string) { s.of.do.openPage(address) },
	)
	s.guide.Object.Hide()
	return s.guide.Object
}

func (s *spaceForm) entries() []*kit.Entry { return []*kit.Entry{s.client, s.secret, s.developer} }

func (s *spaceForm) paint() {
	filled := true
	for _, e := range s.entries() {
		filled = filled && strings.TrimSpace(e.Text) != "" && !e.Disabled()
	}
	frame.SetEnabled(s.next, filled)
}

// save stores the credentials, unless AppFolio refuses them, and opens the next
// step.
func (s *spaceForm) save() {
	if s.next.Disabled() {
		return
	}
	v := s.of
	v.busy(true, s.entries()...)
	s.note.SetStyled(words.Say("Asking AppFolio about them"), kit.Caption)
	s.note.Show()
	v.scroll.Update()
	id := core.Space{ClientID: core.Pasted(s.client.Text), DeveloperID: core.Pasted(s.developer.Text)}
	v.do.saveSpace(id, core.NewSecret(s.secret.Text), func(err error) {
		v.busy(false, s.entries()...)
		if v.succeeded(s.note, err) {
			for _, e := range s.entries() {
				e.SetText("")
			}
			v.done[0] = true
			v.moveTo(1)
		}
	})
}

// skip opens the next step without credentials. It stores the kind, so that
// Settings ask for them.
func (s *spaceForm) skip() {
	v := s.of
	if v.done[0] {
		v.moveTo(1)
		return
	}
	v.busy(true, s.entries()...)
	v.do.saveSpace(core.Space{}, core.Secret{}, func(err error) {
		v.busy(false, s.entries()...)
		if v.succeeded(s.note, err) {
			v.moveTo(1)
		}
	})
}

// show shows the guide in place of the register button if the kind is Developer
// Space.
func (s *spaceForm) show(c core.Status, a core.Account, now time.Time) {
	v := s.of
	on := c.Kind == core.KindDeveloperSpace
	frame.SetVisible(s.guide.Object, on)
	if !on {
		return
	}
	s.guide.Show(c, a, now)
	arrived := s.guide.Arrived(c)
	for _, o := range []fyne.CanvasObject{v.ring.chip, v.ring.state, v.ring.register, v.ring.test.Button, v.ring.test.Result} {
		frame.SetVisible(o, false)
	}
	frame.SetVisible(v.ring.later, !arrived)
	frame.SetVisible(v.ring.open, arrived)
}
