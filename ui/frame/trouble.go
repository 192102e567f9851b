package frame

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/theme"

	"rentbell/core"
	"rentbell/ui/explain"
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

// TellHere is Tell where Settings cannot be reached: what would be mended there is
// mended in the place itself.
func TellHere(p *kit.Prose, err error) {
	if err == nil {
		p.Hide()
		return
	}
	TellText(p, words.Trouble(mendedHere(words.Tongue.Error(err), explain.English.Error(err))))
}

// TellStatusHere tells there why nothing arrives. ok is false, and nothing is told,
// while nothing is wrong.
func TellStatusHere(p *kit.Prose, s core.Status, now time.Time) (ok bool) {
	w, wrong := words.Tongue.Status(s, now)
	if wrong {
		english, _ := explain.English.Status(s, now)
		TellText(p, words.Trouble(mendedHere(w, english)))
	}
	return wrong
}

func mendedHere(w, english explain.Words) explain.Words {
	if strings.Contains(english.Fix, "in Settings") {
		w.Fix = words.Say("Paste the right one here, and go on.")
	}
	return w
}

func troubleStyle() kit.Style {
	return kit.Style{Size: theme.SizeNameCaptionText, Color: kit.ColorErr}
}
