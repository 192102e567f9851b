package chooser

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// saving is the dialog for a file to write. Fyne's own cannot be used: it
// creates the file itself, following symbolic links, and Esc does not reach it
// from its entry.
type saving struct {
	chooser *Chooser
	box     *frame.Dialog
	name    *kit.Entry
	dir     string
	folder  *kit.Prose
	trouble *kit.Prose
	done    func(path string)
}

func (c *Chooser) sheetSave(a Ask, done func(path string)) {
	s := &saving{chooser: c, done: done, dir: a.Dir, trouble: frame.NewTrouble()}
	if s.dir == "" {
		s.dir, _ = os.UserHomeDir() // if there is none, submit asks for a folder
	}
	var field fyne.CanvasObject
	s.name, field = kit.NewEntry("", func(string) {})
	s.name.SetText(a.Name)
	s.name.OnSubmitted = func(string) { s.submit() }
	s.folder = kit.NewProse(words.FolderName(s.dir), kit.Body)
	s.box = frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{
		Title: a.Title,
		Body: kit.VStack(14,
			frame.Row(words.Say("File name"), field),
			frame.Row(words.Say("Folder"), kit.VStack(10, s.folder, kit.HStack(0, kit.NewButton(words.Say("Change"), nil, s.change)))),
			s.trouble),
		Footer: kit.Spread(8, kit.HStack(0), kit.NewButton(words.Say("Cancel"), nil, func() { s.end("") }),
			kit.NewButton(words.Say("Save"), nil, s.submit).Primary()),
	})
	s.box.OnDismiss = func() { s.end("") }
	c.Window.Canvas().Focus(s.name)
}

func (s *saving) end(path string) {
	s.box.Close()
	s.done(path)
}

func (s *saving) change() {
	s.chooser.sheetFolder(Ask{Dir: s.dir}, func(dir string) {
		if dir == "" {
			return
		}
		s.dir = dir
		s.folder.Set(words.FolderName(dir))
		s.box.Update()
	})
}

func (s *saving) submit() {
	path := filepath.Join(s.dir, s.name.Text)
	there, err := os.Lstat(path)
	switch {
	case s.name.Text != filepath.Base(path) || s.name.Text == "..":
		s.complain(words.Say("Type a name for the file."))
	case !filepath.IsAbs(path):
		s.complain(words.Say("Choose a folder for the file."))
	case err != nil:
		s.end(path) // either nothing is there, or writing will report the error
	case !there.Mode().IsRegular():
		s.complain(words.Say("That is the name of something else. Type another name."))
	default:
		frame.Ask(s.chooser.Window.Canvas(), frame.Question{
			Title:  words.Say("Replace the file?"),
			Text:   words.Say("There is a file of that name already. What is in it will be lost."),
			Verb:   words.Say("Replace"),
			Answer: func() { s.end(path) },
		})
	}
}

func (s *saving) complain(trouble string) {
	s.trouble.Set(trouble)
	s.trouble.Show()
	s.box.Update()
}
