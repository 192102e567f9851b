package settings

import (
	"cmp"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newSilenceCard makes the card that says what happens while the office is out of reach.
func newSilenceCard(w *tasks) *card {
	c := newCard(w)
	c.titled(words.Say("When the office cannot be reached"), kit.VStack(4,
		c.text(kit.Body, func(p State) string {
			return words.Say("Nothing is lost. %s keeps receiving, and this desk catches up.", cmp.Or(p.Status.Office.Receiver, words.Say("The other computer")))
		}),
		kit.NewProse(words.Say("Only an export of what is new waits for it, so that no payment is exported twice."), kit.Caption)))
	c.only(c.member, c.object)
	return c
}

// receiverOf is the receiver's name within a sentence.
func receiverOf(p State) string {
	return cmp.Or(p.Status.Office.Receiver, words.Say("the other computer"))
}

// newSharedCard makes the card that says what all desks have in common.
func newSharedCard(w *tasks) *card {
	c := newCard(w)
	list := kit.VStack(9)
	for _, text := range []string{
		words.Say("Names, handled marks and snoozes"),
		words.Say("Exports: which payments, and by whom"),
		words.Say("Expected rents and notices"),
		words.Say("How long records are kept"),
	} {
		list.Add(markedLine(assets.Verified, kit.ColorOk, text))
	}
	c.titled(words.Say("Shared with the office"), list,
		kit.NewProse(words.Say("If two desks change one name, the newest counts."), kit.Caption))
	c.only(c.member, c.object)
	return c
}

// newStaysCard makes the card that says what each desk has for itself.
func newStaysCard(w *tasks) *card {
	c := newCard(w)
	list := kit.VStack(9)
	for _, s := range []struct {
		icon fyne.Resource
		text string
	}{
		{assets.BellOutline, words.Say("Bell, quiet hours and digest")},
		{assets.Eye, words.Say("What you have already looked at")},
		{assets.Moon, words.Say("Language and appearance")},
		{assets.Folder, words.Say("Window and export folder")},
	} {
		list.Add(markedLine(s.icon, kit.ColorText2, s.text))
	}
	c.titled(words.Say("Stays on this desk"), list,
		c.text(kit.Caption, func(p State) string {
			return words.Say("Your API key, webhook secret and authtoken never leave %s.", receiverOf(p))
		}))
	c.only(c.joined, c.object)
	return c
}

// markedLine is a line of text behind an icon.
func markedLine(icon fyne.Resource, ink fyne.ThemeColorName, text string) fyne.CanvasObject {
	return &fyne.Container{Layout: frame.MarkLayout{}, Objects: []fyne.CanvasObject{
		kit.NewIcon(icon, ink, 20), kit.VStack(0, kit.NewProse(text, kit.Body)),
	}}
}
