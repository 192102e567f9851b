package imports

import (
	"context"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/imports"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// leases, tenants and units are the kinds that most of these tests are about.
var (
	leases  = core.TableOfNames(core.NameLease)
	tenants = core.TableOfNames(core.NameTenant)
	units   = core.TableOfNames(core.NameUnit)
)

// desk is the import dialog over a bell, in an empty window.
type desk struct {
	*Dialog
	bell      *bell.Bell
	window    fyne.Window
	clipboard string
	given     int // how often something was imported
}

// openDesk opens the dialog in a window with a theme and a size.
func openDesk(t *testing.T, th kit.Theme, size fyne.Size, likely core.TableKind) *desk {
	t.Helper()
	b, err := bell.New(bell.Config{Store: uitest.Office(t), Vault: uitest.NoVault{}, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return uitest.Present }})
	if err != nil {
		t.Fatal(err)
	}
	app := fyne.CurrentApp()
	app.Settings().SetTheme(&th)
	d := &desk{bell: b, window: app.NewWindow("")}
	t.Cleanup(d.window.Close)
	d.window.SetPadded(false)
	d.window.SetContent(kit.NewBox(kit.ColorPage, "", 0))
	d.window.Resize(size)
	d.Dialog = Open(Config{
		Window: d.window, Post: uitest.AtOnce(t), Bell: b,
		Pasted: func() string { return d.clipboard }, Given: func() { d.given++ },
		Report: func(_ string, err error) {
			if err != nil {
				t.Error(err)
			}
		},
	}, likely)
	return d
}

func light() kit.Theme { return kit.Theme{Appearance: kit.Light, Still: true} }

// usual is the size of a window that has room for all.
var usual = fyne.NewSize(1180, 760)

// openFile opens the dialog and chooses a file.
func openFile(t *testing.T, likely core.TableKind, name, content string) *desk {
	t.Helper()
	d := openDesk(t, light(), usual, likely)
	d.Take(written(t, name, content))
	return d
}

func written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
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

func (d *desk) wantGone(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(d.asked(), text) {
			t.Errorf("%q is in the dialog:\n%s", text, d.asked())
		}
	}
}

// press taps a text of what lies on top.
func (d *desk) press(t *testing.T, text string) {
	t.Helper()
	var found *kit.Text
	uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if line, is := o.(*kit.Text); is && line.Text() == text {
			found = line
		}
	})
	if found == nil {
		t.Fatalf("there is no %q to press:\n%s", text, d.asked())
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(found)
	test.TapCanvas(d.window.Canvas(), at.AddXY(found.Size().Width/2, found.Size().Height/2))
}

// say chooses what a column holds, from 0.
func (d *desk) say(column int, role string) { d.columns.grid.columns[column].choice.SetSelected(role) }

// said is what the columns hold, by the selects.
func (d *desk) said() (all []string) {
	for _, c := range d.columns.grid.columns {
		all = append(all, c.choice.Selected)
	}
	return all
}

func (d *desk) wantSaid(t *testing.T, want ...string) {
	t.Helper()
	if got := d.said(); strings.Join(got, ", ") != strings.Join(want, ", ") {
		t.Errorf("the columns hold %q, want %q", got, want)
	}
}

// wantNamed fails unless things are called so.
func (d *desk) wantNamed(t *testing.T, names map[core.NameKey]string) {
	t.Helper()
	for key, want := range names {
		if got := d.bell.Names().Of(key).Given; got != want {
			t.Errorf("%v is called %q, want %q", key, got, want)
		}
	}
}

// namesFile is a file of names with faulty rows.
const namesFile = "\ufeffid;name;kind\r\n20931;Ines Hall;\r\n48213;=Dana;\r\n12;Alder Court;property\r\nV-12;Tolliver Plumbing;vendor\r\n" +
	";Nobody;\r\n7;;\r\n8;;\r\n9;Boat;boat\r\n31108;Ruth Abernathy;lease\r\n47770;Luis Cardenas;\r\n"

func TestNamesAreImportedAfterAPreview(t *testing.T) {
	d := openFile(t, leases, "Names June.csv", namesFile)
	d.wantAsked(t, "Names June.csv", "CSV", "UTF-8", "Semicolon separated", "10 rows", "Ines Hall", "First 5 of 10 rows. The first line holds the titles.",
		"A name you gave before is replaced.", "Import 6 names",
		"Skipped 4 rows: line 6 has no id, line 7 has no name, and 2 more.", "Kinds are lease, tenant, property, unit and vendor.")
	d.wantSaid(t, "Id of the lease", "Name", "Do not use")
	d.press(t, "Import 6 names")
	d.wantAsked(t, "6 names imported.")
	d.press(t, "Close")
	if d.asked() != "" || d.given != 1 {
		t.Errorf("names were kept %d times, and the dialog says\n%s", d.given, d.asked())
	}
	d.wantNamed(t, map[core.NameKey]string{
		{Kind: core.NameLease, ID: "20931"}: "Ines Hall", {Kind: core.NameLease, ID: "48213"}: "=Dana",
		{Kind: core.NameProperty, ID: "12"}: "Alder Court", {Kind: core.NameVendor, ID: "V-12"}: "Tolliver Plumbing",
	})
}

func TestAnotherKindOfNamesIsChosenFromAMenu(t *testing.T) {
	d := openFile(t, leases, "Names June.csv", namesFile)
	d.press(t, "Names of leases")
	d.press(t, "Names of tenants")
	d.wantAsked(t, "Names of tenants", "Import 6 names")
	d.wantSaid(t, "Id of the tenant", "Name", "Do not use")
	d.press(t, "Import 6 names")
	d.wantNamed(t, map[core.NameKey]string{
		{Kind: core.NameTenant, ID: "20931"}: "Ines Hall", {Kind: core.NameLease, ID: "31108"}: "Ruth Abernathy", {Kind: core.NameLease, ID: "20931"}: "",
	})
}

func TestAResultCountsWhatChangedAndWhatWasThere(t *testing.T) {
	d := openFile(t, leases, "a.csv", "id,name\n1,Ana\n2,Bo\n")
	d.press(t, "Import 2 names")
	d.wantAsked(t, "2 names imported.")
	d.Take(written(t, "b.csv", "id,name\n1,Ana\n2,Bob\n3,Cy\n"))
	d.press(t, "Import 3 names")
	d.wantAsked(t, "2 names imported, 1 changed, 1 was there already.")
}

// unsureFile is a table whose titles leave open which column holds what.
const unsureFile = "Tenants of Alder Court\r\nProperty ID\tUnit ID\tWho\tPhone\tTenant since\r\n77\t9001\tInes Hall\t555-0142\t2019\r\n" +
	"77\t9002\t\t555-0118\t2020\r\n77\t9003\tRuth Abernathy\t555-0163\t2021\r\n"

func TestAPersonSaysWhichColumnsOfATableCount(t *testing.T) {
	d := openFile(t, leases, "Tenants.txt", unsureFile)
	d.wantAsked(t, "Say which column holds the id.", "Property ID", "Who", "555-0163", "All 3 rows. Line 2 holds the titles.")
	d.wantSaid(t, "Do not use", "Do not use", "Do not use", "Do not use", "Do not use")
	if !d.foot.take.Disabled() {
		t.Error("columns are guessed")
	}
	d.say(1, "Id of the lease")
	d.wantAsked(t, "Say which column holds the name.")
	d.say(2, "Name")
	d.wantAsked(t, "Skipped 1 row: line 4 has no name.", "Import 2 names")
	d.say(3, "Name")
	d.wantSaid(t, "Do not use", "Id of the lease", "Do not use", "Name", "Do not use")
	d.say(3, "Do not use")
	d.wantAsked(t, "Say which column holds the name.")
	d.press(t, "Names of leases")
	d.press(t, "Names of units")
	d.wantSaid(t, "Do not use", "Id of the unit", "Do not use", "Do not use", "Do not use")
	d.say(2, "Name")
	d.press(t, "Import 2 names")
	d.wantNamed(t, map[core.NameKey]string{{Kind: core.NameUnit, ID: "9001"}: "Ines Hall"})
}

func TestTheFirstAndLastNameCanBeChosenTogether(t *testing.T) {
	d := openFile(t, leases, "a.csv", "Number,First Name,Last Name,Name,Name\n7,Ines,Hall,a,b\n")
	d.wantAsked(t, "Say which column holds the id.")
	d.say(0, "Id of the lease")
	d.say(4, "Name")
	d.press(t, "Import 1 name")
	d.wantNamed(t, map[core.NameKey]string{{Kind: core.NameLease, ID: "7"}: "b"})

	d = openFile(t, leases, "a.csv", "Number,First Name,Last Name\n7,Ines,Hall\n")
	d.wantSaid(t, "Do not use", "First name", "Last name")
	d.say(0, "Id of the lease")
	d.press(t, "Import 1 name")
	d.wantNamed(t, map[core.NameKey]string{{Kind: core.NameLease, ID: "7"}: "Ines Hall"})
}

func TestFilesWithoutNamesSaySo(t *testing.T) {
	d := openFile(t, leases, "a.csv", "id,name\n")
	d.wantAsked(t, "There are no names in this file", "0 rows")
	if !d.foot.take.Disabled() {
		t.Error("nothing can be imported")
	}
	d.Take(filepath.Join(t.TempDir(), "gone.csv"))
	if !d.file.trouble.Visible() {
		t.Error("a file that is gone is no trouble")
	}
	d.wantGone(t, "There are no names", "0 rows", "Columns")
}

func TestTheKindIsFoundByTheTitles(t *testing.T) {
	for name, tt := range map[string]struct {
		file string
		want core.TableKind
	}{
		"ids that all could have": {"id,name\n1,Ana\n", leases},
		"tenants":                 {"Tenant ID,Name\n1,Ana\n", tenants},
		"units":                   {"Property,Unit Name,Unit Address,Unit ID,Market Rent\nAlder Court,1A,12 Alder St,9001,1300.00\n", units},
	} {
		if got := openFile(t, leases, "a.csv", tt.file).now.kind; got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestATableFromTheClipboardIsImported(t *testing.T) {
	d := openDesk(t, light(), usual, leases)
	d.clipboard = "Lease ID\tTenant\n20931\tInes Hall\n"
	d.press(t, "Paste")
	d.wantAsked(t, "From the clipboard", "Excel text", "Tab separated", "1 row", "The only row.", "Import 1 name")
	d.wantGone(t, "UTF-8")
	d.clipboard = "Lease ID\tTenant\n20931\tInes Hall\n20932\tBo Lee\n"
	d.press(t, "Paste")
	d.press(t, "Import 2 names")
	d.wantNamed(t, map[core.NameKey]string{{Kind: core.NameLease, ID: "20932"}: "Bo Lee"})
}

func TestSkippedRowsAreListedInPlaceOfTheTable(t *testing.T) {
	d := openFile(t, leases, "Names June.csv", namesFile)
	d.press(t, "Show all")
	d.wantAsked(t, "Line 6 has no id", "Nobody", "Line 9 has a kind that has no names", "9 · Boat · boat", "4 rows were skipped.")
	d.wantGone(t, "Ines Hall")
	d.press(t, "Show the table")
	d.wantAsked(t, "Ines Hall")
	d.press(t, "Show all")
	d.Take(written(t, "other.csv", "id,name\n1,Ana\n2,\n3,\n"))
	d.wantAsked(t, "Ana", "Show both rows")
}

func TestAnImportIsUndone(t *testing.T) {
	d := openFile(t, leases, "a.csv", "id,name\n1,Ana\n2,Bo\n")
	d.press(t, "Import 2 names")
	d.Take(written(t, "b.csv", "id,name\n1,Ann\n2,Bob\n3,Cy\n"))
	d.press(t, "Import 3 names")
	if err := d.bell.GiveNames(map[core.NameKey]string{{Kind: core.NameLease, ID: "2"}: "Robert"}); err != nil {
		t.Fatal(err)
	}
	d.press(t, "Undo")
	d.wantAsked(t, "2 entries are as they were before. 1 was changed since then and stays.")
	d.wantGone(t, "Undo")
	d.wantNamed(t, map[core.NameKey]string{
		{Kind: core.NameLease, ID: "1"}: "Ana", {Kind: core.NameLease, ID: "2"}: "Robert", {Kind: core.NameLease, ID: "3"}: "",
	})
	if d.given != 3 {
		t.Errorf("the pages were told %d times", d.given)
	}
}

func TestALaterImportIsNotUndoneForAnEarlierOne(t *testing.T) {
	d := openFile(t, leases, "a.csv", "id,name\n1,Ana\n")
	d.press(t, "Import 1 name")
	later := imports.Found{Kind: leases, Names: map[core.NameKey]string{{Kind: core.NameLease, ID: "2"}: "Bo"}}
	if _, err := d.bell.Import(t.Context(), "b.csv", later, false); err != nil { // it came into the folder, say
		t.Fatal(err)
	}
	d.press(t, "Undo")
	d.wantAsked(t, "Something else was imported since.")
	d.wantNamed(t, map[core.NameKey]string{{Kind: core.NameLease, ID: "1"}: "Ana", {Kind: core.NameLease, ID: "2"}: "Bo"})
}

func TestWhatChangesNothingLeavesTheImportBefore(t *testing.T) {
	d := openFile(t, leases, "a.csv", "id,name\n1,Ana\n")
	d.press(t, "Import 1 name")
	d.Take(written(t, "b.csv", "id,name\n1,Ana\n"))
	d.press(t, "Import 1 name")
	d.wantAsked(t, "1 was there already.")
	d.wantGone(t, "Undo", "0 names")
}

func TestChosenColumnsAreRememberedByTheTitles(t *testing.T) {
	d := openFile(t, "", "Tenants.txt", unsureFile)
	d.press(t, "Names of leases")
	d.press(t, "Names of units")
	d.say(2, "Name")
	d.press(t, "Import 2 names")
	d.Take(written(t, "Tenants July.txt", unsureFile+"77\t9004\tWen Hall\t555-0100\t2024\r\n"))
	d.wantSaid(t, "Do not use", "Id of the unit", "Name", "Do not use", "Do not use")
	d.wantAsked(t, "Names of units", "Line 2 holds the titles.", "Import 3 names")
}

func TestEveryRoleHasWordsOfItsOwn(t *testing.T) {
	kinds := append(reportKinds(), core.TableRents)
	for _, kind := range core.NameKinds() {
		kinds = append(kinds, core.TableOfNames(kind))
	}
	for _, kind := range kinds {
		said := map[string]imports.Role{}
		roles, _ := imports.Roles(kind)
		for _, role := range append(roles, "") {
			text := roleText(kind, role)
			if other, twice := said[text]; twice || text == string(role) {
				t.Errorf("%s: %q says %q, as %q does", kind, text, role, other)
			}
			said[text] = role
		}
	}
}

func TestEscapeLeavesAndEnterImports(t *testing.T) {
	d := openFile(t, leases, "a.csv", "id,name\n1,Ana\n")
	d.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.wantAsked(t, "1 name imported.")
	d.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if d.asked() != "" || d.InFront() {
		t.Error("the dialog stays")
	}
}

const rentRoll = "Rents\nAs of 06/01/2026\nLease ID,Unit,Tenant,Market Rent,Rent\n46903,1B,Devon Park,1500.00,\"1,395.00\"\n" +
	"45120,9,Wei Castellano,2000.00,$1890.00\n48377,4,Ingrid Solberg,1100.00,soon\n46871,3,Omar Haddad,,\nTotal,,,4600.00,3285.00\n"

// rentKeeper is a bell that keeps what was found: the rents of a real one wait for its
// lookout to run.
type rentKeeper struct {
	Bell
	found imports.Found
}

func (r *rentKeeper) Import(_ context.Context, _ string, found imports.Found, _ bool) (core.Taken, error) {
	r.found = found
	return core.Taken{Added: found.Count()}, nil
}

func TestRentsAreImportedAfterAPreview(t *testing.T) {
	d := openFile(t, core.TableRents, "Rents.csv", rentRoll)
	keeper := &rentKeeper{Bell: d.Bell}
	d.Bell = keeper
	d.wantAsked(t, "Rents.csv", "Comma separated", "A rent you typed stays.", "Import 2 rents",
		"Skipped 2 rows: line 6 has a rent that is no amount, line 7 has no rent.")
	d.wantSaid(t, "Id of the lease", "Do not use", "Do not use", "Do not use", "Rent")
	d.press(t, "Import 2 rents")
	if want := map[string]core.Cents{"46903": 1395_00, "45120": 1890_00}; !maps.Equal(keeper.found.Rents, want) || d.given != 1 {
		t.Errorf("kept %v, want %v", keeper.found.Rents, want)
	}
	d.wantAsked(t, "2 rents imported.")
}

func TestAPersonSaysWhichColumnHoldsTheRents(t *testing.T) {
	d := openFile(t, core.TableRents, "Rents.csv", "Lease ID,Agreed,Paid\n46903,1395.00,0\n45120,1890.00,0\n")
	d.wantAsked(t, "Say which column holds the rent.", "All 2 rows.")
	d.wantSaid(t, "Id of the lease", "Do not use", "Do not use")
	if !d.foot.take.Disabled() {
		t.Error("rents are guessed")
	}
	d.say(1, "Rent")
	d.wantAsked(t, "Import 2 rents")
	d.Take(written(t, "none.csv", "Lease ID,Rent\n"))
	d.wantAsked(t, "There are no rents in this file.")
}

func TestReportsAreKnownAndTakenOnce(t *testing.T) {
	d := openDesk(t, light(), usual, "")
	reports := filepath.Join("..", "..", "core", "appfolio", "sandbox", "paper", "testdata")
	d.Take(filepath.Join(reports, "income_register-20260618.csv"))
	d.wantAsked(t, "Payments that are there already are not added again.")
	if d.now.kind != core.TableIncome {
		t.Fatalf("it is taken for %s", d.now.kind)
	}
	n := explain.Number(d.now.found.Count())
	d.press(t, "Import "+n+" payments")
	d.wantAsked(t, n+" payments imported.")
	d.wantGone(t, "Undo")
	d.Take(filepath.Join(reports, "income_register-20260618.csv"))
	d.press(t, "Import "+n+" payments")
	d.wantAsked(t, n+" were there already.")
	for file, want := range map[string]core.TableKind{"rent_roll": core.TableRentRoll, "work_order": core.TableWorkOrders, "delinquency": core.TableDelinquency} {
		d.Take(filepath.Join(reports, file+"-20260618.csv"))
		if d.now.kind != want || d.foot.take.Disabled() {
			t.Errorf("%s: taken for %s\n%s", file, d.now.kind, d.asked())
		}
	}
}

func TestPaymentsThatAppFolioDeliversAreNotToCountTwice(t *testing.T) {
	d := openDesk(t, light(), usual, "")
	d.Delivered = true
	d.Take(filepath.Join("..", "..", "core", "appfolio", "sandbox", "paper", "testdata", "income_register-20260618.csv"))
	d.wantAsked(t, "AppFolio already delivers payments. They would count twice.", "Import 153 payments")
}
