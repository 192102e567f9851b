package frame

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// DayPicker asks for a day on the page of a calendar. Its weeks begin on Sunday,
// as property managers in the United States have them.
type DayPicker struct {
	First core.Date       // no earlier day can be chosen; zero: every day can
	Last  core.Date       // no later one; zero: every day can
	Begin core.Date       // has the focus at first; zero: First
	Note  string          // below the days; may be empty
	Pick  func(core.Date) // called once the calendar has closed
}

// cell is the side of a day on the page.
const cell = 32

// Open shows the calendar below at, which must be on screen.
func (p DayPicker) Open(at fyne.CanvasObject) {
	if p.Begin.IsZero() {
		p.Begin = p.First
	}
	c := &calendar{DayPicker: p, month: p.Begin.InMonth(), title: kit.NewText("", kit.Strong), grid: &fyne.Container{Layout: weeks{}}}
	back := kit.NewIconButton(words.Say("The month before"), assets.ChevronLeft, 16, func() { c.turn(-1) })
	on := kit.NewIconButton(words.Say("The month after"), assets.ChevronRight, 16, func() { c.turn(1) })
	page := kit.VStack(6, kit.Inset(0, 2, 0, 10, kit.Spread(4, c.title, back, on)), c.grid)
	if p.Note != "" {
		page.Add(kit.Inset(0, 10, 4, 10, kit.NewProse(p.Note, kit.Caption)))
	}
	c.fill()
	c.popup = kit.OpenPopup(at, kit.Sized(7*cell, 0, page))
	c.popup.OnKey = c.typed
	c.focus(p.Begin)
}

// calendar is an open DayPicker.
type calendar struct {
	DayPicker
	popup *kit.Popup
	month core.Month
	title *kit.Text
	grid  *fyne.Container
	days  []*kit.Press // by day of the month, from 0
}

// fill shows the month.
func (c *calendar) fill() {
	c.title.Set(words.MonthTitle(c.month.First()))
	c.grid.Objects, c.days = nil, nil
	for d := time.Sunday; d <= time.Saturday; d++ {
		c.grid.Add(kit.NewText(words.Say(d.String()[:3]), kit.Caption.Centered()).Tight())
	}
	for range int(c.month.First().In(time.UTC).Weekday()) {
		c.grid.Add(container.NewWithoutLayout())
	}
	for n := range c.month.Last().Day {
		c.days = append(c.days, c.newDay(c.month.Day(n+1)))
		c.grid.Add(c.days[n])
	}
}

func (c *calendar) newDay(d core.Date) *kit.Press {
	style := kit.Body.Centered()
	if !c.offers(d) {
		style = style.In(kit.ColorDisabled)
	}
	label := words.Tongue.LongDate(d.In(time.UTC), d.In(time.UTC))
	day := kit.NewPress(label, kit.NewText(strconv.Itoa(d.Day), style).Tight(), 6, func() {
		c.popup.Close()
		c.Pick(d)
	})
	if !c.offers(d) {
		day.Disable()
	}
	return day
}

// offers reports whether a day can be chosen.
func (c *calendar) offers(d core.Date) bool {
	return (c.First.IsZero() || !d.Before(c.First)) && (c.Last.IsZero() || !c.Last.Before(d))
}

// turn goes to another month.
func (c *calendar) turn(months int) {
	c.month = c.month.Add(months)
	c.fill()
	c.popup.Update()
}

// focus gives the focus to a day, and turns to its month.
func (c *calendar) focus(d core.Date) {
	if !c.offers(d) {
		return
	}
	if d.InMonth() != c.month {
		c.month = d.InMonth()
		c.fill()
		c.popup.Update()
	}
	fyne.CurrentApp().Driver().CanvasForObject(c.grid).Focus(c.days[d.Day-1])
}

// typed moves the focus from one day to another.
func (c *calendar) typed(key *fyne.KeyEvent) {
	at := c.Begin
	for n, day := range c.days {
		if fyne.CurrentApp().Driver().CanvasForObject(c.grid).Focused() == fyne.Focusable(day) {
			at = c.month.Day(n + 1)
		}
	}
	switch key.Name {
	case fyne.KeyLeft:
		c.focus(at.AddDays(-1))
	case fyne.KeyRight:
		c.focus(at.AddDays(1))
	case fyne.KeyUp:
		c.focus(at.AddDays(-7))
	case fyne.KeyDown:
		c.focus(at.AddDays(7))
	case fyne.KeyPageUp:
		c.focus(c.month.Add(-1).Day(at.Day))
	case fyne.KeyPageDown:
		c.focus(c.month.Add(1).Day(at.Day))
	}
}

// weeks is a layout in seven columns, the names of the days first.
type weeks struct{}

// sixWeeks is as many rows as a month can have.
const sixWeeks = 6

func (weeks) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(7*kit.Dp(cell), kit.Dp(20)+sixWeeks*kit.Dp(cell))
}

func (weeks) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide := Floor(size.Width / 7)
	for i, o := range objects {
		x, y, high := float32(i%7)*wide, float32(0), kit.Dp(20)
		if i >= 7 {
			y, high = kit.Dp(20)+float32(i/7-1)*kit.Dp(cell), kit.Dp(cell)
		}
		kit.Place(o, x, y, wide, high)
	}
}
