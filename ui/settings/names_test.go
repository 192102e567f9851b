package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/ui/uitest"
)

func TestNamesAreWrittenToAFile(t *testing.T) {
	d := openDesk(t, nil)
	if err := d.bell.GiveNames(map[core.NameKey]string{{Kind: core.NameLease, ID: "48213"}: "=Dana"}); err != nil {
		t.Fatal(err)
	}
	card := d.titled(t, "Names")
	d.chosen = filepath.Join(t.TempDir(), "names.csv")
	d.refresh()
	uitest.Tap(t, card.object, "Export names")
	d.work.All(t)
	if got := card.trouble.Text(); got != "Saved as names.csv." || !card.trouble.Visible() {
		t.Errorf("says %q", got)
	}
	file, err := os.ReadFile(d.chosen)
	if err != nil || !strings.Contains(string(file), "\"lease\",\"48213\",\"'=Dana\"\n") {
		t.Errorf("the exported file is %q, %v", file, err)
	}
}
