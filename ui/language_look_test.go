package ui

import (
	"testing"

	"rentbell/ui/kit"
	"rentbell/ui/settings"
	"rentbell/ui/uitest"
)

// TestPagesLookInSpanish checks that there is room for the longest language.
// There is no picture in Chinese, because the system's fonts differ.
func TestPagesLookInSpanish(t *testing.T) {
	uitest.DrawsOnly(t)
	uitest.Speak(t, "es")
	d := open(t, uitest.Office(t), kit.Light, usual)
	looks(t, "overview_spanish", d.UI)
	d.Open(settingsSection)
	d.settings.Open(settings.NotificationsTab)
	looks(t, "settings_spanish", d.UI)
}

// TestWordsAreWholeInTheSmallestWindow checks the longest language with the
// largest text. Only AppFolio's data may be cut, because its pane shows all of
// it.
func TestWordsAreWholeInTheSmallestWindow(t *testing.T) {
	uitest.Speak(t, "es")
	d := openIn(t, uitest.Office(t), *themeOf(largeText), least)
	d.Open(settingsSection)
	for tab := settings.ConnectionTab; tab <= settings.AboutTab; tab++ {
		d.settings.Open(tab)
		if cut := uitest.Cut(d.window.Content()); len(cut) > 0 {
			t.Errorf("tab %d of Settings cuts %q", tab, cut)
		}
	}
	d.Open(activitySection)
	d.feeds.OpenAttention()
	if cut := uitest.Cut(d.window.Content()); len(cut) > 0 {
		t.Errorf("Needs attention cuts %q", cut)
	}
	d.Open(leasesSection)
	uitest.TapText(t, d.window, "Terrence Cole")
	if cut := uitest.Cut(d.window.Content()); len(cut) > 0 {
		t.Errorf("a lease's pane cuts %q", cut)
	}
	d.showHelp()
	if cut := uitest.Cut(d.window.Canvas().Overlays().Top()); len(cut) > 0 {
		t.Errorf("the list of keys cuts %q", cut)
	}
}
