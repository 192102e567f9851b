package settings

import (
	"cmp"
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// healthActions is what the health card can ask for.
type healthActions struct {
	check      func(done func(core.Report))
	reconnect  func()
	register   func(done func(error))
	whyKeptOut func() // what a delivery that was kept out means
	showKeys   func() // where keys are kept, on the Data tab
	mendID     func() // the client id, ready to be changed
}

// healthCard says of each part of the way whether it works. It looks when it is
// first shown, when the connection or the registration changes, and when asked.
type healthCard struct {
	card
	do healthActions

	again  *kit.Press
	report *kit.Press
	list   *fyne.Container

	last  core.Report // zero: none yet
	seen  healthCause
	busy  bool
	stale bool          // something has changed since the look that is under way began
	about explain.About // for a report
}

// healthCause is what a new look is worth for.
type healthCause struct {
	connection core.Connection
	progress   core.Progress
	vault      string // what is wrong with it
	storage    bool
	rejected   int
	kind       core.Kind
	rang       bool
}

func newHealthCard(m means, do healthActions, about explain.About) *healthCard {
	c := &healthCard{card: newCard(m), do: do, about: about, list: kit.VStack(0), seen: healthCause{connection: -1}}
	c.again = kit.NewLink(words.Say("Check again"), c.look)
	c.report = kit.NewLink(words.Say("Copy report"), c.copyReport)
	foot := kit.Inset(2, kit.CardPad, 8, kit.CardPad-2, kit.HStack(0, c.report))
	c.object = kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Health check"), c.again), c.list, kit.NewRule(), foot))
	return c
}

func (c *healthCard) show(p State) {
	s := p.Status
	c.about.Tunnel = cmp.Or(p.Override.Tunnel.Kind, p.Settings.Door)
	cause := healthCause{s.Connection, s.Registration.Progress, words.Tongue.Error(s.Vault).Title, s.Storage != nil, s.Summary.Rejected.Count, s.Kind, !s.Doorbell.IsZero()}
	if cause == c.seen {
		return
	}
	c.seen = cause
	c.look()
}

// look checks everything; one look at a time.
func (c *healthCard) look() {
	if c.busy {
		c.stale = true
		return
	}
	c.busy, c.stale = true, false
	c.again.Disable()
	c.do.check(func(r core.Report) {
		c.busy = false
		c.again.Enable()
		c.last = r
		c.fill(r)
		if c.stale {
			c.look()
		}
	})
}

// fill shows a report.
func (c *healthCard) fill(r core.Report) {
	c.list.Objects = nil
	for i, check := range r.Checks {
		if i > 0 {
			c.list.Add(kit.NewRule())
		}
		c.list.Add(c.newRow(check, r.Status))
	}
	c.relayout()
}

func (c *healthCard) copyReport() {
	if !c.last.At.IsZero() {
		c.copyText(explain.Support(c.last, c.about))
	}
}

// newRow is a mark, a title, what there is to say and perhaps a way out.
func (c *healthCard) newRow(check core.Check, s core.Status) fyne.CanvasObject {
	icon, ink := assets.Info, kit.ColorText2 // nobody knows yet
	switch check.State {
	case core.CheckGood:
		icon, ink = assets.Verified, kit.ColorOk
	case core.CheckWarn:
		icon, ink = assets.Alert, kit.ColorWarn
	case core.CheckBad:
		icon, ink = assets.Rejected, kit.ColorErr
	}
	row := words.Tongue.Check(check, s, c.now())
	text := kit.VStack(0, kit.NewText(row.Title, kit.Strong).Tight(), kit.NewProse(words.Tongue.Line(row), kit.Caption))
	body := &fyne.Container{Layout: frame.MarkLayout{}, Objects: []fyne.CanvasObject{kit.NewIcon(icon, ink, 20), text}}
	if link := c.wayOut(check); link != nil {
		body.Objects = append(body.Objects, link)
	}
	return kit.Inset(8, kit.CardPad, 8, kit.CardPad, body)
}

// wayOut is a link out of a trouble, where one press is enough.
func (c *healthCard) wayOut(check core.Check) *kit.Press {
	keys := check.Name == core.CheckTunnel && errors.Is(check.Err, core.ErrKeychainLocked) // trying opens nothing then
	if keys || check.State != core.CheckWarn && check.State != core.CheckBad {
		return nil
	}
	switch check.Name {
	case core.CheckTunnel:
		return kit.NewLink(words.Say("Try now"), c.do.reconnect)
	case core.CheckRegistration:
		return kit.NewLink(words.Say("Fix"), func() { c.do.register(func(error) {}) }) // the card above tells what came of it
	case core.CheckSignatures:
		if errors.Is(check.Err, core.ErrOtherAccount) {
			return kit.NewLink(words.Say("Fix"), c.do.mendID)
		}
		return kit.NewLink(words.Say("See why"), c.do.whyKeptOut)
	case core.CheckSecrets:
		return kit.NewLink(words.Say("Fix"), c.do.showKeys)
	}
	return nil
}

// whyKeptOut explains deliveries with a wrong signature: nothing is kept of them
// that could be shown.
func (w *tasks) whyKeptOut() {
	if w.Bell.Account().Kind == core.KindDeveloperSpace {
		w.whyKeptOutOfSpace()
		return
	}
	why := words.Tongue.Error(core.ErrForged)
	w.ask(frame.Question{
		Title: why.Title, Text: why.Text(), Verb: words.Say("Register again"),
		Answer: func() { w.Saver.Do(w.Bell.Register, nil) },
	})
}

// checkHealth looks at every part of the way.
func (w *tasks) checkHealth(done func(core.Report)) {
	frame.Background(w.Post, func(ctx context.Context) (core.Report, error) { return w.Bell.Check(ctx), nil },
		func(r core.Report, _ error) { done(r) })
}

// whyKeptOutOfSpace is whyKeptOut where AppFolio's own key signs, and no secret
// of the user's.
func (w *tasks) whyKeptOutOfSpace() {
	w.ask(frame.Question{
		Title:  words.Say("Somebody else sent this"),
		Text:   words.Say("AppFolio had not signed it, so it was kept out of your records. If you expected something, press Send Test Event on AppFolio's page and see whether that arrives."),
		Verb:   words.Say("Open AppFolio's page"),
		Answer: func() { w.Do.OpenPage(frame.AppFolioPage(w.Bell.Account().Space.Company)) },
	})
}

// tryCard sends a pretend delivery the whole way round.
type tryCard struct {
	card
	run        *frame.TestRun
	text, note *kit.Prose
}

func newTryCard(m means, send func(done func(time.Duration, error))) *tryCard {
	c := &tryCard{card: newCard(m), note: kit.NewProse("", kit.Caption), text: kit.NewProse("", kit.Body)}
	c.run = frame.NewTestRun(send, c.relayout)
	words := kit.VStack(0,
		kit.NewText(words.Say("Try it"), kit.Title).Tight(),
		kit.Inset(6, 0, 0, 0, c.text),
	)
	head := &fyne.Container{Layout: besideLayout{}, Objects: []fyne.CanvasObject{words, c.run.Button}}
	c.object = newPaddedCard(kit.VStack(8, head, c.run.Result, c.note))
	return c
}

func (c *tryCard) show(p State) {
	open := p.Status.Connection == core.Listening
	c.run.Enable(open)
	byHand := p.Status.Kind == core.KindDeveloperSpace
	frame.SetVisible(c.run.Button, !byHand)
	c.text.Set(words.Say("Sends a pretend delivery the whole way round. It never reaches your records."))
	if byHand {
		w := words.Tongue.Error(core.ErrTestByHand)
		c.text.Set(w.Title + ". " + w.Text())
	}
	c.note.Set(words.Say("You can send a test event when your address is open."))
	frame.SetVisible(c.note, !open && !byHand)
	c.relayout()
}

// besideLayout gives words the room that a button beside them leaves.
type besideLayout struct{}

func (besideLayout) room(objects []fyne.CanvasObject, width float32) float32 {
	if !objects[1].Visible() {
		return width
	}
	return max(1, width-objects[1].MinSize().Width-kit.Dp(16))
}

func (besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, max(objects[0].MinSize().Height, objects[1].MinSize().Height))
}

func (l besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	words, button := objects[0], objects[1]
	words.Resize(fyne.NewSize(l.room(objects, size.Width), size.Height))
	b := button.MinSize()
	button.Move(fyne.NewPos(size.Width-b.Width, max(0, (size.Height-b.Height)/2)))
	button.Resize(b)
}
