package frame

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestTheGuideGivesTheAddressAndAppFoliosPage(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&kit.Theme{Appearance: kit.Light, Still: true})
	var copied, opened string
	g := NewGuide(func(text string) { copied = text }, func(page string) { opened = page })
	g.Show(core.Status{}, core.Account{}, uitest.Present)
	if g.copyIt.Visible() || g.steps[0].text.Text() != "Your address is not open yet." {
		t.Error("an address that is not open can be copied")
	}
	s := core.Status{Connection: core.Listening, Address: "https://oakline.ngrok.app"}
	g.Show(s, core.Account{}, uitest.Present)
	test.Tap(g.copyIt)
	if copied != "https://oakline.ngrok.app/webhooks/appfolio" || g.steps[0].text.Text() != "Copied" {
		t.Errorf("copied %q", copied)
	}
	a := core.Account{Space: core.Space{Company: "oakline"}}
	g.Show(s, a, uitest.Present)
	test.Tap(g.steps[1].object.Objects[2].(*kit.Press))
	if opened != "https://oakline.appfolio.com" {
		t.Errorf("opens %q", opened)
	}
	for company, want := range map[string]string{"": "https://www.appfolio.com", "oakline": "https://oakline.appfolio.com"} {
		if got := AppFolioPage(company); got != want {
			t.Errorf("%q: opens %q, want %q", company, got, want)
		}
	}
}
