package settings

import (
	"cmp"
	"context"
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
	copy       func(text string)
}

// healthCard says of each part of the way whether it works. It looks when it is
// first shown, when the connection or the registration changes, and when asked.
type healthCard struct {
	card
	now func() time.Time
	do  healthActions

	again  *kit.Press
	report *kit.Press
	list   *fyne.Container
	rows   []*healthRow

	last   core.Report // zero: none yet
	seen   healthCause
	busy   bool
	stale  bool // something has changed since the look that is under way began
	system installation
	door   core.TunnelKind // how Rentbell is reached
}

// healthCause is what a new look is worth for.
type healthCause struct {
	connection core.Connection
	progress   core.Progress
	vault      bool
	storage    bool
	rejected   int
	kind       core.Kind
	rang       bool
}

func newHealthCard(now func() time.Time, do healthActions, inst installation, update func()) *healthCard {
	c := &healthCard{card: newCard(update), now: now, do: do, system: inst, list: kit.VStack(0), seen: healthCause{connection: -1}}
	c.again = kit.NewLink(words.Say("Check again"), c.look)
	c.report = kit.NewLink(words.Say("Copy report"), c.copyReport)
	foot := kit.Inset(2, kit.CardPad, 8, kit.CardPad-2, kit.HStack(0, c.report))
	c.object = kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Health check"), c.again), c.list, kit.NewRule(), foot))
	return c
}

func (c *healthCard) show(p State) {
	s := p.Status
	c.door = cmp.Or(p.Override.Tunnel.Kind, p.Settings.Door)
	cause := healthCause{s.Connection, s.Registration.Progress, s.Vault != nil, s.Storage != nil, s.Summary.Rejected.Count, s.Kind, !s.Doorbell.IsZero()}
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
	now := c.now()
	c.list.Objects = nil
	c.rows = c.rows[:0]
	for i, check := range r.Checks {
		row := newHealthRow()
		row.show(describeCheck(check, r.Status, now), c.fixFor(check))
		if i > 0 {
			c.list.Add(kit.NewRule())
		}
		c.list.Add(row.object)
		c.rows = append(c.rows, row)
	}
	c.relayout()
}

func (c *healthCard) copyReport() {
	if !c.last.At.IsZero() {
		c.do.copy(explain.Support(c.last, c.system.about(c.door)))
	}
}

// fixing is what a row's link does.
type fixing struct {
	verb string
	do   func()
}

// fixFor is the way out of a trouble, where one press is enough.
func (c *healthCard) fixFor(check core.Check) fixing {
	if check.State != core.CheckWarn && check.State != core.CheckBad {
		return fixing{}
	}
	switch check.Name {
	case core.CheckTunnel:
		return fixing{words.Say("Try now"), c.do.reconnect}
	case core.CheckRegistration:
		return fixing{words.Say("Fix"), func() { c.do.register(func(error) {}) }} // the card above tells what came of it
	case core.CheckSignatures:
		return fixing{words.Say("See why"), c.do.whyKeptOut}
	case core.CheckSecrets:
		return fixing{words.Say("Fix"), c.do.showKeys}
	}
	return fixing{}
}

// health is one part of the way from AppFolio to the bell.
type health struct {
	family kit.Family // Good, Warn, Bad, or Neutral while nobody knows
	title  string
	text   string
}

func describeCheck(c core.Check, s core.Status, now time.Time) health {
	row := words.Tongue.Check(c, s, now)
	h := health{title: row.Title, text: words.Tongue.Line(row)}
	switch c.State {
	case core.CheckGood:
		h.family = kit.Good
	case core.CheckWarn:
		h.family = kit.Warn
	case core.CheckBad:
		h.family = kit.Bad
	}
	return h
}

// healthRow is a mark, a title, what there is to say and perhaps a way out.
type healthRow struct {
	object *fyne.Container
	mark   *kit.Icon
	title  *kit.Text
	text   *kit.Prose
	fix    *kit.Press
	body   *fyne.Container
}

func newHealthRow() *healthRow {
	r := &healthRow{
		mark:  kit.NewIcon(assets.Info, kit.ColorText2, 20),
		title: kit.NewText("", kit.Strong).Tight(),
		text:  kit.NewProse("", kit.Caption),
	}
	r.body = &fyne.Container{Layout: frame.MarkLayout{}, Objects: []fyne.CanvasObject{r.mark, kit.VStack(0, r.title, r.text)}}
	r.object = kit.Inset(8, kit.CardPad, 8, kit.CardPad, r.body)
	return r
}

func (r *healthRow) show(h health, f fixing) {
	icon, ink := assets.Info, kit.ColorText2
	switch h.family {
	case kit.Good:
		icon, ink = assets.Verified, kit.ColorOk
	case kit.Warn:
		icon, ink = assets.Alert, kit.ColorWarn
	case kit.Bad:
		icon, ink = assets.Rejected, kit.ColorErr
	}
	r.mark.Set(icon, ink)
	r.title.Set(h.title)
	r.text.Set(h.text)
	if f.verb != "" {
		r.fix = kit.NewLink(f.verb, f.do)
		r.body.Objects = append(r.body.Objects[:2], r.fix)
	}
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
