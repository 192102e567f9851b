package ui

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
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
	g.copyIt = kit.NewLink(words.Say("Copy"), func() {
		copyText(g.target)
		g.steps[0].text.Set(words.Say("Copied"))
		kit.Relayout(g.object)
	})
	g.steps = [4]*guideStep{
		newGuideStep(1, words.Say("Copy your address"), g.copyIt),
		newGuideStep(2, words.Say("Open AppFolio's page"), kit.NewLink(words.Say("Open"), func() { openPage(g.page) })),
		newGuideStep(3, words.Say("Tick these topics"), nil),
		newGuideStep(4, words.Say("Press Send Test Event there"), nil),
	}
	for _, s := range g.steps {
		g.object.Add(s.object)
	}
	g.steps[1].text.Set(words.Say("Paste the address in Developer Space, under Webhooks."))
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
		g.steps[0].text.Set(words.Say("Your address is not open yet."))
	}
	frame.SetVisible(g.copyIt, open)
	last := g.steps[3]
	if g.arrived(s) {
		last.text.SetStyled(words.Say("Arrived %s, signature verified", words.Tongue.At(s.Doorbell.In(now.Location()), now)), kit.Caption.In(kit.ColorOk))
	} else {
		last.text.SetStyled(words.Say("Waiting for the test event"), kit.Caption)
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
	frame.SetVisible(s.badge, !done)
	frame.SetVisible(s.number, !done)
	frame.SetVisible(s.tick, done)
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
	head := kit.Spread(8, kit.NewText(words.Say("Webhook"), kit.Title).Tight(), c.chip)
	c.toggle = kit.NewLink(words.Say("Show the steps"), c.showSteps)
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
	frame.SetVisible(c.object, p.status.Kind == core.KindDeveloperSpace)
	now, rang := c.now(), p.status.Doorbell
	if rang.IsZero() {
		c.chip.Set(kit.Warn, assets.Alert, words.Say("Needs registering"))
		c.text.Set(words.Say("In Developer Space you register by hand, once. These four steps do it."))
	} else {
		c.chip.Set(kit.Good, assets.Verified, words.Say("Registered"))
		c.text.Set(words.Say("AppFolio rings here when something changes. It last rang %s.", words.Tongue.At(rang.In(now.Location()), now)))
	}
	steps := rang.IsZero() || c.again
	c.guide.show(p.status, p.account, now)
	frame.SetVisible(c.guide.object, steps)
	frame.SetVisible(c.foot, !steps)
	kit.Relayout(c.object)
}
