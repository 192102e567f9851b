package settings

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestWhatANotificationSaysIsSavedAndShown(t *testing.T) {
	d := openDesk(t, nil)
	choice, preview := d.titled(t, "What it says"), d.titled(t, "Preview")
	test.Tap(find[*kit.Check](t, choice.object, "Tenant name"))
	test.Tap(find[*kit.Check](t, choice.object, "Amount"))
	d.work.All(t)
	if got := d.bell.Settings().Bell.Says; got != (core.Says{Place: true}) {
		t.Errorf("saved %+v", got)
	}
	if got := strings.Join(uitest.Texts(preview.object), "|"); !strings.Contains(got, "|Rent received|Alder Court 2A|") {
		t.Errorf("the preview says %q", got)
	}
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	test.Tap(find[*kit.Check](t, choice.object, "Property and unit"))
	d.work.All(t)
	if !find[*kit.Check](t, choice.object, "Property and unit").On() || !choice.trouble.Visible() {
		t.Error("what could not be saved does not go back and say so")
	}
}
