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

// spaceForm is the first run's part for Developer Space: its three values in
// the first step, the guided registration in the last.
type spaceForm struct {
	of *View

	chips   *kit.Filters
	on      bool // Developer Space is chosen
	webhook *fyne.Container
	form    *fyne.Container

	client, secret, developer *kit.Entry

	next *kit.Button
	note *kit.Prose

	guide *frame.Guide
}

// newConnectStep is the body of the first step: which kind, and what it needs.
// webhook is the form of the other kind.
func (s *spaceForm) newConnectStep(v *View, webhook *fyne.Container) fyne.CanvasObject {
	s.of, s.webhook, s.note = v, webhook, frame.NewTrouble()
	s.chips = kit.NewFilters(frame.KindLabels(), func(chip int) { s.choose(chip == frame.SpaceChip) })
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
		kit.Inset(9, 0, 0, 0, kit.HStack(14, s.next, kit.NewLink(words.Say("I will add them later"), s.skip))),
	)
	s.form.Hide()
	return kit.VStack(9, kit.HStack(0, s.chips), s.webhook, s.form)
}

// newGuide is what the last step shows in Developer Space.
func (s *spaceForm) newGuide() fyne.CanvasObject {
	s.guide = frame.NewGuide(
		func(text string) { s.of.do.copyText(text) },
		func(address string) { s.of.do.openPage(address) },
	)
	s.guide.Object.Hide()
	return s.guide.Object
}

func (s *spaceForm) entries() []*kit.Entry { return []*kit.Entry{s.client, s.secret, s.developer} }

func (s *spaceForm) choose(on bool) {
	s.on = on
	frame.SetVisible(s.webhook, !on)
	frame.SetVisible(s.form, on)
	v := s.of
	text := words.Say("Paste the key that lets Rentbell register with AppFolio.")
	if on {
		text = words.Say("Paste what lets Rentbell read your records.")
	}
	v.steps[0].text.Set(text)
	v.paint()
}

func (s *spaceForm) paint() {
	filled := true
	for _, e := range s.entries() {
		filled = filled && strings.TrimSpace(e.Text) != "" && !e.Disabled()
	}
	frame.SetEnabled(s.next, filled)
}

// save goes on once AppFolio has not refused what was pasted.
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
		if v.told(s.note, err) {
			for _, e := range s.entries() {
				e.SetText("")
			}
			v.done[0] = true
			v.moveTo(1)
		}
	})
}

// skip goes on without them. The kind is kept, so that Settings ask for the rest.
func (s *spaceForm) skip() {
	v := s.of
	if v.done[0] {
		v.moveTo(1)
		return
	}
	v.busy(true, s.entries()...)
	v.do.saveSpace(core.Space{}, core.Secret{}, func(err error) {
		v.busy(false, s.entries()...)
		if v.told(s.note, err) {
			v.moveTo(1)
		}
	})
}

// show shows, in Developer Space, the guided registration in place of the button.
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
