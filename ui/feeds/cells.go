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

// way is how what a page shows comes: by deliveries, by reports or from the office, and whether any can
// come at all.
type way struct{ reports, office, setUp bool }

func wayOf(s core.Status) way {
	switch s.Kind {
	case core.KindReports:
		return way{reports: true, setUp: s.Reports.Dir != ""}
	case core.KindOffice:
		return way{office: true, setUp: s.Office.Name != ""}
	}
	return way{setUp: s.Connection != core.ConnectionOff}
}

// bellWaiting is what a page shows before anything has come.
func (w way) bellWaiting(delivered, reported string, settings func()) kit.Empty {
	e, needs := kit.Empty{Title: words.Say("The bell is waiting"), Text: delivered}, words.Say("Rentbell needs a key and an address before AppFolio can deliver.")
	if w.reports {
		e.Text, needs = reported, words.Say("Rentbell needs the folder that AppFolio's reports are saved into.")
	}
	if w.office {
		needs = words.Say("Rentbell has to join the office before anything can come.")
	}
	if !w.setUp {
		e.Actions = []fyne.CanvasObject{kit.NewButton(words.Say("Open settings"), assets.NavSettings, settings).Primary()}
		e.Note = needs
	}
	return e
}

// noneYet is what a list that stays in memory shows before anything is in it.
func (w way) noneYet(title, delivered, reported string) kit.Empty {
	if w.reports {
		return kit.Empty{Title: title, Text: reported}
	}
	return kit.Empty{Title: title, Text: delivered}
}
