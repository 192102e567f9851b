package settings

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
)

func TestWhatANotificationSaysIsSavedAndShown(t *testing.T) {
	d := openDesk(t, nil)
	says, preview := partOf[*saysCard](t, d), partOf[*previewCard](t, d)
	test.Tap(says.tenant)
	test.Tap(says.amount)
	d.work.All(t)
	if got := d.bell.Settings().Bell.Says; got != (core.Says{Place: true}) {
		t.Errorf("saved %+v", got)
	}
	if preview.title.Text() != "Rent received" || preview.body.Text() != "Alder Court 2A" {
		t.Errorf("the preview says %q and %q", preview.title.Text(), preview.body.Text())
	}
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	test.Tap(says.place)
	d.work.All(t)
	if !says.place.On() || !says.trouble.Visible() {
		t.Error("what could not be saved does not go back and say so")
	}
}
