package ui

import (
	"slices"
	"testing"

	"rentbell/ui/uitest"
)

// wholeWindows lists the pictures of a whole window. All others show only the
// page or dialog that they are about, so that changes around it leave them
// alone.
var wholeWindows = []string{
	"overview", "overview_dark", "overview_small", "overview_spanish", "payments", "payments_dark", "payments_small",
	"payments_small_detail", "payments_unreachable", "workorders", "leases", "activity", "settings_connection",
	"large_text_overview_small",
}

// looks compares a page or dialog with its picture.
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
