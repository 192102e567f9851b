package settings

import (
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/ui/uitest"
)

func TestTheLastImportIsUndoneInSettings(t *testing.T) {
	d := openDesk(t, nil)
	d.Open(DataTab)
	d.work.All(t)
	card := d.titled(t, "Import")
	said := func() string {
		return strings.Join(uitest.Texts(card.object), "\n")
	}
	if strings.Contains(said(), "Undo") {
		t.Errorf("nothing can be undone, and it says\n%s", said())
	}
	found := imports.Found{Kind: core.TableOfNames(core.NameLease), Names: map[core.NameKey]string{{Kind: core.NameLease, ID: "20931"}: "Ines Hall"}}
	if _, err := d.bell.Import(t.Context(), "Leases 2026.txt", found, false); err != nil {
		t.Fatal(err)
	}
	d.showStatus(d.bell.Status())
	d.work.All(t)
	if want := "Leases 2026.txt\nThu, June 18 at 10:42 AM: 1 name imported."; !strings.Contains(said(), want) {
		t.Errorf("%q is not in the card:\n%s", want, said())
	}
	uitest.TapText(t, d.window, "Undo")
	d.work.All(t)
	if !strings.Contains(said(), "1 entry is as it was before.") || strings.Contains(said(), "Undo") {
		t.Errorf("after that it says\n%s", said())
	}
	if got := d.bell.Names().Of(core.NameKey{Kind: core.NameLease, ID: "20931"}).Given; got != "" {
		t.Errorf("the lease is called %q", got)
	}
}
