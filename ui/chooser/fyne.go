package chooser

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"
)

// show shows Fyne's dialog. Esc cancels and Enter confirms, but only while
// nothing lies over it.
func (c *Chooser) show(d *dialog.FileDialog, dir string) {
	if at, err := storage.ListerForURI(storage.NewFileURI(dir)); dir != "" && err == nil {
		d.SetLocation(at)
	}
	canvas := c.Window.Canvas()
	before := canvas.OnTypedKey()
	var top fyne.CanvasObject
	canvas.SetOnTypedKey(func(key *fyne.KeyEvent) {
		if canvas.Overlays().Top() != top {
			return
		}
		switch key.Name {
		case fyne.KeyEscape:
			d.Dismiss()
		case fyne.KeyReturn, fyne.KeyEnter:
			if b := confirming(top); b != nil && !b.Disabled() {
				b.OnTapped()
			}
		}
	})
	d.SetOnClosed(func() { canvas.SetOnTypedKey(before) })
	d.Show()
	top = canvas.Overlays().Top()
}

// confirming returns the button that confirms Fyne's dialog, or nil.
func confirming(o fyne.CanvasObject) *widget.Button {
	switch o := o.(type) {
	case *widget.PopUp:
		return confirming(o.Content)
	case *widget.Button:
		if o.Importance == widget.HighImportance {
			return o
		}
	case *fyne.Container:
		for _, part := range o.Objects {
			if b := confirming(part); b != nil {
				return b
			}
		}
	}
	return nil
}

func (c *Chooser) sheetOpen(a Ask, done func(path string)) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		c.Report("choose a file", err)
		if file == nil {
			done("")
			return
		}
		_ = file.Close() // only its name is needed
		done(filepath.FromSlash(file.URI().Path()))
	}, c.Window)
	if len(a.Kinds) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(a.Kinds))
	}
	c.show(d, a.Dir)
}

func (c *Chooser) sheetFolder(a Ask, done func(dir string)) {
	d := dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
		c.Report("choose a folder", err)
		if dir == nil {
			done("")
			return
		}
		done(filepath.FromSlash(dir.Path()))
	}, c.Window)
	c.show(d, a.Dir)
}
