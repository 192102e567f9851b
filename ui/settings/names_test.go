package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
)

func TestNamesAreWrittenToAFile(t *testing.T) {
	d := openDesk(t, nil)
	if err := d.bell.GiveNames(map[core.NameKey]string{{Kind: core.NameLease, ID: "48213"}: "=Dana"}); err != nil {
		t.Fatal(err)
	}
	card := partOf[*namesCard](t, d)
	d.chosen = filepath.Join(t.TempDir(), "names.csv")
	d.refresh()
	test.Tap(card.export)
	d.work.All(t)
	if got := card.trouble.Text(); got != "Saved as names.csv." || !card.trouble.Visible() {
		t.Errorf("says %q", got)
	}
	file, err := os.ReadFile(d.chosen)
	if err != nil || !strings.Contains(string(file), "\"lease\",\"48213\",\"'=Dana\"\n") {
		t.Errorf("the exported file is %q, %v", file, err)
	}
}
