package ui

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/find"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// Sizes of the windows in the pictures.
var (
	usual = fyne.NewSize(1180, 760)
	least = fyne.NewSize(frame.LeastWidth, frame.LeastHeight)
)

// pages has every page on an ordinary day, by the name of its picture.
var pages = []struct {
	name string
	size fyne.Size
	show func(testing.TB, seat)
}{
	{"overview", usual, func(t testing.TB, d seat) {}},
	{"payments", usual, func(t testing.TB, d seat) { d.Open(paymentsSection); uitest.TapText(t, d.window, "Dana Whitfield") }},
	{"workorders", usual, func(t testing.TB, d seat) {
		d.Open(workOrdersSection)
		uitest.TapText(t, d.window, "Kitchen faucet drips")
	}},
	{"leases", usual, func(t testing.TB, d seat) { d.Open(leasesSection) }},
	{"tenants", usual, func(t testing.TB, d seat) { d.Open(tenantsSection); uitest.TapText(t, d.window, "Aisha Rahmani") }},
	{"activity", usual, func(t testing.TB, d seat) {
		d.Open(activitySection)
		uitest.TapText(t, d.window, "New tenant, Aisha Rahmani")
	}},
	{"attention", usual, func(t testing.TB, d seat) { d.Open(activitySection); d.feeds.OpenAttention() }},
	{"payments_small", least, func(t testing.TB, d seat) { d.Open(paymentsSection) }},
}

func TestPagesLook(t *testing.T) {
	uitest.DrawsOnly(t)
	db := uitest.Office(t)
	for look, suffix := range map[kit.Appearance]string{kit.Light: "", kit.Dark: "_dark"} {
		for _, p := range pages {
			t.Run(p.name+suffix, func(t *testing.T) {
				d := open(t, db, look, p.size)
				p.show(t, d)
				looks(t, p.name+suffix, d.UI)
			})
		}
	}
}

// TestSpecialPagesLook checks pages in unusual states. One theme is enough for
// these.
func TestSpecialPagesLook(t *testing.T) {
	uitest.DrawsOnly(t)
	tests := []struct {
		name string
		size fyne.Size
		show func(testing.TB, seat)
	}{
		{"overview_small", least, func(t testing.TB, d seat) {}},
		{"payments_small_detail", least, func(t testing.TB, d seat) { d.Open(paymentsSection); uitest.TapText(t, d.window, "Lease 20931") }},
		{"leases_detail", usual, func(t testing.TB, d seat) { d.Open(leasesSection); uitest.TapText(t, d.window, "Terrence Cole") }},
		{"overview_arrived", usual, func(t testing.TB, d seat) {
			d.arrive(t, uitest.Payment("new", present.Add(-5*time.Second), uitest.LeaseOf("Priya Raman"), -50_00, "ach"))
		}},
		{"payments_unreachable", usual, func(t testing.TB, d seat) {
			d.Open(paymentsSection)
			s := allWell(t, d.bell)
			s.Connection, s.Problem = core.Unreachable, errors.New("gone")
			d.changed(core.Change{Status: s}, nil)
		}},
		{"payments_raw", usual, func(t testing.TB, d seat) {
			d.Open(paymentsSection)
			uitest.TapText(t, d.window, "Dana Whitfield")
			uitest.TapText(t, d.window, "Raw data from AppFolio")
		}},
		{"payments_found", usual, func(t testing.TB, d seat) {
			d.Open(paymentsSection)
			d.choose(t, "Alder Court")
			typeInto(d.feeds.Search(paymentsSection), "echeck")
			uitest.TapText(t, d.window, "Dana Whitfield")
		}},
		{"payments_none", usual, func(t testing.TB, d seat) {
			d.Open(paymentsSection)
			typeInto(d.feeds.Search(paymentsSection), "whitfeild")
		}},
		{"payments_sorted", usual, func(t testing.TB, d seat) {
			d.Open(paymentsSection)
			test.Tap(uitest.Heads(d.window.Content())[find.Amount-1])
			d.window.Canvas().Focus(uitest.Heads(d.window.Content())[find.Amount-1])
		}},
		{"workorders_none", usual, func(t testing.TB, d seat) {
			d.Open(workOrdersSection)
			typeInto(d.feeds.Search(workOrdersSection), "roof")
		}},
		{"help", usual, func(t testing.TB, d seat) { d.showHelp() }},
		{"help_small_dark", least, func(t testing.TB, d seat) {
			d.wear(t, core.Look{Appearance: core.AppearanceDark, Still: true})
			d.showHelp()
		}},
		{"large_text", usual, func(t testing.TB, d seat) { d.wear(t, largeText); d.Open(paymentsSection) }},
		{"large_text_overview", usual, func(t testing.TB, d seat) { d.wear(t, largeText) }},
		{"large_text_overview_small", least, func(t testing.TB, d seat) { d.wear(t, largeText) }},
		{"large_text_workorders_small", least, func(t testing.TB, d seat) { d.wear(t, largeText); d.Open(workOrdersSection) }},
		{"large_text_settings", usual, func(t testing.TB, d seat) { d.Open(settingsSection); d.wear(t, largeText) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := open(t, uitest.Office(t), kit.Light, tt.size)
			tt.show(t, d)
			looks(t, tt.name, d.UI)
		})
	}
}

// typeInto types into a search and unfocuses it, because a cursor blinks.
func typeInto(search *kit.Entry, text string) {
	test.Type(search, text)
	search.FocusLost()
}

func TestEmptyPagesLook(t *testing.T) {
	uitest.DrawsOnly(t)
	db := uitest.OpenStore(t, t.TempDir())
	d := open(t, db, kit.Light, usual)
	looks(t, "overview_empty", d.UI)
	d.Open(paymentsSection)
	s := allWell(t, d.bell)
	s.Connection = core.ConnectionOff
	d.changed(core.Change{Status: s}, nil)
	looks(t, "payments_empty", d.UI)
}
