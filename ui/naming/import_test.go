package naming

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// desk is the import dialog over a bell, in an empty window.
type desk struct {
	*namesImport
	window fyne.Window
	given  int // how often names were stored
}

// openDesk opens the import dialog in a window with a theme and a size.
func openDesk(t *testing.T, th kit.Theme, size fyne.Size) *desk {
	t.Helper()
	b, err := bell.New(bell.Config{Store: uitest.Office(t), Vault: uitest.NoVault{}, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return uitest.Present }})
	if err != nil {
		t.Fatal(err)
	}
	app := fyne.CurrentApp()
	app.Settings().SetTheme(&th)
	d := &desk{window: app.NewWindow("")}
	t.Cleanup(d.window.Close)
	d.window.SetPadded(false)
	d.window.SetContent(kit.NewBox(kit.ColorPage, "", 0))
	d.window.Resize(size)
	d.namesImport = openImport(Config{Window: d.window, Post: uitest.AtOnce(t), Bell: b, Given: func() { d.given++ }})
	return d
}

// openNames opens the import dialog and chooses a file.
func openNames(t *testing.T, content string) *desk {
	t.Helper()
	path := filepath.Join(t.TempDir(), "Names June.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, kit.Theme{Appearance: kit.Light, Still: true}, fyne.NewSize(1180, 760))
	d.setFile(path)
	return d
}

// asked returns all text of the dialog, or nothing if it is closed.
func (d *desk) asked() string {
	if dialog := d.window.Canvas().Overlays().Top(); dialog != nil {
		return strings.Join(uitest.Texts(dialog), "\n")
	}
	return ""
}

func (d *desk) wantAsked(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(d.asked(), text) {
			t.Errorf("%q is not in the dialog:\n%s", text, d.asked())
		}
	}
}

// press taps a text of the dialog.
func (d *desk) press(text string) {
	uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if line, is := o.(*kit.Text); is && line.Text() == text {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(line)
			test.TapCanvas(d.window.Canvas(), at.AddXY(line.Size().Width/2, line.Size().Height/2))
		}
	})
}

// namesFile is a file of names with faulty rows.
const namesFile = "\ufeffid;name;kind\r\n20931;Ines Hall;\r\n48213;=Dana;\r\n12;Alder Court;property\r\nV-12;Tolliver Plumbing;vendor\r\n" +
	";Nobody;\r\n7;;\r\n8;;\r\n9;Boat;boat\r\n31108;Ruth Abernathy;lease\r\n47770;Luis Cardenas;\r\n"

func TestNamesAreImportedAfterAPreview(t *testing.T) {
	d := openNames(t, namesFile)
	d.wantAsked(t, "Names June.csv", "Lease 20931: Ines Hall", "and 1 more", "Import 6 names",
		"Skipped 1 row without an id, first in line 6.", "Skipped 2 rows without a name, first in line 7.",
		"Skipped 1 row of a kind that has no names, first in line 9.")
	d.press("Tenants")
	d.wantAsked(t, "Tenant 20931: Ines Hall", "Lease 31108: Ruth Abernathy")
	d.press("Leases")
	test.Tap(d.take)
	if d.asked() != "" || d.given != 1 {
		t.Errorf("names were kept %d times, and the dialog says\n%s", d.given, d.asked())
	}
	for key, want := range map[core.NameKey]string{
		{Kind: core.NameLease, ID: "20931"}: "Ines Hall", {Kind: core.NameLease, ID: "48213"}: "=Dana",
		{Kind: core.NameProperty, ID: "12"}: "Alder Court", {Kind: core.NameVendor, ID: "V-12"}: "Tolliver Plumbing",
	} {
		if got := d.Bell.Names().Of(key).Given; got != want {
			t.Errorf("%v is called %q, want %q", key, got, want)
		}
	}
}

// unsureFile is a table whose titles leave open which column holds what.
const unsureFile = "Tenants of Alder Court\r\nProperty ID\tUnit ID\tWho\tPhone\tTenant since\r\n77\t9001\tInes Hall\t555-0142\t2019\r\n" +
	"77\t9002\t\t555-0118\t2020\r\n77\t9003\tRuth Abernathy\t555-0163\t2021\r\n"

func TestAPersonSaysWhichColumnsOfATableCount(t *testing.T) {
	d := openNames(t, unsureFile)
	d.wantAsked(t, "It is not certain which column holds the ids", "Property ID", "Who", "555-0163", "First 3 of 3 rows")
	if d.columns.idSelect.Selected != "Choose a column" || !d.take.Disabled() {
		t.Error("columns are guessed")
	}
	d.columns.idSelect.SetSelected("Unit ID")
	d.wantAsked(t, "First 3 of 3 rows")
	d.columns.nameSelect.SetSelected("Who")
	d.wantAsked(t, "Lease 9001: Ines Hall", "Skipped 1 row without a name, first in line 4.", "Import 2 names")
	if strings.Contains(d.asked(), "First 3 of 3 rows") {
		t.Error("the table stays when everything is said")
	}
	d.press("Units")
	d.wantAsked(t, "First 3 of 3 rows")
	if got := d.columns.idSelect.Selected; got != "Unit ID" {
		t.Errorf("the ids of units are certain, and it says %q", got)
	}
	d.columns.nameSelect.SetSelected("Who")
	test.Tap(d.take)
	if got := d.Bell.Names().Of(core.NameKey{Kind: core.NameUnit, ID: "9001"}).Given; got != "Ines Hall" {
		t.Errorf("unit 9001 is called %q", got)
	}
}

func TestTheFirstAndLastNameCanBeChosenTogether(t *testing.T) {
	d := openNames(t, "Number,First Name,Last Name,Name,Name\n7,Ines,Hall,a,b\n")
	d.wantAsked(t, "No title in this file says that its column holds ids.")
	d.columns.idSelect.SetSelected("Number")
	d.columns.nameSelect.SetSelected("Column 5")
	d.wantAsked(t, "Lease 7: b")

	d = openNames(t, "Number,First Name,Last Name\n7,Ines,Hall\n")
	if got := d.columns.nameSelect.Selected; got != "First Name+Last Name" {
		t.Errorf("the name is %q", got)
	}
	d.columns.idSelect.SetSelected("Number")
	d.wantAsked(t, "Lease 7: Ines Hall")
}

func TestFilesWithoutNamesSaySo(t *testing.T) {
	d := openNames(t, "id,name\n")
	d.wantAsked(t, "There are no names in this file")
	if !d.take.Disabled() {
		t.Error("nothing can be imported")
	}
	d.setFile(filepath.Join(t.TempDir(), "gone.csv"))
	if !d.trouble.Visible() {
		t.Error("a file that is gone is no trouble")
	}
	if asked := d.asked(); strings.Contains(asked, "There are no names") {
		t.Errorf("it says what it cannot know:\n%s", asked)
	}
}

func TestImportingHasRoomForLargeTextInASmallWindow(t *testing.T) {
	for _, language := range []fyne.Locale{"en", "es", "zh-Hans"} {
		uitest.Speak(t, language)
		d := openDesk(t, kit.Theme{Appearance: kit.Light, Still: true, Scale: 1.3}, fyne.NewSize(900, 600))
		d.wantWhole(t, language)
		d.box.Close()
		openRents(d.Config)
		d.wantWhole(t, language)
	}
}

// wantWhole fails for lines of the dialog that are cut, or reach beyond it.
func (d *desk) wantWhole(t *testing.T, language fyne.Locale) {
	t.Helper()
	right := float32(900 - 16 - 25) // the space around a dialog and inside it
	uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		line, ok := o.(*kit.Text)
		if !ok {
			return
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(line)
		drawn := test.WidgetRenderer(line).Objects()[0].(*canvas.Text).Text // a Text is one line
		if at.X+line.Size().Width > right+1 || drawn != line.Text() {
			t.Errorf("%s: %q is cut", language, line.Text())
		}
	})
}
