// Package welcome has the pages of the first start: three steps that lead to a
// registered webhook. The window shows them in place of its pages until the
// user has finished or postponed them.
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

// actions is what the steps call.
type actions struct {
	saveKey     func(key string, done func(error))                        // checks and stores the key with the webhook secret; an empty key is stored too
	saveSpace   func(id core.Space, secret core.Secret, done func(error)) // checks and stores the account; an empty one only chooses the kind
	saveAddress func(token, address string, done func(error))
	saveTunnel  func(edit func(*core.Settings), done func(error)) // for the user's own tunnel
	register    func(done func(error))
	test        func(done func(took time.Duration, err error))
	watch       func(dir string, done func(error)) // connects by the reports in a folder, and makes it
	chooseDir   func(from string, chosen func(dir string))
	openFolder  func(dir string)
	copySecret  func()
	copyText    func(string)
	openPage    func(address string)
	joining     func(joined, resize func()) *frame.JoinForm // makes the form to join an office; nil: not possible
	explore     func(done func(error))                      // opens another Rentbell with sample data
	finish      func()
}

// View is the content of the welcome pages.
type View struct {
	Object *fyne.Container

	handlers *handlers // what Focus and Show need
	do       actions
	steps    [3]*step
	at       int
	done     progress
	shown    bool // Show has been called
	scroll   *kit.Scroll

	title   *kit.Prose
	kind    kindForm
	key     keyForm
	space   spaceForm
	reports reportsForm
	office  officeForm
	where   addressForm
	ring    ringForm

	tryNote *kit.Prose
}

// newView returns the pages. secret is the webhook secret, dir the folder of reports that
// is proposed.
func newView(secret core.Secret, dir string, do actions) *View {
	v := &View{do: do, tryNote: frame.NewTrouble(), title: kit.NewProse("", kit.Heading)}
	connect := v.kind.newStep(v, v.key.newStep(v, secret), v.space.newForm(v), v.reports.newForm(v, dir), v.office.newForm(v))
	v.steps = [3]*step{
		newStep("1", "", "", connect, func() { v.moveTo(0) }),
		newStep("2", "", "", kit.VStack(0, v.where.newStep(v), v.reports.newArrivals(v), v.office.newArrivals(v)), func() { v.moveTo(1) }),
		newStep("3", words.Say("Ring the bell"), words.Say("Tell AppFolio your address, send a test event and hear it arrive."), v.ring.newStep(v), func() { v.moveTo(2) }),
	}
	v.steps[2].line.Hide()
	steps := kit.VStack(8)
	for _, s := range v.steps {
		steps.Add(s.object)
	}
	var try *kit.Button
	try = kit.NewButton(words.Say("Explore with sample data"), assets.Eye, func() {
		try.Disable() // until the other Rentbell is closed
		do.explore(func(err error) {
			try.Enable()
			v.succeeded(v.tryNote, err)
		})
	})
	foot := kit.Spread(16, kit.VStack(0,
		kit.NewProse(words.Say("Not ready yet?"), kit.Strong),
		kit.NewProse(words.Say("Look around first with a made-up portfolio of 47 units."), kit.Muted),
	), try)
	body := kit.VStack(0,
		v.title,
		kit.Inset(4, 0, 24, 0, kit.NewProse(words.Say("You can change everything later in Settings."), kit.Muted)),
		steps,
		kit.Inset(16, 0, 19, 0, kit.NewRule()),
		foot,
		v.tryNote,
	)
	v.scroll = kit.NewScroll(&fyne.Container{Layout: middleLayout{v}, Objects: []fyne.CanvasObject{body}}, 0)
	v.Object = &fyne.Container{Layout: viewLayout{}, Objects: []fyne.CanvasObject{
		kit.NewBox(kit.ColorPage, "", 0), newPanel(), v.scroll.Object,
	}}
	v.adapt()
	v.moveTo(0)
	return v
}

// show shows the status of address and registration.
func (v *View) show(c core.Status, a core.Account, w frame.Registration, now time.Time) {
	v.where.show(c, now)
	v.ring.show(c, w)
	v.space.show(c, a, now)
	v.reports.show(c.Reports)
	v.office.show(c, now)
	v.shown = true
	v.mark()
	v.scroll.Update()
}

// mark shows which step is open and which are done.
func (v *View) mark() {
	if v.shown {
		v.office.see(v.at == 0 && v.kind.kind == core.KindOffice)
	}
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

// paint enables what can be pressed and lays everything out again.
func (v *View) paint() {
	v.key.paint()
	v.space.paint()
	v.reports.paint()
	v.where.paint()
	v.scroll.Update()
}

// busy disables entries while they are being saved.
func (v *View) busy(busy bool, entries ...*kit.Entry) {
	for _, e := range entries {
		frame.SetEnabled(e, !busy)
	}
	v.paint()
}

// succeeded shows err, or hides the line if err is nil, and reports whether it
// is.
func (v *View) succeeded(note *kit.Prose, err error) bool {
	frame.TellHere(note, err)
	v.scroll.Update()
	return err == nil
}

// newPanel returns the left side with the app's name and purpose.
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
	picture := kit.HStack(0, kit.Inset(-8, 0, -8, -8, kit.Sized(167, 167, kit.NewIcon(assets.AppIcon, "", 167)))) // cuts off the icon's empty margin
	words := kit.VStack(0,
		picture,
		kit.Inset(28, 0, 4, 0, kit.NewProse(words.Say("Welcome to Rentbell"), kit.Figure)),
		kit.Inset(0, 40, 0, 0, kit.NewProse(words.Say("The bell on your desk that rings when the rent arrives."), kit.Style{Size: theme.SizeNameSubHeadingText, Color: kit.ColorText2})),
		kit.Inset(28, 0, 0, 0, list),
	)
	edge := kit.NewBox(kit.ColorBorder, "", 0)
	return &fyne.Container{Layout: panelLayout{picture}, Objects: []fyne.CanvasObject{kit.NewBox(kit.ColorNav, "", 0), edge, words}}
}
