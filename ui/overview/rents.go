package overview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// rents says how many rents of this month have come, and what is late. It is hidden
// while no rent is known.
type rents struct {
	object *fyne.Container // holds links
	links  *fyne.Container
	onOpen func()
	shown  core.RadarSummary
}

func newRents(onOpen func()) *rents {
	r := &rents{links: kit.HStack(12), onOpen: onOpen}
	r.object = kit.Inset(0, 0, 0, -2, r.links) // a link has some room at its sides
	r.object.Hide()
	return r
}

// show shows new figures.
func (r *rents) show(s core.RadarSummary) {
	if s == r.shown {
		return
	}
	r.shown = s
	frame.SetVisible(r.object, s.Ready && s.Known > 0)
	paid, unknown := words.Say("%s of %s paid", explain.Number(s.Paid), explain.Number(s.Known)), ""
	if s.NotKnown > 0 {
		unknown = words.Say("%s not known", explain.Number(s.NotKnown))
	}
	r.links.Objects = []fyne.CanvasObject{r.link(words.Joined(paid, unknown), kit.LinkText)}
	if s.Late > 0 {
		late := words.Say("%s late or in part, %s still due", explain.Number(s.Late), words.Dollars(s.LateDue))
		r.links.Add(r.link(late, kit.LinkText.In(kit.ColorWarn)))
	}
	r.links.Refresh()
}

// link returns words that lead to the rents. What is late stands on top there.
func (r *rents) link(text string, style kit.Style) fyne.CanvasObject {
	line := kit.Sized(0, 24, kit.Inset(0, 2, 0, 2, container.NewCenter(kit.NewText(text, style))))
	return kit.NewPress(text, line, 4, r.onOpen)
}
