package ui

import (
	"runtime"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/ui/find"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

func TestPaymentsAreFilteredByProperty(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	if want := "27 Quarry Lane"; !slices.Contains(d.choices(t, frame.AllProperties), want) {
		t.Fatalf("the properties are %v, without %s", d.choices(t, frame.AllProperties), want)
	}
	d.choose(t, "27 Quarry Lane")
	d.wantShown(t, "1 payment, $2,150.00", "Owen McAllister")
	d.wantGone(t, "Dana Whitfield")
	d.choose(t, frame.AllProperties)
	d.wantShown(t, "42 payments, $58,310.00")
}

func TestAMonthWithoutPaymentsLeadsToAllTime(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.choose(t, "Jan 2026")
	d.wantShown(t, "No payments found", "No payments were received in January 2026.")
	uitest.TapText(t, d.window, "Show all time")
	d.wantShown(t, "94 payments, $128,015.00")
	if !slices.Contains(d.choices(t, frame.AllProperties), "Harbor Row") {
		t.Errorf("of all time there are the properties %v", d.choices(t, frame.AllProperties))
	}
}

func TestHeadsAreReachedByKeyboard(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.window.Canvas().Focus(uitest.Heads(d.window.Content())[find.Amount-1])
	d.press(fyne.KeySpace)
	first, _ := d.list().Rows.(find.Rows).At(0)
	if name, _ := words.NameOf(first.Detail); name != "Owen McAllister" {
		t.Errorf("after Space on the amount's head %s stands on top", name)
	}
}

func TestOtherPagesClearTheirSearch(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	for _, p := range []struct {
		section section
		search  *kit.Entry
		none    string
		all     string
	}{
		{workOrdersSection, d.feeds.Search(workOrdersSection), "No work orders found", "9 open"},
		{leasesSection, d.feeds.Search(leasesSection), "No leases found", "47 leases"},
		{tenantsSection, d.feeds.Search(tenantsSection), "No tenants found", "13 tenants"},
	} {
		d.Open(p.section)
		test.Type(p.search, "zzz")
		d.wantShown(t, p.none)
		uitest.TapText(t, d.window, "Clear search")
		d.wantShown(t, p.all)
		if p.search.Text != "" {
			t.Errorf("the search still says %q", p.search.Text)
		}
	}
}

func TestTheListIsUsedFromItsSearch(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.shortcut(fyne.KeyF, 0)
	test.Type(d.feeds.Search(paymentsSection), "birchwood")
	d.press(fyne.KeyDown)
	d.press(fyne.KeyDown)
	if d.feeds.List(paymentsSection).Selected() != 1 || d.window.Canvas().Focused() != d.feeds.List(paymentsSection) {
		t.Errorf("two arrows from the search selected row %d", d.feeds.List(paymentsSection).Selected())
	}
	d.shortcut(fyne.KeyF, 0)
	test.Type(d.feeds.Search(paymentsSection), "dana")
	if d.feeds.Search(paymentsSection).Text != "dana" {
		t.Errorf("a second Ctrl+F goes on with %q", d.feeds.Search(paymentsSection).Text)
	}
	d.press(fyne.KeyReturn)
	d.wantShown(t, "This lease so far", "from", "Signature verified")
	d.press(fyne.KeyEscape)
	d.wantGone(t, "This lease so far")
	d.wantShown(t, "1 payment, $1,450.00")
	d.press(fyne.KeyEscape)
	d.wantShown(t, "42 payments, $58,310.00")
}

func TestShortcutsAreListedByF1(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.shortcut(fyne.KeyF, 0)
	d.press(fyne.KeyF1)
	var listed []string
	uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if text, ok := o.(*kit.Text); ok {
			listed = append(listed, text.Text())
		}
	})
	for _, a := range d.keys() {
		if name := shortcutName(a.key, a.extra, runtime.GOOS); !slices.Contains(listed, a.does) || !slices.Contains(listed, name) {
			t.Errorf("%q, %s, is not among %q", a.does, name, listed)
		}
	}
	d.press(fyne.KeyF1)
	d.press(fyne.KeyEscape)
	if d.window.Canvas().Overlays().Top() != nil {
		t.Error("Esc does not close the list of shortcuts")
	}
	if got := shortcutName(fyne.KeyP, fyne.KeyModifierShift, "darwin"); got != "Cmd+Shift+P" {
		t.Errorf("on a Mac it says %q", got)
	}
}

func TestASearchFollowsWhatArrives(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	test.Type(d.feeds.Search(paymentsSection), "whitfield")
	d.wantShown(t, "1 payment, $1,450.00")
	d.arrive(t, uitest.Payment("other", present, uitest.LeaseOf("Jamal Pierce"), 75_00, "cash"))
	d.wantShown(t, "1 payment, $1,450.00")
	d.arrive(t, uitest.Payment("hers", present, uitest.LeaseOf("Dana Whitfield"), 50_00, "cash"))
	d.wantShown(t, "2 payments, $1,500.00")
	if !d.feeds.List(paymentsSection).Fresh(0) || d.feeds.List(paymentsSection).Fresh(1) {
		t.Error("what has arrived does not stand out, or what was there does")
	}
	if !slices.Contains(d.choices(t, "All methods"), "Cash") {
		t.Errorf("the methods are %v", d.choices(t, "All methods"))
	}
}

func TestASearchThatOnlyMatchesAnotherMonthSaysSo(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Dana Whitfield")
	d.wantShown(t, "This lease so far")
	test.Type(d.search(), "Harbor Row 33") // an id that no open payment has
	d.wantGone(t, "This lease so far")
	d.search().SetText("")
	d.choose(t, "Jan 2026")
	test.Type(d.search(), "whitfield")
	d.wantShown(t, "No payments found", "None of January 2026 match, but 3 payments of other months do.")
	uitest.TapText(t, d.window, "Show all time")
	d.wantShown(t, "3 payments, $4,350.00")
	d.search().SetText("nobody at all")
	d.wantShown(t, "None of your payments match what you are looking for.")
}

func TestListsFindWhatIsDrawnAndCloseThePaneOfWhatIsNot(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	for _, s := range []section{workOrdersSection, leasesSection, tenantsSection} {
		d.Open(s)
		if s == workOrdersSection {
			d.press(fyne.KeyDown) // the group's row
		}
		d.press(fyne.KeyDown)
		d.press(fyne.KeyReturn)
		if !d.shell.page().Pane.Open {
			t.Fatalf("page %d: no pane opens", s)
		}
		test.Type(d.search(), "zzz")
		if d.shell.page().Pane.Open {
			t.Errorf("page %d: the pane of a row that is not shown stays", s)
		}
		d.search().SetText("")
	}
	d.Open(leasesSection)
	test.Type(d.search(), "Lease 48213")
	d.wantShown(t, "1 lease found")
	d.Open(workOrdersSection)
	orders, err := d.bell.WorkOrders()
	if err != nil || len(orders) == 0 {
		t.Fatal(err)
	}
	test.Type(d.search(), "work order "+orders[0].Called())
	if d.shows("No work orders found") && orders[0].Open() {
		t.Errorf("work order %s is not found by its name", orders[0].ID)
	}
}
