package overview

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/overview"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// chart draws the payments of the last days, a bar a day, in one colour for
// this month and one for the month before. It says its highest bar in words,
// so that nobody has to point at anything.
type chart struct {
	object *fyne.Container

	legend *fyne.Container
	rents  *rents
	plot   *fyne.Container
	now    func() time.Time
	days   []overview.DayTotal // as drawn
}

func newChart(now func() time.Time, onRents func()) *chart {
	c := &chart{now: now, legend: kit.HStack(14), rents: newRents(onRents), plot: &fyne.Container{}}
	title := kit.Spread(8, kit.NewText(words.Say("Rent received, last %s days", explain.Number(overview.OverviewDays)), kit.Title).Tight(), c.legend)
	c.object = kit.NewBareCard(kit.Inset(11, kit.CardPad, 0, kit.CardPad, kit.Above(0, title, kit.Above(0, c.rents.object, c.plot))))
	return c
}

// gridLines is how many lines there are above zero.
const gridLines = 3

// show draws new figures.
func (c *chart) show(days []overview.DayTotal) {
	if slices.Equal(days, c.days) {
		return // the same days are the same bars, labels and month
	}
	c.days = days
	now := c.now()
	c.legend.Objects = c.legend.Objects[:0]
	if before := core.DateOf(now).AddMonths(-1); len(days) > 0 && days[0].Day.Month != now.Month() {
		c.legend.Objects = append(c.legend.Objects, newKey(kit.ColorBarMuted, words.Capital(words.MonthWord(before))))
	}
	c.legend.Objects = append(c.legend.Objects, newKey(kit.ColorBar, words.Capital(words.MonthWord(core.DateOf(now)))))
	c.legend.Refresh()

	l := &plotLayout{days: days, step: gridStep(days)}
	c.plot.Objects = nil
	for i := range gridLines + 1 {
		l.lines = append(l.lines, kit.NewBox(kit.ColorBorder, "", 0))
		l.scale = append(l.scale, kit.NewText(shortDollars(l.step*core.Cents(i)), kit.Caption.Right()))
	}
	for i, d := range days {
		color := kit.ColorBarMuted
		if d.Day.Month == now.Month() && d.Day.Year == now.Year() {
			color = kit.ColorBar
		}
		bar := kit.NewTopBox(color, 2)
		bar.Hidden = d.Amount <= 0
		l.bars = append(l.bars, bar)
		if i%7 == 0 {
			l.dates = append(l.dates, kit.NewText(words.Tongue.ShortDate(words.DayOf(d.Day, now), now), kit.Caption.Centered()))
		}
	}
	l.label(now)
	c.plot.Layout, c.plot.Objects = l, l.objects()
	c.plot.Refresh()
}

func newKey(color fyne.ThemeColorName, name string) fyne.CanvasObject {
	return kit.HStack(6, kit.Sized(10, 10, kit.NewBox(color, "", 2)), kit.NewText(name, kit.Caption))
}

// gridStep is the distance of two grid lines: a round figure of which
// gridLines, and a little more, hold the highest day.
func gridStep(days []overview.DayTotal) core.Cents {
	var highest core.Cents
	for _, d := range days {
		highest = max(highest, d.Amount)
	}
	const most = core.Cents(1e17) // a quadrillion dollars; beyond, the chart is cut off
	for unit := core.Cents(100_00); unit < most; unit *= 10 {
		for _, step := range []core.Cents{unit, unit * 2, unit * 5} {
			if highest <= step*33/10 {
				return step
			}
		}
	}
	return most
}

// shortDollars is an amount on the scale: "$500", "$1.5k", "$15k", "$2M".
func shortDollars(c core.Cents) string {
	units := []struct {
		cents core.Cents
		sign  string
	}{{1_000_000_00, "M"}, {1_000_00, "k"}}
	for _, u := range units {
		if c >= u.cents {
			text := explain.Number(int(c / u.cents))
			if tenth := c % u.cents / (u.cents / 10); tenth > 0 {
				text += "." + strconv.Itoa(int(tenth))
			}
			return "$" + text + u.sign
		}
	}
	return "$" + strconv.Itoa(int(c/100))
}

// plotLayout places lines, bars and words by the figures.
type plotLayout struct {
	days  []overview.DayTotal
	step  core.Cents
	lines []fyne.CanvasObject // from zero up
	scale []fyne.CanvasObject
	bars  []fyne.CanvasObject // one a day
	dates []fyne.CanvasObject // every seventh day
	words *fyne.Container     // about the highest day, or that there is none
	top   int                 // the highest day
}

// label puts the highest day into words.
func (l *plotLayout) label(now time.Time) {
	for i, d := range l.days {
		if d.Amount > l.days[l.top].Amount {
			l.top = i
		}
	}
	if len(l.days) == 0 || l.days[l.top].Amount <= 0 {
		l.words = kit.HStack(0, kit.NewText(words.Say("No payments in these days"), kit.Caption))
		return
	}
	d := l.days[l.top]
	rest := words.SayN(d.Count, "on %s, %s payment", "on %s, %s payments", words.Tongue.LongDate(words.DayOf(d.Day, now), now), explain.Number(d.Count))
	bold := kit.Style{Size: kit.Caption.Size, Bold: true}
	l.words = kit.HStack(4, kit.NewText(words.Dollars(d.Amount), bold), kit.NewText(rest, kit.Caption))
}

func (l *plotLayout) objects() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, some := range [][]fyne.CanvasObject{l.lines, l.scale, l.bars, l.dates} {
		all = append(all, some...)
	}
	return append(all, l.words)
}

func (l *plotLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, kit.Dp(180)) }

// Room around the plot, at 100 %.
const (
	scaleWidth = 34 // of the amounts at the left, at least
	scaleGap   = 10
	aboveTop   = 30 // over the highest line, for the words
	belowZero  = 40 // for the dates
	barShare   = 0.66
)

func (l *plotLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	dp := kit.Dp
	scale := dp(scaleWidth)
	for _, amount := range l.scale {
		scale = max(scale, amount.MinSize().Width)
	}
	left := scale + dp(scaleGap)
	zero := size.Height - dp(belowZero)
	perStep := (zero - dp(aboveTop)) / (gridLines + 0.3)
	for i := range l.lines {
		y := zero - float32(i)*perStep
		kit.Place(l.lines[i], left, y, size.Width-left, 1)
		m := l.scale[i].MinSize()
		kit.Place(l.scale[i], 0, y-m.Height/2, scale, m.Height)
	}
	if len(l.days) == 0 {
		return
	}
	pitch := (size.Width - left) / float32(len(l.days))
	for i, d := range l.days {
		high := max(3, float32(float64(d.Amount)/float64(l.step))*perStep) // pixels, not money
		kit.Place(l.bars[i], left+(float32(i)+(1-barShare)/2)*pitch, zero-high, pitch*barShare, high)
	}
	for i, date := range l.dates {
		m := date.MinSize()
		x := left + (float32(i*7)+0.5)*pitch - m.Width/2
		date.Move(fyne.NewPos(min(x, size.Width-m.Width), zero+dp(6)))
		date.Resize(m)
	}
	l.placeWords(size, pitch, left)
}

// placeWords writes beside the highest bar, on the side that has room.
func (l *plotLayout) placeWords(size fyne.Size, pitch, left float32) {
	m, bar := l.words.MinSize(), l.bars[l.top]
	if !bar.Visible() {
		l.words.Move(fyne.NewPos(left+(size.Width-left-m.Width)/2, (size.Height-m.Height)/2))
		l.words.Resize(m)
		return
	}
	x := bar.Position().X + bar.Size().Width + kit.Dp(8)
	if x+m.Width > size.Width {
		x = max(left, bar.Position().X-kit.Dp(8)-m.Width)
	}
	l.words.Move(fyne.NewPos(x, bar.Position().Y-m.Height/2-kit.Dp(6)))
	l.words.Resize(m)
}
