package frame

import (
	"fyne.io/fyne/v2/theme"

	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// NewTrouble makes a line for what could not be saved, hidden while all is well.
func NewTrouble() *kit.Prose {
	p := kit.NewProse("", troubleStyle())
	p.Hide()
	return p
}

// Tell shows an error on a line of trouble, or takes the one before away.
func Tell(p *kit.Prose, err error) {
	if err == nil {
		p.Hide()
		return
	}
	TellText(p, words.Trouble(words.Tongue.Error(err)))
}

// TellText shows a trouble there in words of its own.
func TellText(p *kit.Prose, text string) {
	p.SetStyled(text, troubleStyle()) // what stood there before may have been no trouble
	p.Show()
}

func troubleStyle() kit.Style {
	return kit.Style{Size: theme.SizeNameCaptionText, Color: kit.ColorErr}
}
