// Package welcome is the first run: three steps from nothing to a bell that rings.
// It stands in place of the pages until it is through or left for later.
package welcome

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// authtokenPage is where ngrok shows the authtoken to its owner.
const authtokenPage = "https://dashboard.ngrok.com/get-started/your-authtoken"

// actions is what the first run can ask for.
type actions struct {
	saveKey     func(key string, done func(error))                        // checked, with the webhook secret; no key: later
	saveSpace   func(id core.Space, secret core.Secret, done func(error)) // checked; none: later
	saveAddress func(token, address string, done func(error))
	saveTunnel  func(edit func(*core.Settings), done func(error)) // one of the user's own
	register    func(done func(error))
	test        func(done func(took time.Duration, err error))
	copySecret  func()
	copyText    func(string)
	openPage    func(address string)
	explore     func(done func(error)) // opens another Rentbell with sample data
	finish      func()
}

// View is the first run: three steps in place of the window's pages.
type View struct {
	Object *fyne.Container

	doing  *doing // what the window asks of it from outside
	do     actions
	steps  [3]*step
	at     int
	done   progress
	scroll *kit.Scroll

	space    spaceForm
	key      *kit.Entry
	keyNext  *kit.Button
	keyNote  *kit.Prose
	token    *kit.Entry
	address  *kit.Entry
	own      *ownTunnel
	addrNext *kit.Button
	addrNote *kit.Prose
	addrWait bool       // saved; the step ends once the address is open
	pass     *kit.Press // goes on although it is not
	test     *frame.TestRun
	register *kit.Button
	chip     *kit.Chip
	state    *kit.Prose
	later    *kit.Press  // opens Rentbell without having registered
	open     *kit.Button // the same after it
	tryNote  *kit.Prose
}

// newView makes the view; secret is the webhook secret made for the user.
func newView(secret core.Secret, do actions) *View {
	v := &View{do: do, keyNote: frame.NewTrouble(), addrNote: frame.NewTrouble(), tryNote: frame.NewTrouble()}
	v.steps = [3]*step{
		newStep("1", words.Say("Connect AppFolio"), words.Say("Paste the key that lets Rentbell register with AppFolio."), v.space.newConnectStep(v, v.newKeyStep(secret)), func() { v.moveTo(0) }),
		newStep("2", words.Say("Choose your address"), words.Say("The place on the internet where AppFolio delivers."), v.newAddressStep(), func() { v.moveTo(1) }),
		newStep("3", words.Say("Ring the bell"), words.Say("Tell AppFolio your address, send a test event and hear it arrive."), v.newBellStep(), func() { v.moveTo(2) }),
	}
	v.steps[2].line.Hide()
	steps := kit.VStack(8)
	for _, s := range v.steps {
		steps.Add(s.object)
	}
	var try *kit.Button
	try = kit.NewButton(words.Say("Explore with sample data"), assets.Eye, func() {
		try.Disable() // until that one is closed
		do.explore(func(err error) {
			try.Enable()
			v.told(v.tryNote, err)
		})
	})
	foot := kit.Spread(16, kit.VStack(0,
		kit.NewText(words.Say("Not ready yet?"), kit.Strong).Tight(),
		kit.NewProse(words.Say("Look around first with a made-up portfolio of 47 units."), kit.Muted),
	), try)
	body := kit.VStack(0,
		kit.NewText(words.Say("Three steps, about five minutes"), kit.Heading).Tight(),
		kit.Inset(4, 0, 24, 0, kit.NewText(words.Say("You can change everything later in Settings."), kit.Muted).Tight()),
		steps,
		kit.Inset(16, 0, 19, 0, kit.NewRule()),
		foot,
		v.tryNote,
	)
	v.scroll = kit.NewScroll(&fyne.Container{Layout: middleLayout{v}, Objects: []fyne.CanvasObject{body}}, 0)
	v.Object = &fyne.Container{Layout: viewLayout{}, Objects: []fyne.CanvasObject{
		kit.NewBox(kit.ColorPage, "", 0), newPanel(), v.scroll.Object,
	}}
	v.moveTo(0)
	return v
}

func (v *View) newKeyStep(secret core.Secret) *fyne.Container {
	var entry fyne.CanvasObject
	v.key, entry = kit.NewSecretEntry(words.Say("Paste the key"), func(string) { v.paint() })
	v.key.OnSubmitted = func(string) { v.saveKey() }
	v.keyNext = kit.NewButton(words.Say("Continue"), nil, v.saveKey).Primary()
	var copySecret *kit.Button
	copySecret = kit.NewButton(words.Say("Copy"), assets.Copy, func() {
		v.do.copySecret()
		copySecret.SetText(words.Say("Copied"))
		v.scroll.Update()
	})
	made := container.NewStack(
		kit.NewBox(kit.ColorSurface, kit.ColorInput, 6),
		kit.Sized(0, kit.ControlHigh, kit.Inset(0, 10, 0, 11, kit.Lead(8,
			kit.NewIcon(assets.Verified, kit.ColorText2, 18), kit.NewText(words.Say("Made for you: %s", outline(secret)), kit.Body).Tight()))),
	)
	return kit.VStack(5,
		kit.NewText(words.Say("API key"), kit.Strong).Tight(), entry,
		kit.Inset(7, 0, 0, 0, kit.NewText(words.Say("Webhook secret"), kit.Strong).Tight()),
		kit.Spread(8, made, copySecret),
		kit.NewProse(words.Say("AppFolio uses it to sign what it sends, so nobody else can ring your bell."), kit.Caption),
		v.keyNote,
		kit.Inset(9, 0, 0, 0, kit.HStack(14, v.keyNext, kit.NewLink(words.Say("I will add the key later"), v.skipKey))),
	)
}

// outline shows the two ends of a secret that was made a moment ago.
func outline(s core.Secret) string {
	text := s.Reveal()
	if len(text) < 12 {
		return words.SecretText(s)
	}
	return text[:7] + "…" + s.Hint()
}

func (v *View) newAddressStep() fyne.CanvasObject {
	var token, address fyne.CanvasObject
	v.token, token = kit.NewSecretEntry(words.Say("Paste the authtoken"), func(string) { v.paint() })
	v.address, address = kit.NewEntry(words.Say("Optional, like oakline.ngrok.app"), nil)
	v.token.OnSubmitted = func(string) { v.saveAddress() }
	v.address.OnSubmitted = func(string) { v.saveAddress() }
	v.addrNext = kit.NewButton(words.Say("Continue"), nil, v.saveAddress).Primary()
	v.pass = kit.NewLink(words.Say("Go on anyway"), func() { v.moveTo(2) })
	v.pass.Hide()
	ngrok := kit.VStack(5,
		kit.NewText(words.Say("ngrok authtoken"), kit.Strong).Tight(), token,
		kit.NewProse(words.Say("A free ngrok account will do. The authtoken is on its dashboard."), kit.Caption),
		kit.Inset(7, 0, 0, 0, kit.NewText(words.Say("Reserved address"), kit.Strong).Tight()), address,
		kit.NewProse(words.Say("Without one, ngrok gives you your account's own."), kit.Caption),
	)
	where := kit.NewLink(words.Say("Where do I find my authtoken?"), func() { v.do.openPage(authtokenPage) })
	v.own = newOwnTunnel(func(string) { v.paint() }, v.saveAddress)
	ways := kit.NewFilters([]string{words.Say("Through ngrok"), words.Say("Through a tunnel of my own")}, func(way int) {
		v.own.on = way == 1
		frame.SetVisible(ngrok, !v.own.on)
		frame.SetVisible(where, !v.own.on)
		frame.SetVisible(v.own.form, v.own.on)
		v.addrNote.Hide()
		v.paint()
	})
	return kit.VStack(5, kit.Inset(0, 0, 5, 0, kit.HStack(0, ways)), ngrok, v.own.form,
		v.addrNote,
		kit.Inset(9, 0, 0, 0, kit.HStack(14, v.addrNext, v.pass, where,
			kit.NewLink(words.Say("Later"), func() { v.moveTo(2) }))),
	)
}

func (v *View) newBellStep() fyne.CanvasObject {
	v.chip = kit.NewChip(kit.Neutral, nil, "")
	v.state = kit.NewProse("", kit.Body)
	v.register = kit.NewButton(words.Say("Register webhook"), assets.Bell, func() {
		v.register.Disable()
		v.do.register(func(err error) {
			if err != nil {
				v.state.Set(words.Tongue.Error(err).Text())
			}
		})
	}).Primary()
	v.later = kit.NewLink(words.Say("Later"), v.do.finish)
	v.open = kit.NewButton(words.Say("Open Rentbell"), nil, v.do.finish).Primary()
	v.open.Hide()
	v.test = frame.NewTestRun(v.do.test, func() { v.scroll.Update() })
	return kit.VStack(8,
		kit.HStack(0, v.chip), v.state, v.test.Result, v.space.newGuide(),
		kit.Inset(4, 0, 0, 0, kit.HStack(14, v.register, v.open, v.test.Button, v.later)),
	)
}

// show shows how far the address and the registration are.
func (v *View) show(c core.Status, a core.Account, w frame.Registration, now time.Time) {
	v.showAddress(c, now)
	v.showRegistration(c, w)
	v.space.show(c, a, now)
	v.mark()
	v.scroll.Update()
}

// mark shows which step is open and which have been done.
func (v *View) mark() {
	for i, s := range v.steps {
		s.show(i == v.at, v.done[i])
	}
}

func (v *View) showRegistration(c core.Status, w frame.Registration) {
	v.chip.Set(w.Family, w.Icon, w.Chip)
	v.state.Set(w.Text)
	if w.Note != "" && !w.Ready {
		v.state.Set(words.Paragraph(w.Text, words.Say("%s.", w.Note)))
	}
	if c.Connection == core.ConnectionOff && w.Family == kit.Neutral {
		v.state.Set(words.Say("Rentbell registers once you have an address. Open step 2 to choose one."))
	}
	frame.SetEnabled(v.register, w.Ready)
	registered := w.Family == kit.Good
	frame.SetVisible(v.register, !registered)
	frame.SetVisible(v.later, !registered)
	frame.SetVisible(v.open, registered)
	frame.SetVisible(v.test.Button, registered)
	v.test.Enable(c.Connection == core.Listening)
}

// showAddress waits, once the authtoken is saved, for the address to open, and
// says what stands in its way.
func (v *View) showAddress(c core.Status, now time.Time) {
	if !v.addrWait || v.at != 1 {
		return
	}
	switch {
	case c.Connection == core.Listening:
		v.addrWait = false
		v.moveTo(2)
	case frame.TellStatusHere(v.addrNote, c, now):
		v.pass.Show()
	default:
		v.addrNote.SetStyled(words.Say("Opening your address"), kit.Caption)
		v.addrNote.Show()
	}
}

// moveTo opens a step.
func (v *View) moveTo(step int) {
	v.at = step
	v.mark()
	v.paint()
}

// paint lays everything out again and enables what can be pressed.
func (v *View) paint() {
	frame.SetEnabled(v.keyNext, strings.TrimSpace(v.key.Text) != "" && !v.key.Disabled())
	v.space.paint()
	ready := strings.TrimSpace(v.token.Text) != "" && !v.token.Disabled()
	if v.own.on {
		ready = v.own.filled()
	}
	frame.SetEnabled(v.addrNext, ready)
	v.scroll.Update()
}

func (v *View) saveKey() {
	if !v.keyNext.Disabled() {
		v.keep(v.key.Text)
	}
}

// skipKey goes on without a key, or with the one that is kept.
func (v *View) skipKey() {
	if v.done[0] {
		v.moveTo(1)
		return
	}
	v.keep("")
}

func (v *View) keep(key string) {
	v.busy(true, v.key)
	v.keyNote.SetStyled(words.Say("Asking AppFolio about the key"), kit.Caption)
	frame.SetVisible(v.keyNote, key != "")
	v.do.saveKey(key, func(err error) {
		v.busy(false, v.key)
		if v.told(v.keyNote, err) {
			v.key.SetText("")
			v.done[0] = key != ""
			v.moveTo(1)
		}
	})
}

func (v *View) saveAddress() {
	if v.addrNext.Disabled() {
		return
	}
	entries := []*kit.Entry{v.token, v.address, v.own.public, v.own.port}
	saved := func(err error) {
		v.busy(false, entries...)
		if v.told(v.addrNote, err) {
			v.addrWait = true
			v.addrNote.SetStyled(words.Say("Opening your address"), kit.Caption)
			v.addrNote.Show()
			v.scroll.Update()
		}
	}
	if !v.own.on {
		v.busy(true, entries...)
		v.do.saveAddress(v.token.Text, v.address.Text, saved)
		return
	}
	edit, err := v.own.edit()
	if err != nil {
		v.told(v.addrNote, err)
		return
	}
	v.busy(true, entries...)
	v.do.saveTunnel(edit, saved)
}

// busy keeps entries as they are while they are being saved.
func (v *View) busy(busy bool, entries ...*kit.Entry) {
	for _, e := range entries {
		frame.SetEnabled(e, !busy)
	}
	v.paint()
}

// told shows an error, or takes the one before away; then it reports true.
func (v *View) told(note *kit.Prose, err error) bool {
	frame.TellHere(note, err)
	v.scroll.Update()
	return err == nil
}

// newPanel is the left side: who this is and what it does.
func newPanel() *fyne.Container {
	list := kit.VStack(10)
	for _, p := range []struct {
		icon fyne.Resource
		text string
	}{
		{assets.NavPayments, words.Say("See payments as soon as they arrive")},
		{assets.NavWorkOrders, words.Say("Follow work orders and leases as they change")},
		{assets.Export, words.Say("Hand your accountant a clean file")},
	} {
		list.Add(&fyne.Container{Layout: frame.MarkLayout{}, Objects: []fyne.CanvasObject{
			kit.NewIcon(p.icon, kit.ColorPrimary, 20), kit.VStack(0, kit.NewProse(p.text, kit.Body)),
		}})
	}
	words := kit.VStack(0,
		kit.HStack(0, kit.Inset(-8, 0, -8, -8, kit.Sized(167, 167, kit.NewIcon(assets.AppIcon, "", 167)))), // its edge is empty
		kit.Inset(28, 0, 4, 0, kit.NewProse(words.Say("Welcome to Rentbell"), kit.Figure)),
		kit.Inset(0, 40, 0, 0, kit.NewProse(words.Say("The bell on your desk that rings when the rent arrives."), kit.Style{Size: theme.SizeNameSubHeadingText, Color: kit.ColorText2})),
		kit.Inset(28, 0, 0, 0, list),
	)
	edge := kit.NewBox(kit.ColorBorder, "", 0)
	return &fyne.Container{Layout: panelLayout{}, Objects: []fyne.CanvasObject{kit.NewBox(kit.ColorNav, "", 0), edge, words}}
}
