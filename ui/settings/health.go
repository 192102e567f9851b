package settings

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// healthCard says of each part of the way whether it works. It looks when it is
// first shown, when the connection or the registration changes, and when asked.
type healthCard struct {
	card
	mendID func() // opens the client id to be changed

	again  *kit.Press
	report *kit.Press
	list   *fyne.Container

	last  core.Report // zero: none yet
	seen  healthCause
	looks frame.Loader
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

func newHealthCard(w *tasks, mendID func()) *healthCard {
	c := &healthCard{card: newCard(w), mendID: mendID, list: kit.VStack(0), seen: healthCause{connection: -1}}
	c.about = explain.About{Program: "Rentbell", Version: w.Version, System: runtime.GOOS, Arch: runtime.GOARCH, // not where the data is
		Log: "rentbell.log and crash.log in the data folder, unless Rentbell was started in a terminal"}
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
	c.again.Disable()
	c.looks.Load(c.Post, func(ctx context.Context) func() {
		r := c.Bell.Check(ctx)
		return func() {
			c.again.Enable()
			c.last = r
			c.fill(r)
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
		c.Do.Copy(explain.Support(c.last, c.about))
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
	row := words.Tongue.Check(check, s, c.Now())
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
		return kit.NewLink(words.Say("Try now"), c.Bell.Reconnect)
	case core.CheckRegistration:
		return kit.NewLink(words.Say("Fix"), func() { c.Saver.Do(c.Bell.Register, func(error) {}) }) // the card above tells what came of it
	case core.CheckSignatures:
		if errors.Is(check.Err, core.ErrOtherAccount) {
			return kit.NewLink(words.Say("Fix"), c.mendID)
		}
		return kit.NewLink(words.Say("See why"), c.whyKeptOut)
	case core.CheckSecrets:
		return kit.NewLink(words.Say("Fix"), func() { c.view.Open(DataTab) })
	}
	return nil
}

// whyKeptOut explains deliveries with a wrong signature: nothing is kept of them
// that could be shown.
func (c *healthCard) whyKeptOut() {
	if c.Bell.Account().Kind == core.KindDeveloperSpace {
		c.whyKeptOutOfSpace()
		return
	}
	why := words.Tongue.Error(core.ErrForged)
	c.ask(frame.Question{
		Title: why.Title, Text: why.Text(), Verb: words.Say("Register again"),
		Answer: func() { c.Saver.Do(c.Bell.Register, nil) },
	})
}

// whyKeptOutOfSpace is whyKeptOut where AppFolio's own key signs, and no secret
// of the user's.
func (c *healthCard) whyKeptOutOfSpace() {
	c.ask(frame.Question{
		Title:  words.Say("Somebody else sent this"),
		Text:   words.Say("AppFolio had not signed it, so it was kept out of your records. If you expected something, press Send Test Event on AppFolio's page and see whether that arrives."),
		Verb:   words.Say("Open AppFolio's page"),
		Answer: func() { c.Do.OpenPage(frame.AppFolioPage(c.Bell.Account().Space.Company)) },
	})
}

// tryCard sends a pretend delivery the whole way round.
type tryCard struct {
	card
	run        *frame.TestRun
	text, note *kit.Prose
}

func newTryCard(w *tasks) *tryCard {
	c := &tryCard{card: newCard(w), note: kit.NewProse("", kit.Caption), text: kit.NewProse("", kit.Body)}
	c.run = frame.NewTestRun(func(done func(time.Duration, error)) { frame.Background(w.Post, w.Bell.SendTest, done) }, c.relayout)
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
