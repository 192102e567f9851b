package ui

import (
	"testing"

	"rentbell/ui/kit"
	"rentbell/ui/settings"
	"rentbell/ui/uitest"
)

// TestPagesLookInSpanish shows whether there is room for the longest language.
// Chinese has no picture: it is written with the fonts of the system, which
// differ.
func TestPagesLookInSpanish(t *testing.T) {
	uitest.DrawsOnly(t)
	uitest.Speak(t, "es")
	d := open(t, uitest.Office(t), kit.Light, usual)
	looks(t, "overview_spanish", d.UI)
	d.Open(settingsSection)
	d.settings.Open(settings.NotificationsTab)
	looks(t, "settings_spanish", d.UI)
}
