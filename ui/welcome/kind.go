package welcome

import (
	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// kindForm is the first step: it chooses the connection kind and shows the form of it.
type kindForm struct {
	of *View

	chips *kit.Filters
	kind  core.Kind
	forms []*fyne.Container // in the order of the chips
}

// newStep returns the body of the step. forms are in the order of the chips.
func (k *kindForm) newStep(v *View, forms ...*fyne.Container) fyne.CanvasObject {
	k.of, k.kind, k.forms = v, core.KindWebhookAPI, forms
	labels := frame.KindLabels()
	labels[frame.ReportsChip] = words.Say("Reports by e-mail or download")
	if v.do.joining != nil {
		labels = append(labels, words.Say("Follow a computer in my office"))
	}
	k.chips = kit.NewFilters(labels, func(chip int) { k.choose(kindOf(chip)) }).Wrap()
	body := kit.VStack(9, k.chips)
	for i, form := range forms {
		frame.SetVisible(form, i == frame.WebhookChip)
		body.Add(form)
	}
	return body
}

// officeChip is the index of following an office, behind the kinds that AppFolio knows.
const officeChip = frame.ReportsChip + 1

func kindOf(chip int) core.Kind {
	if chip == officeChip {
		return core.KindOffice
	}
	return frame.KindOf(chip)
}

func chipOf(kind core.Kind) int {
	if kind == core.KindOffice {
		return officeChip
	}
	return frame.ChipOf(kind)
}

// choose shows the form of a kind, and the steps that lead to it.
func (k *kindForm) choose(kind core.Kind) {
	k.kind = kind
	chip := chipOf(kind)
	k.chips.Pick(chip)
	for i, form := range k.forms {
		frame.SetVisible(form, i == chip)
	}
	k.of.adapt()
	k.of.mark()
	k.of.paint()
}

// adapt shows the steps of the chosen kind: reports and an office need no address, and
// ring no bell that could be tried.
func (v *View) adapt() {
	byReports, byOffice := v.kind.kind == core.KindReports, v.kind.kind == core.KindOffice
	short := byReports || byOffice
	first, second := v.steps[0], v.steps[1]
	switch v.kind.kind {
	case core.KindReports:
		v.title.Set(words.Say("Two steps, about two minutes"))
		first.tell(words.Say("Choose the folder"), words.Say("For plans without an API: Rentbell reads AppFolio's reports from it."))
		second.tell(words.Say("Bring a first report"), words.Say("Save one into the folder, and see what Rentbell finds in it."))
	case core.KindOffice:
		v.title.Set(words.Say("Two steps, about a minute"))
		first.tell(words.Say("Join your office"), words.Say("Another computer receives. It needs no AppFolio keys here."))
		second.tell(words.Say("Let everything arrive"), words.Say("What the office has comes here by itself."))
	case core.KindDeveloperSpace:
		first.tell(words.Say("Connect AppFolio"), words.Say("Paste what lets Rentbell read your records."))
	default:
		first.tell(words.Say("Connect AppFolio"), words.Say("Paste the key that lets Rentbell register with AppFolio."))
	}
	if !short {
		v.title.Set(words.Say("Three steps, about five minutes"))
		second.tell(words.Say("Choose your address"), words.Say("The place on the internet where AppFolio delivers."))
	}
	frame.SetVisible(v.where.body, !short)
	frame.SetVisible(v.reports.arrivals, byReports)
	frame.SetVisible(v.office.arrivals, byOffice)
	frame.SetVisible(v.steps[2].object, !short)
	frame.SetVisible(second.line, !short)
}
