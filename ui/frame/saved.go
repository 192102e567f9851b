package frame

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Saved is how the making of a file goes. The zero Saved says nothing.
type Saved struct {
	Busy bool
	Text string
	Err  error  // why there is no file; Text does not matter then
	Show func() // shows where the file is; nil: there is none yet
}

// SavedLine tells below a page's tools of a file that is made there. It is hidden while
// there is nothing to tell.
type SavedLine struct {
	Object *fyne.Container
	mark   *kit.Icon
	text   *kit.Prose
	file   *kit.Press
	shown  Saved
}

// NewSavedLine returns a hidden line.
func NewSavedLine() *SavedLine {
	l := &SavedLine{mark: kit.NewIcon(assets.Verified, kit.ColorOk, 16), text: kit.NewProse("", kit.Caption)}
	l.file = kit.NewLink(words.Say("Show file"), func() { l.shown.Show() })
	l.Object = kit.Spread(12, kit.Lead(6, l.mark, l.text), l.file)
	l.Object.Hide()
	return l
}

// Tell shows s. The page lays itself out again afterwards.
func (l *SavedLine) Tell(s Saved) {
	l.shown = s
	if s.Err != nil {
		Tell(l.text, s.Err)
	} else {
		l.text.SetStyled(s.Text, kit.Caption)
	}
	SetVisible(l.mark, s.Show != nil)
	SetVisible(l.file, s.Show != nil)
	SetVisible(l.Object, s.Text != "" || s.Err != nil)
	kit.Relayout(l.Object)
}

// Busy reports whether a file is being made. Another has to wait.
func (l *SavedLine) Busy() bool { return l.shown.Busy }
