package frame

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// wantedTopics lists the topics to tick on AppFolio's page, by AppFolio's
// names.
const wantedTopics = "work_orders, charges, leases, tenants, units, properties, vendors"

// Guide explains how to register a Developer Space by hand: four steps on
// AppFolio's page. The last one is ticked when the test event has arrived here.
// Settings and the welcome pages show it.
type Guide struct {
	Object *fyne.Container

	steps  [4]*guideStep
	copyIt *kit.Press
	Since  time.Time // test events from before do not count
	page   string    // address of AppFolio's page
	target string    // the address to paste there
}

// NewGuide returns the steps. copyText gets the webhook address, openPage the
// address of AppFolio's page.
func NewGuide(copyText, openPage func(string)) *Guide {
	g := &Guide{Object: kit.VStack(10)}
	g.copyIt = kit.NewLink(words.Say("Copy"), func() {
		copyText(g.target)
		g.steps[0].text.Set(words.Say("Copied"))
		kit.Relayout(g.Object)
	})
	g.steps = [4]*guideStep{
		newGuideStep(1, words.Say("Copy your address"), g.copyIt),
		newGuideStep(2, words.Say("Open AppFolio's page"), kit.NewLink(words.Say("Open"), func() { openPage(g.page) })),
		newGuideStep(3, words.Say("Tick these topics"), nil),
		newGuideStep(4, words.Say("Press Send Test Event there"), nil),
	}
	for _, s := range g.steps {
		g.Object.Add(s.object)
	}
	g.steps[1].text.Set(words.Say("Paste the address in Developer Space, under Webhooks."))
	g.steps[2].text.Set(wantedTopics)
	return g
}

// Arrived reports whether a delivery has arrived after Since.
func (g *Guide) Arrived(s core.Status) bool { return s.Doorbell.After(g.Since) }

// Show shows the address and whether the test event has arrived.
func (g *Guide) Show(s core.Status, a core.Account, now time.Time) {
	g.target, g.page = s.Address+core.WebhookPath, AppFolioPage(a.Space.Company)
	open := s.Address != ""
	if open {
		g.steps[0].text.Set(words.HostOf(s.Address) + core.WebhookPath)
	} else {
		g.steps[0].text.Set(words.Say("Your address is not open yet."))
	}
	SetVisible(g.copyIt, open)
	last := g.steps[3]
	if g.Arrived(s) {
		last.text.SetStyled(words.Say("Arrived %s, signature verified", words.Tongue.At(s.Doorbell.In(now.Location()), now)), kit.Caption.In(kit.ColorOk))
	} else {
		last.text.SetStyled(words.Say("Waiting for the test event"), kit.Caption)
	}
	last.done(g.Arrived(s))
	kit.Relayout(g.Object)
}

// AppFolioPage returns the address where a company signs in. Without the
// company's name it returns that of appfolio.com.
func AppFolioPage(company string) string {
	if company == "" {
		return "https://www.appfolio.com"
	}
	return "https://" + company + ".appfolio.com"
}

// guideStep is a numbered step: what to do, a line of detail, and optionally a
// link.
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
	s.object = &fyne.Container{Layout: MarkLayout{}, Objects: []fyne.CanvasObject{mark, words}}
	if link != nil {
		s.object.Add(link)
	}
	s.done(false)
	return s
}

func (s *guideStep) done(done bool) {
	SetVisible(s.badge, !done)
	SetVisible(s.number, !done)
	SetVisible(s.tick, done)
}
