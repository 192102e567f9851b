// Package overview is the first page: how the month goes, what needs a look, and what
// came last. Read asks the store for it, beside the main goroutine; all else belongs to
// Fyne's. It knows no other page: what is pressed it hands on by Actions.
package overview

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/overview"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// Actions are what the page asks for.
type Actions struct {
	Payments, WorkOrders, Leases, Activity func() // open these pages

	Rents  func()             // opens the rents of this month
	Event  func(core.Event)   // a row of Latest was pressed
	Review func(news.Concern) // an item of Needs attention was pressed
	Export func()
}

// View is the page.
type View struct {
	Page *frame.Page

	now       func() time.Time
	title     *kit.Text
	subtitle  *kit.Prose
	stats     [4]*kit.Stat
	chart     *chart
	attention *attention
	latest    *latestList
	layout    *layout
	scroll    *kit.Scroll
}

// New makes the page, still empty.
func New(now func() time.Time, do Actions) *View {
	v := &View{
		now:       now,
		title:     kit.NewText("", kit.Heading).Tight(),
		subtitle:  kit.NewProse("", kit.Muted),
		chart:     newChart(now, do.Rents),
		attention: newAttention(do.Review),
		layout:    &layout{},
	}
	export := kit.NewButton(words.Say("Export payments"), assets.Export, do.Export)
	header := container.NewStack(kit.Sized(0, 54, container.NewStack()), kit.Inset(0, 0, 4, 0, kit.Spread(12, kit.VStack(0, v.title, v.subtitle), export)))

	opens := []func(){do.Payments, do.WorkOrders, do.Leases, do.Leases}
	icons := []fyne.Resource{assets.NavPayments, assets.NavWorkOrders, assets.NavLeases, assets.Calendar}
	row := &fyne.Container{Layout: &statRow{of: v}}
	for i := range v.stats {
		v.stats[i] = kit.NewStat(icons[i], opens[i])
		row.Objects = append(row.Objects, v.stats[i])
	}
	v.latest = newLatestList(now, func(e core.Event) {
		v.ShowMissed(0) // seen one, seen all
		do.Event(e)
	}, do.Activity)
	body := &fyne.Container{Layout: v.layout, Objects: []fyne.CanvasObject{row, v.chart.object, v.attention.object, v.latest.object}}
	v.scroll = kit.NewScroll(body, kit.PagePad)
	v.Page = frame.NewBarePage(header, v.scroll.Object, nil)
	return v
}

// SetSingle stacks everything in one column that scrolls.
func (v *View) SetSingle(single bool) {
	v.Page.SetSingle(single)
	if v.layout.single == single {
		return
	}
	v.layout.single = single
	for _, s := range v.stats {
		s.ShowIcon(!single)
	}
}

// Show puts what was read on the screen; fresh are the events among it that have just
// come.
func (v *View) Show(c Content, fresh []uint64) {
	now := v.now()
	v.title.Set(words.Greeting(now))
	v.subtitle.Set(words.Say("%s. %s", words.Tongue.Date(now, "Monday, January 2"), todayWords(c.figures.Today)))
	for i, value := range statValues(c.figures, now) {
		v.stats[i].Set(value)
	}
	v.chart.show(c.figures.Days)
	v.chart.rents.show(c.rents)
	v.attention.show(c)
	v.latest.show(c.latest, fresh)
	kit.Relayout(v.Page.Object) // the line below the greeting may wrap
	v.scroll.Update()
}

// ShowMissed says how many events came while the user was away; 0: nothing.
func (v *View) ShowMissed(n int) { v.latest.missed(n) }

func todayWords(payments int) string {
	switch payments {
	case 0:
		return words.Say("No payments have arrived yet today.")
	case 1:
		return words.Say("One payment has arrived today.")
	}
	return words.Say("%s payments have arrived today.", words.Spelled(payments))
}

// statValues are the four figures in words.
func statValues(o overview.Figures, now time.Time) [4]kit.StatValue {
	month, before := words.ShortMonth(now.Month()), words.MonthWord(core.DateOf(now).AddMonths(-1))
	return [4]kit.StatValue{
		rentValue(o, month, before),
		orderValue(o),
		{Label: words.Say("Leases signed in %s", month), Figure: explain.Number(len(o.Signed)), Caption: moveInWords(o.NextMoveIn, now)},
		{Label: words.Say("Ending in %s days", explain.Number(core.EndingDays)), Figure: explain.Number(len(o.Ending)), Caption: endingWords(o.Ending, now)},
	}
}

func rentValue(o overview.Figures, month, before string) kit.StatValue {
	v := kit.StatValue{Label: words.Say("Rent received in %s", month), Figure: words.Dollars(o.Month.Amount)}
	switch diff := o.Month.Amount.Plus(-o.MonthBefore.Amount); {
	case o.MonthBefore.Count == 0:
		v.Caption = words.Say("No payments in %s by now", before)
	case diff > 0:
		v.Caption, v.Tone = words.Say("%s ahead of %s", words.Dollars(diff), before), kit.Ahead
	case diff < 0:
		v.Caption = words.Say("%s behind %s", words.Dollars(-diff), before)
	default:
		v.Caption = words.Say("As much as in %s by now", before)
	}
	return v
}

func orderValue(o overview.Figures) kit.StatValue {
	v := kit.StatValue{Label: words.Say("Open work orders"), Figure: explain.Number(o.OpenOrders), Caption: words.Say("None is older than a week")}
	switch {
	case o.OpenOrders == 0:
		v.Caption = words.Say("Nothing is left to do")
	case o.OldOrders > 0:
		v.Caption = words.SayN(o.OldOrders, "%s is older than a week", "%s are older than a week", explain.Number(o.OldOrders))
		v.Tone = kit.Late
	}
	return v
}

func moveInWords(next core.Date, now time.Time) string {
	if next.IsZero() {
		return words.Say("No move-in ahead")
	}
	return words.Say("Next move-in: %s", words.Tongue.LongDate(words.DayOf(next, now), now))
}

func endingWords(ending []core.LeaseState, now time.Time) string {
	if len(ending) == 0 {
		return words.Say("None by %s", words.Tongue.LongDate(words.DayOf(core.DateOf(now).AddDays(core.EndingDays), now), now))
	}
	return words.Joined(words.Say("First: %s", words.Tongue.LongDate(words.DayOf(ending[0].Ends(), now), now)), words.PlaceOf(ending[0].Place))
}
