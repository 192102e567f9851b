package ui

import (
	"image"
	"reflect"
	"testing"

	"rentbell/core"
	"rentbell/store"
	"rentbell/ui/settings"
	"rentbell/ui/uitest"
)

var (
	smallText = core.Look{Appearance: core.AppearanceLight, TextSize: 100, Still: true}
	largeText = core.Look{Appearance: core.AppearanceLight, TextSize: 130, Still: true}
)

// sight is a page or dialog to look at.
type sight struct {
	name string
	open func(seat)
}

// sights returns all of them. Settings, with its Appearance tab open, is the
// last.
func sights() (all []sight) {
	for s := range settingsSection {
		all = append(all, sight{sectionNames[s], func(d seat) { d.Open(s) }})
	}
	for _, tab := range []int{settings.ConnectionTab, settings.NotificationsTab, settings.DataTab, settings.AboutTab, settings.AppearanceTab} {
		all = append(all, sight{"Settings, tab " + string(rune('1'+tab)), func(d seat) { d.Open(settingsSection); d.settings.Open(tab) }})
	}
	return all
}

// startedIn returns a seat that started with a look.
func startedIn(t testing.TB, db *store.DB, look core.Look) seat {
	t.Helper()
	s := core.DefaultSettings()
	s.Look = look
	if err := db.SaveSettings(s); err != nil {
		t.Fatal(err)
	}
	return openIn(t, db, *themeOf(look), usual)
}

// wear changes the look as the Appearance tab does.
func (d seat) wear(t testing.TB, look core.Look) {
	t.Helper()
	if err := d.bell.Change(t.Context(), func(s *core.Settings) { s.Look = look }); err != nil {
		t.Fatal(err)
	}
	d.applyLook()
	d.refreshSettings()
}

func (d seat) picture() image.Image { return d.window.Canvas().Capture() }

// TestEveryPageLooksLaidOutAnewWhenTextGrows compares a window whose text has
// grown, and shrunk again, with one that started with that size.
func TestEveryPageLooksLaidOutAnewWhenTextGrows(t *testing.T) {
	uitest.DrawsOnly(t)
	db, all := uitest.Office(t), sights()
	began := make([]image.Image, len(all))
	for i, d := 0, startedIn(t, db, largeText); i < len(all); i++ {
		all[i].open(d)
		began[i] = d.picture()
	}
	d := startedIn(t, db, smallText)
	payments := all[paymentsSection]
	payments.open(d)
	before := d.picture()
	for _, s := range all {
		s.open(d) // a page that was never open has nothing to lay out again
	}
	d.wear(t, largeText)
	for i := len(all) - 1; i >= 0; i-- {
		if i < len(all)-1 { // that page was open all along
			all[i].open(d)
		}
		if !reflect.DeepEqual(d.picture(), began[i]) {
			t.Errorf("%s, its text grown, differs from a window that began like that", all[i].name)
		}
	}
	payments.open(d)
	d.wear(t, smallText)
	if !reflect.DeepEqual(d.picture(), before) {
		t.Error("Payments, its text grown and shrunk again, is not as it was")
	}
}
