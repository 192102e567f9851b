package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
)

func TestTheGuideGivesTheAddressAndAppFoliosPage(t *testing.T) {
	openSettings(t, nil) // for its theme
	var copied, opened string
	g := newGuide(func(text string) { copied = text }, func(page string) { opened = page })
	g.show(core.Status{}, core.Account{}, june18)
	if g.copyIt.Visible() || g.steps[0].text.Text() != "Your address is not open yet." {
		t.Error("an address that is not open can be copied")
	}
	s := listening()
	g.show(s, core.Account{}, june18)
	test.Tap(g.copyIt)
	if copied != "https://oakline.ngrok.app/webhooks/appfolio" || g.steps[0].text.Text() != "Copied" {
		t.Errorf("copied %q", copied)
	}
	a := core.Account{Space: core.Space{Company: "oakline"}}
	g.show(s, a, june18)
	test.Tap(g.steps[1].object.Objects[2].(*kit.Press))
	if opened != "https://oakline.appfolio.com" {
		t.Errorf("opens %q", opened)
	}
	for company, want := range map[string]string{"": "https://www.appfolio.com", "oakline": "https://oakline.appfolio.com"} {
		if got := appFolioPage(company); got != want {
			t.Errorf("%q: opens %q, want %q", company, got, want)
		}
	}
}

func TestTheTestEventIsSeenToArriveInTheGuide(t *testing.T) {
	d := connected(t)
	card := partOf[*guideCard](t, d.UI)
	last := card.guide.steps[3]
	if last.text.Text() != "Waiting for the test event" || last.tick.Visible() || !card.guide.object.Visible() {
		t.Errorf("before it arrives it says %q", last.text.Text())
	}
	s := listening()
	s.Kind, s.Doorbell = core.KindDeveloperSpace, june18.Add(-time.Minute)
	d.showStatus(s)
	if !strings.Contains(card.text.Text(), "It last rang at 10:41 AM.") || card.guide.object.Visible() || !card.foot.Visible() {
		t.Errorf("once it rang, the card says %q", card.text.Text())
	}

	test.Tap(card.toggle)
	if !card.guide.object.Visible() || last.text.Text() != "Waiting for the test event" {
		t.Errorf("registering anew, an old ring counts: %q", last.text.Text())
	}
	s.Doorbell = june18.Add(time.Second)
	d.showStatus(s)
	if last.text.Text() != "Arrived at 10:42 AM, signature verified" || !last.tick.Visible() || last.number.Visible() {
		t.Errorf("says %q", last.text.Text())
	}
}
