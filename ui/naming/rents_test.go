package naming

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// rentKeeper is a bell that keeps the rents of tables.
type rentKeeper struct {
	Bell
	kept map[string]core.Cents
}

func (r *rentKeeper) ImportRents(_ context.Context, rents map[string]core.Cents) (core.Taken, error) {
	r.kept = rents
	return core.Taken{Added: len(rents)}, nil
}

// openRentsOf opens the dialog that imports rents and chooses a file.
func openRentsOf(t *testing.T, content string) (*desk, *rentsImport, *rentKeeper) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "Rent roll.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, kit.Theme{Appearance: kit.Light, Still: true}, fyne.NewSize(1180, 760))
	d.box.Close()
	keeper := &rentKeeper{}
	c := d.Config
	c.Bell = keeper
	r := openRents(c)
	r.setFile(path)
	return d, r, keeper
}

const rentRoll = "Rent Roll\nAs of 06/01/2026\nLease ID,Unit,Tenant,Market Rent,Rent\n46903,1B,Devon Park,1500.00,\"1,395.00\"\n" +
	"45120,9,Wei Castellano,2000.00,$1890.00\n48377,4,Ingrid Solberg,1100.00,soon\n46871,3,Omar Haddad,,\nTotal,,,4600.00,3285.00\n"

func TestRentsAreImportedAfterAPreview(t *testing.T) {
	d, r, keeper := openRentsOf(t, rentRoll)
	d.wantAsked(t, "Rent roll.csv", "Lease 46903: $1,395.00", "Lease 45120: $1,890.00", "Import 2 rents",
		"Skipped 1 row with a rent that is no amount, first in line 6.", "Skipped 1 row without a rent, first in line 7.")
	test.Tap(r.take)
	if want := map[string]core.Cents{"46903": 1395_00, "45120": 1890_00}; !maps.Equal(keeper.kept, want) {
		t.Errorf("kept %v, want %v", keeper.kept, want)
	}
	if d.asked() != "" || d.given != 1 {
		t.Errorf("the page was told %d times, and the dialog says\n%s", d.given, d.asked())
	}
}

func TestAPersonSaysWhichColumnHoldsTheRents(t *testing.T) {
	d, r, keeper := openRentsOf(t, "Lease ID,Agreed,Paid\n46903,1395.00,0\n45120,1890.00,0\n")
	d.wantAsked(t, "It is not certain which column holds the lease ids and which the rents.", "Lease ids", "Rents", "First 2 of 2 rows")
	if !r.take.Disabled() {
		t.Error("rents are guessed")
	}
	if got := r.columns.idSelect.Selected; got != "Lease ID" {
		t.Errorf("the ids are certain, and it says %q", got)
	}
	r.columns.nameSelect.SetSelected("Agreed")
	d.wantAsked(t, "Lease 46903: $1,395.00", "Import 2 rents")
	test.Tap(r.take)
	if len(keeper.kept) != 2 {
		t.Errorf("kept %v", keeper.kept)
	}
}

func TestFilesWithoutRentsSaySo(t *testing.T) {
	d, r, _ := openRentsOf(t, "Lease ID,Rent\n")
	d.wantAsked(t, "There are no rents in this file")
	r.setFile(filepath.Join(t.TempDir(), "gone.csv"))
	if !r.trouble.Visible() || strings.Contains(d.asked(), "There are no rents") {
		t.Errorf("a file that is gone is no trouble:\n%s", d.asked())
	}
}

func TestImportingRentsLooks(t *testing.T) {
	d, _, _ := openRentsOf(t, rentRoll)
	uitest.LooksDialog(t, "rents", d.window)
}
