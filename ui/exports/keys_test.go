package exports

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// press sends a key as a real window does: to the focused widget, or else to
// the window.
func (d *desk) press(name fyne.KeyName) {
	key := &fyne.KeyEvent{Name: name}
	if focused := d.window.Canvas().Focused(); focused != nil {
		focused.TypedKey(key)
		return
	}
	d.window.Canvas().OnTypedKey()(key)
}

func TestEscClosesTheFolderChooserAlone(t *testing.T) {
	d := openExport(t, uitest.Office(t), kit.Light, t.TempDir())
	d.view.name.SetText("June for Ana.csv")
	for range 2 {
		test.Tap(d.view.change)
		if n := len(d.window.Canvas().Overlays().List()); n != 2 {
			t.Fatalf("with the chooser open there are %d overlays", n)
		}
		d.press(fyne.KeyEscape)
		if n := len(d.window.Canvas().Overlays().List()); n != 1 || d.view.name.Text != "June for Ana.csv" {
			t.Fatalf("after Esc there are %d overlays; the name is %q", n, d.view.name.Text)
		}
	}
	d.press(fyne.KeyEscape)
	if d.window.Canvas().Overlays().Top() != nil {
		t.Error("the next Esc leaves the dialog open")
	}
}

func TestEnterExports(t *testing.T) {
	d := openExport(t, uitest.Office(t), kit.Light, t.TempDir())
	d.window.Canvas().Focus(d.view.name)
	d.press(fyne.KeyReturn)
	d.work.All(t)
	if _, err := os.Stat(filepath.Join(d.dir, d.view.name.Text)); err != nil {
		t.Errorf("Enter in the file's name: %v", err)
	}
}
