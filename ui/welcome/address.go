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

// addressForm is the second step: ngrok's authtoken, or the user's own tunnel.
type addressForm struct {
	of *View

	token   *kit.Entry
	address *kit.Entry
	own     *ownTunnel
	body    *fyne.Container
	next    *kit.Button
	note    *kit.Prose
	waits   bool       // saved, and waiting for the address to open
	pass    *kit.Press // continues without an open address
}

// authtokenPage is the page where ngrok shows the authtoken.
const authtokenPage = "https://dashboard.ngrok.com/get-started/your-authtoken"

// newStep returns the body of the step.
func (a *addressForm) newStep(v *View) fyne.CanvasObject {
	a.of, a.note = v, frame.NewTrouble()
	var token, address fyne.CanvasObject
	a.token, token = kit.NewSecretEntry(words.Say("Paste the authtoken"), func(string) { v.paint() })
	a.address, address = kit.NewEntry(words.Say("Optional, like oakline.ngrok.app"), nil)
	a.token.OnSubmitted = func(string) { a.save() }
	a.address.OnSubmitted = func(string) { a.save() }
	a.next = kit.NewButton(words.Say("Continue"), nil, a.save).Primary()
	a.pass = kit.NewLink(words.Say("Go on anyway"), func() { v.moveTo(2) })
	a.pass.Hide()
	ngrok := kit.VStack(5,
		kit.NewText(words.Say("ngrok authtoken"), kit.Strong).Tight(), token,
		kit.NewProse(words.Say("A free ngrok account will do. The authtoken is on its dashboard."), kit.Caption),
		kit.Inset(7, 0, 0, 0, kit.NewText(words.Say("Reserved address"), kit.Strong).Tight()), address,
		kit.NewProse(words.Say("Without one, ngrok gives you your account's own."), kit.Caption),
	)
	where := kit.NewLink(words.Say("Where do I find my authtoken?"), func() { v.do.openPage(authtokenPage) })
	a.own = newOwnTunnel(func(string) { v.paint() }, a.save)
	ways := kit.NewFilters([]string{words.Say("Through ngrok"), words.Say("Through a tunnel of my own")}, func(way int) {
		a.own.on = way == 1
		frame.SetVisible(ngrok, !a.own.on)
		frame.SetVisible(where, !a.own.on)
		frame.SetVisible(a.own.form, a.own.on)
		a.note.Hide()
		v.paint()
	})
	a.body = kit.VStack(5, kit.Inset(0, 0, 5, 0, ways.Wrap()), ngrok, a.own.form,
		a.note,
		kit.Inset(9, 0, 0, 0, kit.Flow(14, a.next, a.pass, where,
			kit.NewLink(words.Say("Later"), func() { v.moveTo(2) }))),
	)
	return a.body
}

// show opens the next step once the address is open. While it waits it shows
// what prevents the address from opening.
func (a *addressForm) show(c core.Status, now time.Time) {
	v := a.of
	if !a.waits || v.at != 1 {
		return
	}
	switch {
	case c.Connection == core.Listening:
		a.waits = false
		v.moveTo(2)
	case frame.TellStatusHere(a.note, c, now):
		a.pass.Show()
	default:
		a.opening()
	}
}

func (a *addressForm) opening() {
	a.note.SetStyled(words.Say("Opening your address"), kit.Caption)
	a.note.Show()
}

func (a *addressForm) save() {
	if a.next.Disabled() {
		return
	}
	v, entries := a.of, []*kit.Entry{a.token, a.address, a.own.public, a.own.port}
	saved := func(err error) {
		v.busy(false, entries...)
		if v.succeeded(a.note, err) {
			a.waits = true
			a.opening()
			v.scroll.Update()
		}
	}
	if !a.own.on {
		v.busy(true, entries...)
		v.do.saveAddress(a.token.Text, a.address.Text, saved)
		return
	}
	edit, err := a.own.edit()
	if err != nil {
		v.succeeded(a.note, err)
		return
	}
	v.busy(true, entries...)
	v.do.saveTunnel(edit, saved)
}

func (a *addressForm) paint() {
	ready := strings.TrimSpace(a.token.Text) != "" && !a.token.Disabled()
	if a.own.on {
		ready = a.own.filled()
	}
	frame.SetEnabled(a.next, ready)
}
