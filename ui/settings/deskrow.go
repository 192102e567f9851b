package settings

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/office"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// deskRow is a desk in the list of a manager.
type deskRow struct {
	object *fyne.Container
	desk   office.Desk

	tile        *kit.Tile
	name        *kit.Prose
	note        *kit.Prose // below the name of the desk at which the list is read
	dot         *kit.Dot
	when, since *kit.Prose
	may         *kit.Select
	choose      fyne.CanvasObject // the select, in its border
	role        *kit.Text         // in its place
	remove      *kit.Press
}

func newDeskRow(c *desksCard, d office.Desk) *deskRow {
	r := &deskRow{
		desk: d, tile: kit.NewTile(kit.Neutral, assets.Desk), name: kit.NewProse(d.Name, kit.Strong),
		note: kit.NewProse(words.Say("This desk"), kit.Caption), dot: kit.NewDot(kit.ColorInput, 10),
		when: kit.NewProse("", kit.Body), since: kit.NewProse("", kit.Caption), role: kit.NewText("", kit.Body).Tight(),
	}
	manages := words.Say("Manages")
	r.may, r.choose = kit.NewSelect([]string{words.Say("Works"), manages}, func(chosen string) {
		if chosen != role(r.desk) {
			c.setRole(r.desk, chosen == manages)
		}
	})
	r.may.Label = words.Say("What %s may do", d.Name)
	r.remove = kit.NewLink(words.Say("Remove"), func() { c.askRemove(r.desk) })
	r.remove.SetLabel(words.Say("Remove %s", d.Name))
	seen := kit.Lead(8, kit.VStack(0, kit.Sized(10, 20, container.NewCenter(r.dot))), kit.VStack(0, r.when, r.since))
	r.object = kit.Inset(9, kit.CardPad, 9, kit.CardPad, deskColumns(
		r.tile, kit.VStack(0, r.name, r.note), seen, kit.Sized(0, kit.ControlHigh, r.choose), r.role, r.remove))
	return r
}

// show shows the desk as it is now. own: it is the one at which the list is read, which can
// neither remove itself nor change its role.
func (r *deskRow) show(d office.Desk, s seen, own bool) {
	r.desk = d
	family, dot := kit.Neutral, kit.ColorInput
	if s.here {
		family, dot = kit.Petrol, kit.ColorLive
	}
	r.tile.Set(family, assets.Desk)
	r.dot.Set(dot)
	r.name.Set(d.Name)
	r.when.Set(s.when)
	r.since.Set(s.since)
	r.role.Set(role(d))
	pick(r.may, role(d))
	frame.SetVisible(r.note, own)
	frame.SetVisible(r.since, s.since != "")
	frame.SetVisible(r.choose, !own)
	frame.SetVisible(r.role, own)
	frame.SetVisible(r.remove, !own)
}

// newDeskHeads makes the titles above the columns.
func newDeskHeads() fyne.CanvasObject {
	title := func(text string) fyne.CanvasObject { return kit.NewText(text, kit.Caption).Tight() }
	none := kit.NewText("", kit.Caption)
	remove := kit.NewLink(words.Say("Remove"), nil) // as wide as in the rows
	remove.Hide()
	return deskColumns(none, title(words.Say("Desk")), title(words.Say("Last seen")), title(words.Say("May do")), kit.NewText("", kit.Caption), remove)
}

// deskColumns puts the parts of a row beside each other: a tile, who it is, when it was
// there, what it may do, as a control or as a word, and a link.
func deskColumns(parts ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &deskLayout{}, Objects: parts}
}

type deskLayout struct{ width float32 }

// Widths of the columns that do not grow, and the room between them.
const (
	deskTile = 32
	deskSeen = 138
	deskMay  = 122
	deskGap  = 12
)

func (l *deskLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.place(parts, fyne.NewSize(l.width, 0)))
}

func (l *deskLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(parts, size)
}

// place places the parts, each in the middle of the height, and returns the height they need.
func (l *deskLayout) place(parts []fyne.CanvasObject, size fyne.Size) (high float32) {
	gap, remove := kit.Dp(deskGap), parts[5].MinSize().Width
	xs := []float32{0, kit.Dp(deskTile) + gap, 0, 0, 0, size.Width - remove}
	xs[3] = xs[5] - kit.Dp(8) - kit.Dp(deskMay)
	xs[4] = xs[3]
	xs[2] = xs[3] - gap - kit.Dp(deskSeen)
	widths := []float32{kit.Dp(deskTile), max(0, xs[2]-xs[1]-kit.Dp(8)), kit.Dp(deskSeen), kit.Dp(deskMay), kit.Dp(deskMay), remove}
	highs := make([]float32, len(parts))
	for i, part := range parts {
		highs[i] = frame.HeightAt(part, widths[i])
		high = max(high, highs[i])
	}
	for i, part := range parts {
		kit.Place(part, xs[i], max(0, (max(size.Height, high)-highs[i])/2), widths[i], highs[i])
	}
	return high
}

// daysSince is how many midnights lie between two times.
func daysSince(t, now time.Time) int { return core.DateOf(t).DaysUntil(core.DateOf(now)) }
