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

// NewTrouble returns a hidden line for an error message.
func NewTrouble() *kit.Prose {
	p := kit.NewProse("", troubleStyle())
	p.Hide()
	return p
}

// Tell shows err in p. A nil error hides p.
func Tell(p *kit.Prose, err error) {
	if err == nil {
		p.Hide()
		return
	}
	TellText(p, words.Trouble(words.Tongue.Error(err)))
}

// TellText shows a text of its own in p.
func TellText(p *kit.Prose, text string) {
	p.SetStyled(text, troubleStyle()) // p may have shown something else in another style
	p.Show()
}

// TellHere is Tell for the welcome pages, from which Settings cannot be
// reached. Where the advice would be to go to Settings, it says to correct the
// value here.
func TellHere(p *kit.Prose, err error) {
	if err == nil {
		p.Hide()
		return
	}
	TellText(p, words.Trouble(mendedHere(words.Tongue.Error(err), explain.English.Error(err))))
}

// TellStatusHere is TellHere for the reason why no deliveries arrive. It
// returns false, and leaves p as it is, if there is no such reason.
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
