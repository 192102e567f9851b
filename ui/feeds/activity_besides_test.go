package feeds

import (
	"testing"

	"rentbell/core"
	"rentbell/ui/uitest"
)

// openFound makes a desk with the office's findings, of which one is snoozed.
func openFound(t *testing.T) (desk, stuckBook) {
	t.Helper()
	d, book := openStuck(t)
	d.do.Open(Activity)
	return d, book
}

func TestWhatWasFoundStaysInEverything(t *testing.T) {
	d, book := openFound(t)
	d.wantShown(t, "No vendor for 26 hours", "Untouched for 7 days", "Snoozed")
	for _, f := range book.found {
		book.marks[f.Key()] = core.Mark{Handled: present}
	}
	d.Load(Activity)
	d.wantShown(t, "No vendor for 26 hours", "Handled")
	d.wantGone(t, "Snoozed")
	d.activity.open(attentionTab)
	d.wantGone(t, "No vendor for 26 hours")
	d.activity.open(everythingTab)
	uitest.TapText(t, d.window, "No vendor for 26 hours")
	d.wantShown(t, "Work order 1193")
}

func TestFoundInEverythingLooks(t *testing.T) {
	d, book := openFound(t)
	for _, f := range book.found[:1] {
		book.marks[f.Key()] = core.Mark{Handled: present}
	}
	d.Load(Activity)
	uitest.LooksAt(t, "activity_found", d.window, d.activity.table.Object)
}
