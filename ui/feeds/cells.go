package feeds

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Cells that the rows of several pages are made of, and what their pages say while
// there are none.

// showName writes who or what a detail is about; a number in a name's place is
// in italics.
func showName(t *kit.Text, d core.Detail) {
	name, known := words.NameOf(d)
	if known {
		t.SetStyled(name, kit.Strong)
	} else {
		t.SetStyled(name, kit.Unknown)
	}
}

// showPlace writes property and unit below each other.
func showPlace(property, unit *kit.Text, p core.Place) {
	if p.Property == "" {
		property.SetStyled(words.Say(words.NoProperty), kit.Unknown)
	} else {
		property.SetStyled(p.Property, kit.Body)
	}
	unit.Set(words.UnitName(p.Unit))
}

// bellWaiting is what a page shows before the first delivery; setUp is false while
// none can arrive.
func bellWaiting(text string, setUp bool, settings func()) kit.Empty {
	e := kit.Empty{Title: words.Say("The bell is waiting"), Text: text}
	if !setUp {
		e.Actions = []fyne.CanvasObject{kit.NewButton(words.Say("Open settings"), assets.NavSettings, settings).Primary()}
		e.Note = words.Say("Rentbell needs a key and an address before AppFolio can deliver.")
	}
	return e
}
