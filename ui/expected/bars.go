package expected

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// monthsDrawn is how many months the bars of a lease show.
const monthsDrawn = 6

// newBars draws what a lease paid in some months, oldest first, with a line at the rent
// of the last. A month is labelled only if it differs from that rent.
func newBars(months []core.LeaseMonth) *fyne.Container {
	if len(months) == 0 {
		return kit.HStack(0)
	}
	rent := months[len(months)-1].Expected
	l := &barLayout{months: months, rent: rent, most: max(rent.Amount, 1), floor: kit.NewBox(kit.ColorBorder, "", 0), line: kit.NewBox(kit.ColorBorder, "", 0)}
	l.line.Hidden = !rent.Known()
	said := ""
	if rent.Known() {
		said = words.Say("Rent %s", words.Dollars(rent.Amount))
	}
	l.said = kit.NewText(said, kit.Caption)
	objects := []fyne.CanvasObject{l.floor, l.line, l.said}
	for i, m := range months {
		l.most = max(l.most, m.Received)
		bar, label, name := newBar(m, rent, i == len(months)-1)
		l.bars, l.labels, l.names = append(l.bars, bar), append(l.labels, label), append(l.names, name)
		objects = append(objects, bar, label, name)
	}
	return &fyne.Container{Layout: l, Objects: objects}
}

// newBar returns a month's bar, the label that says its sum, and the month's name.
func newBar(m core.LeaseMonth, rent core.ExpectedRent, last bool) (bar *kit.Box, label, name *kit.Text) {
	small := kit.Style{Size: kit.Caption.Size}
	fill, of := kit.ColorBarMuted, small.In(kit.ColorText2)
	if last {
		fill, of = kit.ColorBar, kit.Style{Size: small.Size, Bold: true}
	}
	text, style := "", small.In(kit.ColorText2)
	switch {
	case m.Received <= 0:
		text = words.Say("None")
		if m.State == core.RentLate || m.State == core.RentReturned {
			style = kit.Style{Size: small.Size, Bold: true, Color: kit.ColorWarn}
		}
	case !rent.Known() || m.Received != rent.Amount:
		text = words.Dollars(m.Received)
	}
	bar = kit.NewTopBox(fill, 3)
	bar.Hidden = m.Received <= 0
	month := m.Month.First().In(time.UTC)
	return bar, kit.NewText(text, style), kit.NewText(words.Capital(words.Tongue.Date(month, "Jan")), of)
}

// barLayout places bars, labels and the line of the rent.
type barLayout struct {
	months      []core.LeaseMonth
	rent        core.ExpectedRent
	most        core.Cents // of the highest bar, or the rent
	floor, line *kit.Box
	said        *kit.Text // the rent in words
	bars        []*kit.Box
	labels      []*kit.Text
	names       []*kit.Text
}

// Heights and widths, at 100 %.
const (
	barWide  = 28
	plotHigh = 64
	saidHigh = 20 // above the plot, for the rent in words
	nameHigh = 22
	lineHigh = 15 // of a label
)

func (l *barLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, kit.Dp(l.above()+plotHigh+nameHigh))
}

// above is the room above the plot: a line more if a label stands on a bar that reaches
// its top, and two if its neighbour has one, too.
func (l *barLayout) above() float32 {
	lines, before := 0, false
	for i, m := range l.months {
		reaches := l.labels[i].Text() != "" && l.part(m.Received)*plotHigh > plotHigh-lineHigh
		switch {
		case reaches && before:
			lines = 2
		case reaches:
			lines = max(lines, 1)
		}
		before = reaches
	}
	return saidHigh + float32(lines)*lineHigh
}

// part is how high an amount stands in the plot, from 0 to 1.
func (l *barLayout) part(c core.Cents) float32 {
	return float32(float64(c) / float64(l.most)) // pixels, not money
}

func (l *barLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	dp := kit.Dp
	floor := dp(l.above() + plotHigh)
	high := func(c core.Cents) float32 { return frame.Floor(l.part(c) * dp(plotHigh)) }
	kit.Place(l.floor, 0, floor, size.Width, 1)
	kit.Place(l.line, 0, floor-high(l.rent.Amount), size.Width, 1)
	said := l.said.MinSize()
	kit.Place(l.said, frame.Floor(size.Width-said.Width), 0, said.Width, said.Height)
	pitch := size.Width / float32(len(l.months))
	var before fyne.Position // the end of the label before
	for i, m := range l.months {
		middle := (float32(i) + 0.5) * pitch
		top := floor - high(max(0, m.Received))
		kit.Place(l.bars[i], frame.Floor(middle-dp(barWide)/2), top, dp(barWide), max(2, floor-top))
		name, label := l.names[i].MinSize(), l.labels[i].MinSize()
		kit.Place(l.names[i], frame.Floor(middle-name.Width/2), floor+dp(3), name.Width, name.Height)
		x := middle - label.Width/2 // at the ends a little beyond the plot
		y := top - dp(lineHigh) - 1
		if line := l.line.Position().Y; l.line.Visible() && y < line && line < y+dp(lineHigh) { // the line would strike it through
			y = line - dp(lineHigh) - 1
		}
		if l.labels[i].Text() != "" {
			if x < before.X+dp(4) && y > before.Y-dp(lineHigh) && y < before.Y+dp(lineHigh) { // it would lie on the label before
				y = before.Y - dp(lineHigh)
			}
			before = fyne.NewPos(x+label.Width, y)
		}
		kit.Place(l.labels[i], frame.Floor(x), y, label.Width, label.Height)
	}
}
