package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/notify"
	"rentbell/ui/uitest"
)

// asked returns all text of the open dialog, or nothing if there is none.
func (d seat) asked() string {
	var all strings.Builder
	uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Text:
			all.WriteString(o.Text() + "\n")
		case *kit.Prose:
			all.WriteString(o.Text() + "\n")
		}
	})
	return all.String()
}

func (d seat) wantAsked(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(d.asked(), text) {
			t.Errorf("%q is not in the dialog:\n%s", text, d.asked())
		}
	}
}

// typeName types into the dialog that asks for a name.
func (d seat) typeName(t *testing.T, name string) {
	t.Helper()
	entry, ok := d.window.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatal("nothing asks for a name")
	}
	entry.SetText("")
	test.Type(entry, name)
}

func TestANameTypedInThePaneStandsEverywhere(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Lease 20931")
	d.wantShown(t, "Name not sent yet")
	uitest.TapText(t, d.window, "Name this lease")
	d.wantAsked(t, "In AppFolio it is 20931.")
	d.typeName(t, "Ines Hall")
	d.press(fyne.KeyReturn)
	if asked := d.asked(); asked != "" {
		t.Errorf("the dialog is still there:\n%s", asked)
	}
	d.wantGone(t, "Name not sent yet")
	d.wantShown(t, "Ines Hall", "Rename")
	if texts := strings.Join(d.texts(), "\n"); strings.Count(texts, "Ines Hall") != 2 {
		t.Errorf("the name does not stand in list and pane:\n%s", texts)
	}
	if title := notify.Of(core.Ring{Count: 1, Event: eventAt(t, d, 3)}, core.DefaultSettings().Bell.Says).Body; title != "Ines Hall" {
		t.Errorf("a notification says %q", title)
	}
	test.Type(d.feeds.Search(paymentsSection), "ines")
	d.wantShown(t, "1 payment, $640.00")
	d.feeds.Search(paymentsSection).SetText("")
	d.Open(overviewSection)
	d.wantShown(t, "Ines Hall")
	d.Open(leasesSection)
	test.Type(d.feeds.Search(leasesSection), "ines")
	d.wantShown(t, "Ines Hall")
	d.Open(activitySection)
	d.wantShown(t, "Payment, Ines Hall")

	d.Open(paymentsSection)
	d.press(fyne.KeyEscape)
	uitest.TapText(t, d.window, "Ines Hall")
	uitest.TapText(t, d.window, "Rename")
	d.typeName(t, "Somebody else")
	d.press(fyne.KeyEscape)
	d.wantGone(t, "Somebody else")
	uitest.TapText(t, d.window, "Rename")
	d.typeName(t, "")
	d.press(fyne.KeyReturn)
	d.wantShown(t, "Lease 20931", "Name this lease")
	d.wantGone(t, "Ines Hall")
}

// tapAsked taps a text of the open dialog.
func tapAsked(t *testing.T, d seat, text string) {
	t.Helper()
	uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if line, ok := o.(*kit.Text); ok && line.Text() == text {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(line)
			test.TapCanvas(d.window.Canvas(), at.AddXY(line.Size().Width/2, line.Size().Height/2))
		}
	})
}

// eventAt returns the nth newest payment.
func eventAt(t *testing.T, d seat, n int) *core.Event {
	t.Helper()
	page, err := d.bell.Page(core.FeedPayments, n-1, 1)
	if err != nil || len(page) != 1 {
		t.Fatalf("payment %d: %v, %v", n, page, err)
	}
	return &page[0]
}

func TestVendorsTenantsAndPropertiesAreNamedInTheirPanes(t *testing.T) {
	db := uitest.OpenStore(t, t.TempDir())
	uitest.Add(t, db, uitest.Event("w", uitest.Day(18, 8, 0), core.WorkOrder{ID: "7", Status: "New", Vendor: "V-12", Title: "Faucet drips"}, core.Attention{}))
	uitest.Add(t, db, uitest.Event("t", uitest.Day(18, 9, 0), core.Tenant{ID: "8812", PropertyID: "12", Email: "a@example.com"}, core.Attention{}))
	uitest.Add(t, db, uitest.Event("l", uitest.Day(18, 9, 30), core.LeaseExpired{Lease: "5", UnitID: "u9", Vacate: uitest.On(2026, 6, 30)}, core.Attention{}))
	d := open(t, db, kit.Light, usual)
	for _, step := range []struct {
		page            section
		row, verb, name string
	}{
		{workOrdersSection, "Faucet drips", "Name this vendor", "Tolliver Plumbing"},
		{tenantsSection, "a@example.com", "Name this property", "Alder Court"},
		{tenantsSection, "a@example.com", "Name this tenant", "Dana Whitfield"},
		{leasesSection, "Lease 5", "Name this unit", "4C"},
		{leasesSection, "Lease 5", "Name this lease", "Bo Reyes"},
	} {
		d.Open(step.page)
		uitest.TapText(t, d.window, step.row)
		uitest.TapText(t, d.window, step.verb)
		d.typeName(t, step.name)
		d.press(fyne.KeyReturn)
		d.wantShown(t, step.name)
		d.press(fyne.KeyEscape)
		d.wantShown(t, step.name)
	}
	d.Open(activitySection)
	d.wantShown(t, "New tenant, Dana Whitfield", "Alder Court", "Lease ended, Bo Reyes")
}

func TestANameThatCannotBeKeptSaysWhy(t *testing.T) {
	db := uitest.Office(t)
	d := open(t, db, kit.Light, usual)
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Lease 20931")
	uitest.TapText(t, d.window, "Name this lease")
	d.typeName(t, "Ines Hall")
	if err := db.Close(); err != nil { // stands for a full disk
		t.Fatal(err)
	}
	d.press(fyne.KeyReturn)
	d.wantAsked(t, "In AppFolio it is 20931.", "Rentbell cannot save")
}

func TestLearnedNamesRedrawWhatIsInFront(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Lease 20931")
	if _, err := d.bell.Desk().Settle(core.Settlement{Names: map[core.NameKey]string{{Kind: core.NameLease, ID: "20931"}: "Ines Hall"}}); err != nil {
		t.Fatal(err)
	}
	d.changed(core.Change{Status: allWell(t, d.bell)}, nil)
	d.wantGone(t, "Name not sent yet")
	d.wantShown(t, "Ines Hall", "Rename")
}

func TestNamesLook(t *testing.T) {
	uitest.DrawsOnly(t)
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Lease 20931")
	uitest.TapText(t, d.window, "Name this lease")
	looks(t, "naming", d.UI)
}
