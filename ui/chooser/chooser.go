// Package chooser asks the user for a file or a folder: by the system's own dialog
// where there is one, else by one in the window. One is open at a time. It opens and
// creates no file; whoever gets a path checks what is there.
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

// System is the system's own dialog, as picker.Picker is.
type System interface {
	Pick(ctx context.Context, q picker.Question) (path string, err error)
}

// Config is what a Chooser is made of.
type Config struct {
	Window fyne.Window
	Post   frame.Poster
	System System // nil: the window itself asks
	Report func(doing string, err error)
	// Kept and Keep remember the folder of each Ask.About.
	Kept func(about string) string
	Keep func(about, dir string)
}

// Chooser asks over one window. Its methods are called on Fyne's main goroutine,
// and call back there.
type Chooser struct {
	Config
	open bool
}

// New returns a window's Chooser.
func New(c Config) *Chooser { return &Chooser{Config: c} }

// Ask is what the user is asked.
type Ask struct {
	Title string
	About string   // what the folder is remembered for; empty: it is not
	Dir   string   // where to begin; empty: where the last one About this was
	Name  string   // of the file to save, as a proposal
	Files string   // the files to choose from, in words
	Kinds []string // how their names end; none: all files
}

// Open asks for a file that is there. chosen is not called where the user chose none.
func (c *Chooser) Open(a Ask, chosen func(path string)) { c.ask(picker.Open, a, c.sheetOpen, chosen) }

// Save asks where a file is to go. A file of that name is there only if the user
// has agreed to replace it.
func (c *Chooser) Save(a Ask, chosen func(path string)) { c.ask(picker.Save, a, c.sheetSave, chosen) }

// Folder asks for a folder.
func (c *Chooser) Folder(a Ask, chosen func(dir string)) {
	c.ask(picker.Folder, a, c.sheetFolder, chosen)
}

// sheet asks in the window itself. done gets an empty path where the user chose none.
type sheet func(a Ask, done func(path string))

// ask asks the system, and then the window if nobody has asked the user.
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

// askSystem shows the system's own dialog, and goes on with instead where there is
// none. The user may leave one that never showed.
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

// wait covers the window while the system's dialog is open: not every system keeps
// the user from pressing on below it.
func (c *Chooser) wait(leave func()) *frame.Dialog {
	d := frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{
		Title: words.Say("Choose in the other window"), Width: 460,
		Body:   kit.NewProse(words.Say("Your computer's own window for files is open. It may be behind this one."), kit.Body),
		Footer: kit.Spread(8, kit.HStack(0), kit.NewButton(words.Say("Cancel"), nil, leave)),
	})
	d.OnDismiss = leave
	return d
}

// parentOf names a window, so that the system's dialog stays above it. On Wayland no
// name of it can be had.
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
