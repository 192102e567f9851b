package imports

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// leasesFile is a table as Excel saves "Unicode Text", with two faulty rows.
func leasesFile() string {
	text := "Lease\tTenant\tUnit\tPhone\r\n"
	for _, row := range []string{
		"48213\tDana Whitfield\tAlder Court 2A\t555-0142", "47770\tLuis Cardenas\tBirchwood Flats 11\t555-0118", "20931\tInes Hall\tHarbor Row 12\t555-0163",
		"31108\tRuth Abernathy\tLinden House 3\t555-0107", "40052\tTerrence Cole\t318 Maple Avenue B\t555-0175", "48009\t\tHarbor Row 6\t555-0150", "\tSamuel Okafor\tBirchwood Flats 4\t555-0181",
	} {
		text += row + "\r\n"
	}
	utf16 := []byte{0xff, 0xfe}
	for _, r := range text { // all of them are ASCII
		utf16 = append(utf16, byte(r), 0)
	}
	return string(utf16)
}

func TestImportLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	small := fyne.NewSize(900, 600)
	for _, tt := range []struct {
		name  string
		theme kit.Theme
		size  fyne.Size
		tell  fyne.Locale
	}{
		{"import", kit.Theme{Appearance: kit.Light, Still: true}, usual, "en"},
		{"import_dark", kit.Theme{Appearance: kit.Dark, Still: true}, usual, "en"},
		{"import_small", kit.Theme{Appearance: kit.Light, Still: true}, small, "en"},
		{"import_large_es", kit.Theme{Appearance: kit.Light, Still: true, Scale: 1.3}, fyne.NewSize(1180, 900), "es"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			uitest.Speak(t, tt.tell)
			d := openDesk(t, tt.theme, tt.size, core.TableOfNames(core.NameLease))
			d.Take(written(t, "Leases 2026.txt", leasesFile()))
			d.pickColumn(0, "id")
			uitest.LooksDialog(t, tt.name, d.window)
		})
	}
}

func TestImportOfAReportLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	d := openDesk(t, light(), usual, "")
	d.Take(filepath.Join("..", "..", "core", "appfolio", "sandbox", "paper", "testdata", "income_register-20260618.csv"))
	uitest.LooksDialog(t, "report", d.window)
}

func TestSkippedRowsLook(t *testing.T) {
	uitest.DrawsOnly(t)
	d := openFile(t, leases, "Names June.csv", namesFile)
	d.press(t, "Show all")
	test.Tap(d.foot.take)
	uitest.LooksDialog(t, "skipped", d.window)
}
