package ui

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
)

// wantedTopics are the topics to tick on AppFolio's page, in its own words.
const wantedTopics = "work_orders, charges, leases, tenants, units, properties, vendors"

// guide leads through registering by hand: four steps on AppFolio's page, the
// last of which is seen to arrive here. It is in Settings and in the first run.
type guide struct {
	object *fyne.Container

	steps  [4]*guideStep
	copyIt *kit.Press
	since  time.Time // what arrived before is no answer to these steps
	page   string    // AppFolio's
	target string    // the address to paste
}

func newGuide(copyText, openPage func(string)) *guide {
	g := &guide{object: kit.VStack(10)}
	g.copyIt = kit.NewLink(say("Copy"), func() {
		copyText(g.target)
		g.steps[0].text.Set(say("Copied"))
		kit.Relayout(g.object)
	})
	g.steps = [4]*guideStep{
		newGuideStep(1, say("Copy your address"), g.copyIt),
		newGuideStep(2, say("Open AppFolio's page"), kit.NewLink(say("Open"), func() { openPage(g.page) })),
		newGuideStep(3, say("Tick these topics"), nil),
		newGuideStep(4, say("Press Send Test Event there"), nil),
	}
	for _, s := range g.steps {
		g.object.Add(s.object)
	}
	g.steps[1].text.Set(say("Paste the address in Developer Space, under Webhooks."))
	g.steps[2].text.Set(wantedTopics)
	return g
}

// arrived reports whether AppFolio has rung since the steps were shown.
func (g *guide) arrived(s core.Status) bool { return s.Doorbell.After(g.since) }

func (g *guide) show(s core.Status, a core.Account, now time.Time) {
	g.target, g.page = s.Address+core.WebhookPath, appFolioPage(a.Space.Company)
	open := s.Address != ""
	if open {
		g.steps[0].text.Set(hostOf(s.Address) + core.WebhookPath)
	} else {
		g.steps[0].text.Set(say("Your address is not open yet."))
	}
	setVisible(g.copyIt, open)
	last := g.steps[3]
	if g.arrived(s) {
		last.text.SetStyled(say("Arrived %s, signature verified", tongue.At(s.Doorbell.In(now.Location()), now)), kit.Caption.In(kit.ColorOk))
	} else {
		last.text.SetStyled(say("Waiting for the test event"), kit.Caption)
	}
	last.done(g.arrived(s))
	kit.Relayout(g.object)
}

// appFolioPage is where a company signs in; without its name, AppFolio's own.
func appFolioPage(company string) string {
	if company == "" {
		return "https://www.appfolio.com"
	}
	return "https://" + company + ".appfolio.com"
}

// guideStep is a number, what to do, a line about it and perhaps a link.
type guideStep struct {
	object *fyne.Container
	badge  *kit.Box
	number *kit.Text
	tick   *kit.Icon
	text   *kit.Prose
}

func newGuideStep(number int, title string, link *kit.Press) *guideStep {
	s := &guideStep{
		badge:  kit.NewBox(kit.ColorTint, "", 10),
		number: kit.NewText(strconv.Itoa(number), kit.Caption.In(kit.ColorPrimary)),
		tick:   kit.NewIcon(assets.Verified, kit.ColorOk, 20),
		text:   kit.NewProse("", kit.Caption),
	}
	mark := container.NewStack(s.badge, container.NewCenter(s.number), container.NewCenter(s.tick))
	words := kit.VStack(0, kit.NewText(title, kit.Strong).Tight(), s.text)
	s.object = &fyne.Container{Layout: markLayout{}, Objects: []fyne.CanvasObject{mark, words}}
	if link != nil {
		s.object.Add(link)
	}
	s.done(false)
	return s
}

func (s *guideStep) done(done bool) {
	setVisible(s.badge, !done)
	setVisible(s.number, !done)
	setVisible(s.tick, done)
}

// guideCard takes the place of the Webhook card in Developer Space, where only
// the user can register.
type guideCard struct {
	object *fyne.Container
	now    func() time.Time

	chip   *kit.Chip
	text   *kit.Prose
	guide  *guide
	toggle *kit.Press // shows the steps again once they are done
	foot   *fyne.Container
	again  bool // it was pressed
	page   settingsPage
	update func()
}

func newGuideCard(now func() time.Time, do settingsActions, onLayout func()) *guideCard {
	c := &guideCard{now: now, update: onLayout, chip: kit.NewChip(kit.Neutral, nil, ""), text: kit.NewProse("", kit.Body)}
	c.guide = newGuide(do.copy, do.openPage)
	head := kit.Spread(8, kit.NewText(say("Webhook"), kit.Title).Tight(), c.chip)
	c.toggle = kit.NewLink(say("Show the steps"), c.showSteps)
	c.foot = kit.HStack(0, kit.Inset(0, 0, 0, -2, c.toggle))
	body := kit.VStack(9, head, c.text, c.guide.object, c.foot)
	c.object = kit.NewBareCard(kit.Inset(12, kit.CardPad, kit.CardPad, kit.CardPad, body))
	return c
}

func (c *guideCard) showSteps() {
	c.again, c.guide.since = true, c.now()
	c.show(c.page)
	c.update()
}

func (c *guideCard) show(p settingsPage) {
	c.page = p
	setVisible(c.object, p.status.Kind == core.KindDeveloperSpace)
	now, rang := c.now(), p.status.Doorbell
	if rang.IsZero() {
		c.chip.Set(kit.Warn, assets.Alert, say("Needs registering"))
		c.text.Set(say("In Developer Space you register by hand, once. These four steps do it."))
	} else {
		c.chip.Set(kit.Good, assets.Verified, say("Registered"))
		c.text.Set(say("AppFolio rings here when something changes. It last rang %s.", tongue.At(rang.In(now.Location()), now)))
	}
	steps := rang.IsZero() || c.again
	c.guide.show(p.status, p.account, now)
	setVisible(c.guide.object, steps)
	setVisible(c.foot, !steps)
	kit.Relayout(c.object)
}
