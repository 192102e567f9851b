package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// shows reports whether a text is visible, whole or as part of another.
func (d seat) shows(text string) bool {
	return strings.Contains(strings.Join(d.texts(), "\n"), text)
}

// texts returns all visible texts, in reading order.
func (d seat) texts() []string { return uitest.Texts(d.window.Content()) }

// choices returns the options of the select on the open page that has a given
// option.
func (d seat) choices(t testing.TB, one string) []string {
	t.Helper()
	return d.selectWith(t, one).Options
}

// choose chooses an option of the select that has it.
func (d seat) choose(t testing.TB, choice string) {
	t.Helper()
	d.selectWith(t, choice).SetSelected(choice)
}

func (d seat) selectWith(t testing.TB, choice string) (found *kit.Select) {
	t.Helper()
	uitest.Walk(d.window.Content(), func(o fyne.CanvasObject) {
		if s, ok := o.(*kit.Select); ok && slices.Contains(s.Options, choice) {
			found = s
		}
	})
	if found == nil {
		t.Fatalf("no select offers %q", choice)
	}
	return found
}
