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

// healthCard says for each part of the connection whether it works. It checks when
// it is first shown, when its healthCause changes, and when the user asks.
type healthCard struct {
	*card
	mendID func() // opens the field of the client id

	again *kit.Press
	list  *fyne.Container

	last  core.Report // zero: none has ended yet
	seen  healthCause
	looks frame.Loader
	about explain.About // of a report for support; it does not say where the data is
}

// healthCause is the part of a State whose change needs a new check.
type healthCause struct {
	connection core.Connection
	progress   core.Progress
	vault      string // the title of its trouble
	storage    bool
	rejected   int
	kind       core.Kind
	rang       bool
	folder     string    // of reports, with the title of its trouble
	latest     time.Time // when the newest report came
	office     string    // the title of its trouble, with whether it is followed
}

func newHealthCard(w *tasks, mendID func()) *healthCard {
	c := &healthCard{card: newCard(w), mendID: mendID, list: kit.VStack(0), seen: healthCause{connection: -1}}
	c.about = explain.About{Program: "Rentbell", Version: w.Version, System: runtime.GOOS, Arch: runtime.GOARCH,
		Log: "rentbell.log and crash.log in the data folder, unless Rentbell was started in a terminal"}
	c.again = kit.NewLink(words.Say("Check again"), c.look)
	foot := kit.Inset(2, kit.CardPad, 8, kit.CardPad-2, kit.HStack(0, kit.NewLink(words.Say("Copy report"), c.copyReport)))
	c.object = kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Health check"), c.again), c.list, kit.NewRule(), foot))
	c.row(c.watch)
	return c
}

// watch checks again when the cause has changed.
func (c *healthCard) watch(p State) {
	s := p.Status
	c.about.Tunnel = cmp.Or(p.Override.Tunnel.Kind, p.Settings.Door)
	cause := healthCause{
		s.Connection, s.Registration.Progress, words.Tongue.Error(s.Vault).Title, s.Storage != nil, s.Summary.Rejected.Count, s.Kind, !s.Doorbell.IsZero(),
		s.Reports.Dir + words.Tongue.Error(s.Reports.Problem).Title, s.Reports.Latest(),
		officeCause(s.Office),
	}
	if cause == c.seen {
		return
	}
	c.seen = cause
	c.look()
}

// look checks everything, one check at a time.
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

// newRow makes a row: a mark, a title with the finding, and a link if one press
// mends it.
func (c *healthCard) newRow(check core.Check, s core.Status) fyne.CanvasObject {
	icon, ink := assets.Info, kit.ColorText2 // not known yet
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

// wayOut returns the link that mends what a check found, or nil.
func (c *healthCard) wayOut(check core.Check) *kit.Press {
	keys := check.Name == core.CheckTunnel && errors.Is(check.Err, core.ErrKeychainLocked) // trying again would not open them
	if keys || check.State != core.CheckWarn && check.State != core.CheckBad {
		return nil
	}
	switch check.Name {
	case core.CheckTunnel:
		return kit.NewLink(words.Say("Try now"), c.Bell.Reconnect)
	case core.CheckRegistration:
		return kit.NewLink(words.Say("Fix"), func() { c.Saver.Do(c.Bell.Register, func(error) {}) }) // the Webhook card shows the result
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

// whyKeptOut explains deliveries with a wrong signature, of which nothing is kept.
// In Developer Space a new registration does not help: AppFolio signs with a key
// of its own.
func (c *healthCard) whyKeptOut() {
	why := words.Tongue.Error(core.ErrForged)
	q := frame.Question{
		Title: why.Title, Text: why.Text(), Verb: words.Say("Register again"),
		Answer: func() { c.Saver.Do(c.Bell.Register, nil) },
	}
	if a := c.Bell.Account(); a.Kind == core.KindDeveloperSpace {
		q = frame.Question{
			Title:  words.Say("Somebody else sent this"),
			Text:   words.Say("AppFolio had not signed it, so it was kept out of your records. If you expected something, press Send Test Event on AppFolio's page and see whether that arrives."),
			Verb:   words.Say("Open AppFolio's page"),
			Answer: func() { c.Do.OpenPage(frame.AppFolioPage(a.Space.Company)) },
		}
	}
	c.ask(q)
}

// newTryCard makes the card that sends a test event.
func newTryCard(w *tasks) *card {
	c := newCard(w)
	open := func(p State) bool { return p.Status.Connection == core.Listening }
	run := frame.NewTestRun(func(done func(time.Duration, error)) { frame.Background(w.Post, w.Bell.SendTest, done) }, c.relayout)
	c.row(func(p State) { run.Enable(open(p)) })
	text := c.text(kit.Body, func(p State) string {
		if inSpace(p) {
			w := words.Tongue.Error(core.ErrTestByHand)
			return w.Title + ". " + w.Text()
		}
		return words.Say("Sends a pretend delivery the whole way round. It never reaches your records.")
	})
	note := kit.NewProse(words.Say("You can send a test event when your address is open."), kit.Caption)
	title := kit.VStack(0, kit.NewText(words.Say("Try it"), kit.Title).Tight(), kit.Inset(6, 0, 0, 0, text))
	c.padded(kit.VStack(8,
		&fyne.Container{Layout: besideLayout{}, Objects: []fyne.CanvasObject{title, c.only(not(inSpace), run.Button)}},
		run.Result,
		c.only(func(p State) bool { return !open(p) && !inSpace(p) }, note)))
	c.only(delivered, c.object)
	return c
}

// besideLayout puts a button at the right of words, to the pixel where HStack
// rounds.
type besideLayout struct{}

func (besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, max(objects[0].MinSize().Height, objects[1].MinSize().Height))
}

func (besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	words, button, b := objects[0], objects[1], objects[1].MinSize()
	room := size.Width
	if button.Visible() {
		room = max(1, size.Width-b.Width-kit.Dp(16))
	}
	words.Resize(fyne.NewSize(room, size.Height))
	kit.Place(button, size.Width-b.Width, max(0, (size.Height-b.Height)/2), b.Width, b.Height)
}
