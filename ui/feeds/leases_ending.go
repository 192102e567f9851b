package feeds

import (
	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// mostEnding is how many leases the strip has room for.
const mostEnding = 5

// showEnding fills the strip of the leases that end soonest. It hides when there are no
// leases at all.
func (v *leasesView) showEnding(ending []core.LeaseState, leases int) {
	defer v.page.Relayout() // the strip may come or go
	if leases == 0 {
		v.ending.Hide()
		return
	}
	count := words.SayN(len(ending), "%s lease in the next %s days", "%s leases in the next %s days",
		explain.Number(len(ending)), explain.Number(core.EndingDays))
	if len(ending) == 0 {
		count = words.Say("None in the next %s days", explain.Number(core.EndingDays))
	}
	title := kit.HStack(10, kit.NewText(words.Say("Ending soon"), kit.Title), kit.Inset(2, 0, 0, 0, kit.NewText(count, kit.Caption)))
	head := kit.Sized(0, 44, kit.Inset(0, 12, 0, kit.CardPad, kit.Spread(12, title, v.names, v.calendar)))
	cells := &fyne.Container{Layout: stripLayout{}}
	for i, l := range ending[:min(len(ending), mostEnding)] {
		cells.Objects = append(cells.Objects, v.newEnding(l, i > 0))
	}
	content := head
	if len(ending) > 0 {
		content = kit.Sized(0, 147, kit.Above(0, kit.VStack(0, head, kit.NewRule()), cells))
	}
	v.ending.Objects = []fyne.CanvasObject{kit.NewBareCard(content)}
	v.ending.Show()
	v.ending.Refresh()
}

// stripLayout shows as many cells as there is room for, all as wide.
type stripLayout struct{}

// leastEnding is the least width of a cell.
const leastEnding = 150

func (stripLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (stripLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n := min(len(objects), max(1, int(size.Width/kit.Dp(leastEnding))))
	width := size.Width / float32(max(n, 1))
	for i, o := range objects {
		frame.SetVisible(o, i < n)
		kit.Place(o, float32(i)*width, 0, width, size.Height)
	}
}

// newEnding is one lease of the strip: how long it still runs, out of the
// sixty days.
func (v *leasesView) newEnding(l core.LeaseState, edged bool) fyne.CanvasObject {
	now := v.now()
	days := core.DateOf(now).DaysUntil(l.Ends())
	name, known := leaseName(l)
	nameStyle := kit.Strong
	if !known {
		nameStyle = kit.Unknown
	}
	where := words.PlaceOf(l.Place)
	if where == "" {
		where = words.Say(words.NoProperty)
	}
	figure, bar := kit.Title, kit.ColorBarMuted
	if days <= soonDays {
		figure, bar = kit.Title.In(kit.ColorWarn), kit.ColorWarn
	}
	end := words.DayOf(l.Ends(), now)
	left := daysLeft(days)
	if days == 0 {
		left = words.Say("Today")
	}
	text := kit.VStack(0,
		kit.NewText(name, nameStyle).Tight(),
		kit.NewText(where, kit.Caption).Tight(),
		kit.Inset(8, 0, 6, 0, kit.Spread(8, kit.NewText(left, figure).Tight(), kit.NewText(words.Tongue.ShortDate(end, end), kit.Caption))),
		kit.NewProgress(bar, 1-float32(days)/core.EndingDays),
	)
	press := kit.NewPress(words.Joined(name, left), kit.Inset(10, 14, 12, kit.CardPad, text), 6, func() { v.onOpen(l) })
	if !edged {
		return press
	}
	edge := kit.NewBox(kit.ColorBorder, "", 0)
	return &fyne.Container{Layout: edgeLayout{}, Objects: []fyne.CanvasObject{press, edge}}
}

// daysLeft is how many days are left: "12 days".
func daysLeft(n int) string { return words.SayN(n, "%s day", "%s days", explain.Number(n)) }

// edgeLayout draws a line of one pixel at the left of an object.
type edgeLayout struct{}

func (edgeLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (edgeLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Resize(fyne.NewSize(1, size.Height))
}
