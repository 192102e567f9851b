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
