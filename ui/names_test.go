package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/notify"
	"rentbell/ui/settings"
	"rentbell/ui/uitest"
)

// asked is all text of the dialog in front, a line each; empty: there is none.
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

// tapAsked presses a text of the dialog in front.
func tapAsked(t *testing.T, d seat, text string) {
	t.Helper()
	uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if line, ok := o.(*kit.Text); ok && line.Text() == text {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(line)
			test.TapCanvas(d.window.Canvas(), at.AddXY(line.Size().Width/2, line.Size().Height/2))
		}
	})
}

// eventAt is the payment that came as the nth of the newest.
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

// namesFile is a file of names with flaws.
const namesFile = "\ufeffid;name;kind\r\n20931;Ines Hall;\r\n48213;=Dana;\r\n12;Alder Court;property\r\nV-12;Tolliver Plumbing;vendor\r\n" +
	";Nobody;\r\n7;;\r\n8;;\r\n9;Boat;boat\r\n31108;Ruth Abernathy;lease\r\n47770;Luis Cardenas;\r\n"

func openNames(t *testing.T, look kit.Appearance, content string) (seat, *namesImport) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "Names June.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	d := open(t, uitest.Office(t), look, usual)
	d.Open(settingsSection)
	d.settings.Open(settings.DataTab)
	imports := d.openNamesImport()
	imports.setFile(path)
	return d, imports
}

func TestNamesAreImportedAfterAPreview(t *testing.T) {
	d, imports := openNames(t, kit.Light, namesFile)
	d.wantAsked(t, "Names June.csv", "Lease 20931: Ines Hall", "and 1 more", "Import 6 names",
		"Skipped 1 row without an id, first in line 6.", "Skipped 2 rows without a name, first in line 7.",
		"Skipped 1 row of a kind that has no names, first in line 9.")
	tapAsked(t, d, "Tenants")
	d.wantAsked(t, "Tenant 20931: Ines Hall", "Lease 31108: Ruth Abernathy")
	tapAsked(t, d, "Leases")
	test.Tap(imports.take)
	d.wantShown(t, "4 leases, 1 property, 1 vendor.")
	d.Open(paymentsSection)
	d.wantShown(t, "Ines Hall", "=Dana")
}

// unsureFile is a table whose titles do not say which column is what.
const unsureFile = "Tenants of Alder Court\r\nProperty ID\tUnit ID\tWho\tPhone\tTenant since\r\n77\t9001\tInes Hall\t555-0142\t2019\r\n" +
	"77\t9002\t\t555-0118\t2020\r\n77\t9003\tRuth Abernathy\t555-0163\t2021\r\n"

func TestAPersonSaysWhichColumnsOfATableCount(t *testing.T) {
	d, imports := openNames(t, kit.Light, unsureFile)
	d.wantAsked(t, "It is not certain which column holds the ids", "Property ID", "Who", "555-0163", "First 3 of 3 rows")
	if imports.columns.ids.Selected != "Choose a column" || !imports.take.Disabled() {
		t.Error("columns are guessed")
	}
	imports.columns.ids.SetSelected("Unit ID")
	d.wantAsked(t, "First 3 of 3 rows")
	imports.columns.names.SetSelected("Who")
	d.wantAsked(t, "Lease 9001: Ines Hall", "Skipped 1 row without a name, first in line 4.", "Import 2 names")
	if strings.Contains(d.asked(), "First 3 of 3 rows") {
		t.Error("the table stays when everything is said")
	}
	tapAsked(t, d, "Units")
	d.wantAsked(t, "First 3 of 3 rows")
	if got := imports.columns.ids.Selected; got != "Unit ID" {
		t.Errorf("the ids of units are certain, and it says %q", got)
	}
	imports.columns.names.SetSelected("Who")
	test.Tap(imports.take)
	d.wantShown(t, "2 units.")
}

func TestTheFirstAndLastNameCanBeChosenTogether(t *testing.T) {
	d, imports := openNames(t, kit.Light, "Number,First Name,Last Name,Name,Name\n7,Ines,Hall,a,b\n")
	d.wantAsked(t, "No title in this file says that its column holds ids.")
	imports.columns.ids.SetSelected("Number")
	imports.columns.names.SetSelected("Column 5")
	d.wantAsked(t, "Lease 7: b")

	d, imports = openNames(t, kit.Light, "Number,First Name,Last Name\n7,Ines,Hall\n")
	if got := imports.columns.names.Selected; got != "First Name+Last Name" {
		t.Errorf("the name is %q", got)
	}
	imports.columns.ids.SetSelected("Number")
	d.wantAsked(t, "Lease 7: Ines Hall")
}

func TestFilesWithoutNamesSaySo(t *testing.T) {
	d, imports := openNames(t, kit.Light, "id,name\n")
	d.wantAsked(t, "There are no names in this file")
	if !imports.take.Disabled() {
		t.Error("nothing can be imported")
	}
	imports.setFile(filepath.Join(t.TempDir(), "gone.csv"))
	if !imports.trouble.Visible() {
		t.Error("a file that is gone is no trouble")
	}
	if asked := d.asked(); strings.Contains(asked, "There are no names") {
		t.Errorf("it says what it cannot know:\n%s", asked)
	}
}

func TestImportingNamesHasRoomForLargeTextInASmallWindow(t *testing.T) {
	for _, language := range []fyne.Locale{"en", "es", "zh-Hans"} {
		uitest.Speak(t, language)
		d := openIn(t, uitest.Office(t), kit.Theme{Appearance: kit.Light, Still: true, Scale: 1.3}, fyne.NewSize(900, 600))
		imports := d.openNamesImport()
		right := float32(900 - 16 - 25) // the room beside a dialog, and within it
		uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
			line, ok := o.(*kit.Text)
			if !ok {
				return
			}
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(line)
			drawn := test.WidgetRenderer(line).Objects()[0].(*canvas.Text).Text // a Text draws one line
			if at.X+line.Size().Width > right+1 || drawn != line.Text() {
				t.Errorf("%s: %q is cut", language, line.Text())
			}
		})
		imports.box.Close()
	}
}

func TestNamesLook(t *testing.T) {
	uitest.DrawsOnly(t)
	for suffix, look := range map[string]kit.Appearance{"": kit.Light, "_dark": kit.Dark} {
		t.Run("import"+suffix, func(t *testing.T) {
			d, _ := openNames(t, look, namesFile)
			looks(t, "names_import"+suffix, d.UI)
		})
	}
	t.Run("columns", func(t *testing.T) {
		d, imports := openNames(t, kit.Light, unsureFile)
		imports.columns.ids.SetSelected("Unit ID")
		looks(t, "names_import_columns", d.UI)
	})
	t.Run("naming", func(t *testing.T) {
		d := open(t, uitest.Office(t), kit.Light, usual)
		d.Open(paymentsSection)
		uitest.TapText(t, d.window, "Lease 20931")
		uitest.TapText(t, d.window, "Name this lease")
		looks(t, "naming", d.UI)
	})
}
