// Package welcome is the first run: three steps from nothing to a bell that rings.
// It stands in place of the pages until it is through or left for later.
package welcome

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

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

	key   keyForm
	space spaceForm
	where addressForm
	ring  ringForm

	tryNote *kit.Prose
}

// newView makes the view; secret is the webhook secret made for the user.
func newView(secret core.Secret, do actions) *View {
	v := &View{do: do, tryNote: frame.NewTrouble()}
	v.steps = [3]*step{
		newStep("1", words.Say("Connect AppFolio"), words.Say("Paste the key that lets Rentbell register with AppFolio."), v.space.newConnectStep(v, v.key.newStep(v, secret)), func() { v.moveTo(0) }),
		newStep("2", words.Say("Choose your address"), words.Say("The place on the internet where AppFolio delivers."), v.where.newStep(v), func() { v.moveTo(1) }),
		newStep("3", words.Say("Ring the bell"), words.Say("Tell AppFolio your address, send a test event and hear it arrive."), v.ring.newStep(v), func() { v.moveTo(2) }),
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

// show shows how far the address and the registration are.
func (v *View) show(c core.Status, a core.Account, w frame.Registration, now time.Time) {
	v.where.show(c, now)
	v.ring.show(c, w)
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

// moveTo opens a step.
func (v *View) moveTo(step int) {
	v.at = step
	v.mark()
	v.paint()
}

// paint lays everything out again and enables what can be pressed.
func (v *View) paint() {
	v.key.paint()
	v.space.paint()
	v.where.paint()
	v.scroll.Update()
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
