package settings

import (
	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// firstToChoose is on when some statuses shall ring and none is chosen yet.
const firstToChoose = "New"

// The ways to choose statuses.
func anyStatus() string    { return words.Say("Any status") }
func chosenStatus() string { return words.Say("Only some") }

// statusesRow are the statuses in which work orders ring.
type statusesRow struct {
	object *fyne.Container
	which  *kit.Select
	chips  *kit.Choices
	below  *fyne.Container
}

func newStatusesRow(change func(func(*core.Bells))) *statusesRow {
	r := &statusesRow{}
	var which fyne.CanvasObject
	r.which, which = kit.NewSelect([]string{anyStatus(), chosenStatus()}, func(text string) {
		change(func(b *core.Bells) {
			if b.Statuses = ""; text == chosenStatus() {
				b.Statuses = firstToChoose
			}
		})
	})
	choices := make([]kit.Choice, len(words.Statuses()))
	for i, status := range words.Statuses() {
		choices[i].Text = words.StatusName(status)
	}
	r.chips = kit.NewChoices(choices, func(i int, on bool) {
		change(func(b *core.Bells) { b.Statuses = b.Statuses.With(words.Statuses()[i], on) })
	})
	r.below = besideLimit(r.chips)
	r.object = kit.VStack(4, newLimit(kit.NewText(words.Say("Work orders"), kit.Body), kit.HStack(0, kit.Sized(140, kit.ControlHigh, which))), r.below)
	return r
}

func (r *statusesRow) paint(b core.Bells) {
	some := len(b.Statuses.List()) > 0
	for i, status := range words.Statuses() {
		r.chips.Set(i, b.Statuses.Has(status))
	}
	pick(r.which, anyStatus())
	if some {
		pick(r.which, chosenStatus())
	}
	frame.SetVisible(r.below, some)
}
