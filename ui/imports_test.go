package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"rentbell/core/picker"
	"rentbell/ui/kit"
	"rentbell/ui/settings"
	"rentbell/ui/uitest"
)

// namesFile is a file of names.
const namesFile = "\ufeffid;name;kind\r\n20931;Ines Hall;\r\n48213;=Dana;\r\n12;Alder Court;property\r\nV-12;Tolliver Plumbing;vendor\r\n" +
	";Nobody;\r\n31108;Ruth Abernathy;lease\r\n47770;Luis Cardenas;\r\n"

// tableAt writes a table to a file.
func tableAt(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// picks is a file dialog of the system in which the user chooses this path.
type picks string

func (p picks) Pick(context.Context, picker.Question) (string, error) { return string(p), nil }

func TestImportedNamesStandEverywhere(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(settingsSection)
	d.settings.Open(settings.DataTab)
	d.chooser.System = picks(tableAt(t, "Names June.csv", namesFile))
	uitest.TapText(t, d.window, "Import a table")
	tapAsked(t, d, "Choose file")
	tapAsked(t, d, "Import 6 names")
	tapAsked(t, d, "Close")
	d.wantShown(t, "4 leases, 1 property, 1 vendor.")
	d.Open(paymentsSection)
	d.wantShown(t, "Ines Hall", "=Dana")
}

func TestADroppedFileOpensTheImport(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(leasesSection)
	drop := func(path string) { d.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)}) }
	drop(tableAt(t, "Names June.csv", namesFile))
	d.wantAsked(t, "Import a table", "Names June.csv", "Import 6 names")
	drop(tableAt(t, "Rents.csv", "Lease ID,Rent\n48213,1450.00\n"))
	d.wantAsked(t, "Rents.csv", "Import 1 rent")
	d.press(fyne.KeyEscape)
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Lease 20931")
	uitest.TapText(t, d.window, "Name this lease")
	drop(tableAt(t, "Other.csv", "id,name\n1,Ana\n"))
	if asked := d.asked(); asked == "" || d.importing.InFront() {
		t.Errorf("a dropped file takes the place of another dialog:\n%s", asked)
	}
}
