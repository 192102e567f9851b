package ui

import (
	"slices"
	"testing"

	"rentbell/ui/uitest"
)

// wholeWindows are the pictures that show the window with all that stands around a
// page. The others show the page or the dialog that they are about, so that a
// change of the frame does not change them.
var wholeWindows = []string{
	"overview", "overview_dark", "overview_small", "overview_spanish", "payments", "payments_dark", "payments_small",
	"payments_small_detail", "payments_unreachable", "workorders", "leases", "activity", "settings_connection",
	"large_text_overview_small",
}

// looks compares what a test is about with its picture.
func looks(t *testing.T, name string, u *UI) {
	t.Helper()
	switch {
	case slices.Contains(wholeWindows, name):
		uitest.Looks(t, name, u.window)
	case u.window.Canvas().Overlays().Top() != nil:
		uitest.LooksDialog(t, name, u.window)
	default:
		uitest.LooksAt(t, name, u.window, u.shell.page().Object)
	}
}
