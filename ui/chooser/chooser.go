// Package chooser asks the user for a file or a folder, with the system's
// dialog where there is one and otherwise with one inside the window. Only one
// dialog is open at a time. The package neither opens nor creates a file;
// callers have to check what is at the path.
package chooser

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"rentbell/core/picker"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// System is the system's dialog: a *picker.Picker.
type System interface {
	Pick(ctx context.Context, q picker.Question) (path string, err error)
}

// Config is what a Chooser needs.
type Config struct {
	Window fyne.Window
	Post   frame.Poster
	System System // nil: use a dialog inside the window
	Report func(doing string, err error)
	// Kept and Keep read and store the last folder for an Ask.About.
	Kept func(about string) string
	Keep func(about, dir string)
}

// Chooser shows dialogs over one window. Call its methods on Fyne's main
// goroutine; callbacks run there too.
type Chooser struct {
	Config
	open bool
}

// New returns a Chooser for a window.
func New(c Config) *Chooser { return &Chooser{Config: c} }

// Ask describes a dialog.
type Ask struct {
	Title string
	About string   // key under which the folder is remembered; empty: not remembered
	Dir   string   // first folder; empty: the last one for About
	Name  string   // proposed name of the file to save
	Files string   // name for the kind of files to choose from
	Kinds []string // extensions of those files; empty: all files
}

// Open asks for an existing file. It does not call chosen if the user cancels,
// or if another dialog is open.
func (c *Chooser) Open(a Ask, chosen func(path string)) { c.ask(picker.Open, a, c.sheetOpen, chosen) }

// Save asks for a file to write. If the file exists, the user has agreed to
// replace it. Like Open, it may not call chosen.
func (c *Chooser) Save(a Ask, chosen func(path string)) { c.ask(picker.Save, a, c.sheetSave, chosen) }

// Folder asks for a folder. Like Open, it may not call chosen.
func (c *Chooser) Folder(a Ask, chosen func(dir string)) {
	c.ask(picker.Folder, a, c.sheetFolder, chosen)
}

// sheet shows a dialog inside the window. It calls done with an empty path if
// the user cancels.
type sheet func(a Ask, done func(path string))

// ask shows the system's dialog, or the sheet if the system has none.
func (c *Chooser) ask(what picker.What, a Ask, sheet sheet, chosen func(path string)) {
	if c.open {
		return
	}
	c.open = true
	if a.Dir == "" && a.About != "" {
		a.Dir = c.Kept(a.About)
	}
	done := func(path string) {
		c.open = false
		if path == "" {
			return
		}
		if dir := path; a.About != "" {
			if what != picker.Folder {
				dir = filepath.Dir(path)
			}
			c.Keep(a.About, dir)
		}
		chosen(path)
	}
	if c.System == nil {
		sheet(a, done)
		return
	}
	c.askSystem(picker.Question{
		What: what, Title: a.Title, Dir: a.Dir, Name: a.Name, Files: a.Files, Kinds: a.Kinds, Parent: parentOf(c.Window),
	}, func() { sheet(a, done) }, done)
}

// askSystem shows the system's dialog and calls instead if there is none. The
// user can cancel in the window as well, in case the dialog never appears.
func (c *Chooser) askSystem(q picker.Question, instead func(), done func(path string)) {
	end := func() {}
	left := false
	var wait *frame.Dialog
	wait = c.wait(func() {
		left = true
		wait.Close()
		end()
		done("")
	})
	end = c.Post(func(ctx context.Context) func() {
		path, err := c.System.Pick(ctx, q)
		return func() {
			if left {
				return
			}
			wait.Close()
			switch {
			case errors.Is(err, picker.ErrNone):
				instead()
			case err != nil:
				c.Report("ask for a file", err)
				done("")
			default:
				done(path)
			}
		}
	})
}

// wait covers the window while the system's dialog is open. Not every system
// blocks the window below it.
func (c *Chooser) wait(leave func()) *frame.Dialog {
	d := frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{
		Title: words.Say("Choose in the other window"), Width: 460,
		Body:   kit.NewProse(words.Say("Your computer's own window for files is open. It may be behind this one."), kit.Body),
		Footer: kit.Spread(8, kit.HStack(0), kit.NewButton(words.Say("Cancel"), nil, leave)),
	})
	d.OnDismiss = leave
	return d
}

// parentOf returns the window's identifier for the system, so that the dialog
// stays above it. There is none on Wayland.
func parentOf(w fyne.Window) (p picker.Parent) {
	if native, is := w.(driver.NativeWindow); is {
		native.RunNative(func(at any) {
			if x, is := at.(driver.X11WindowContext); is {
				p.X11 = x.WindowHandle
			}
		})
	}
	return p
}
