package feeds

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/overview"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// overviewPage is what the first page shows.
type overviewPage struct {
	figures   overview.Figures
	latest    []core.Event // newest first
	concerns  []news.Concern
	attention int    // how many there are, shown or not
	trouble   string // why nothing arrives or is kept; empty: all is well
	fresh     []uint64
}

// overviewView is the Overview page: how the month goes, and what is new.
type overviewView struct {
	sheet

	onOpen   func(Section)           // a figure was pressed
	onEvent  func(core.Event)        // a row of Latest was pressed
	onReview func(item news.Concern) // an item of Needs attention was pressed
	onExport func()

	now      func() time.Time
	title    *kit.Text
	subtitle *kit.Text
	stats    [4]*kit.Stat
	chart    *chart
	items    *fyne.Container // of Needs attention
	itemsNum *kit.Text
	latest   *latestList
	layout   *overviewLayout
	scroll   *kit.Scroll
	body     *fyne.Container
}

func newOverviewView(now func() time.Time) *overviewView {
	v := &overviewView{
		now:      now,
		title:    kit.NewText("", kit.Heading).Tight(),
		subtitle: kit.NewText("", kit.Muted).Tight(),
		chart:    newChart(now),
		items:    kit.VStack(0),
		itemsNum: kit.NewText("", kit.Caption),
	}
	export := kit.NewButton(words.Say("Export payments"), assets.Export, func() { v.onExport() })
	header := kit.Sized(0, 54, kit.Inset(0, 0, 4, 0, kit.Spread(12, kit.VStack(0, v.title, v.subtitle), export)))

	opens := []Section{Payments, WorkOrders, Leases, Leases}
	icons := []fyne.Resource{assets.NavPayments, assets.NavWorkOrders, assets.NavLeases, assets.Calendar}
	row := &fyne.Container{Layout: &statRow{of: v}}
	for i := range v.stats {
		v.stats[i] = kit.NewStat(icons[i], func() { v.onOpen(opens[i]) })
		row.Objects = append(row.Objects, v.stats[i])
	}
	attention := kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Needs attention"), v.itemsNum), v.items))
	v.latest = newLatestList(now, func(e core.Event) { v.onEvent(e) }, func() { v.onOpen(Activity) })

	v.layout = &overviewLayout{latest: v.latest}
	v.body = &fyne.Container{Layout: v.layout, Objects: []fyne.CanvasObject{row, v.chart.object, attention, v.latest.object}}
	v.scroll = kit.NewScroll(v.body, kit.PagePad)
	v.page = frame.NewBarePage(header, v.scroll.Object, nil)
	return v
}

// setSingle stacks everything in one column that scrolls.
func (v *overviewView) setSingle(single bool) {
	v.page.SetSingle(single)
	if v.layout.single == single {
		return
	}
	v.layout.single = single
	for _, s := range v.stats {
		s.ShowIcon(!single)
	}
}

// show puts new figures on the screen.
func (v *overviewView) show(p overviewPage) {
	now := v.now()
	v.title.Set(words.Greeting(now))
	v.subtitle.Set(words.Say("%s. %s", words.Tongue.Date(now, "Monday, January 2"), todayWords(p.figures.Today)))
	for i, value := range statValues(p.figures, now) {
		v.stats[i].Set(value)
	}
	v.chart.show(p.figures.Days)
	v.showItems(p)
	v.latest.show(p.latest, p.fresh)
	v.scroll.Update()
}

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

// mostItems is how many items Needs attention shows here.
const mostItems = 3

func (v *overviewView) showItems(p overviewPage) {
	v.items.Objects = nil
	v.itemsNum.Set(words.SayN(p.attention, "%s item", "%s items", explain.Number(p.attention)))
	for i, item := range p.concerns[:min(len(p.concerns), mostItems)] {
		if i > 0 {
			v.items.Add(kit.NewRule())
		}
		text := kit.VStack(0, kit.NewText(item.Title, kit.Strong).Tight(), kit.NewText(item.Text, kit.Caption).Tight())
		row := kit.Spread(12, kit.Lead(12, kit.NewTile(item.Family, item.Icon), text), kit.NewLink(words.Say("Review"), func() { v.onReview(item) }))
		v.items.Add(kit.Sized(0, 53, kit.Inset(0, kit.CardPad-2, 0, kit.CardPad, row)))
	}
	if len(p.concerns) == 0 {
		v.itemsNum.Set("")
		icon, text := kit.NewIcon(assets.Verified, kit.ColorOk, 20), words.Say("All is well.")
		if p.trouble != "" {
			icon, text = kit.NewIcon(assets.Alert, kit.ColorWarn, 20), p.trouble
		}
		v.items.Add(kit.Sized(0, 53, kit.Inset(0, kit.CardPad, 0, kit.CardPad, kit.Lead(8, icon, kit.NewText(text, kit.Muted).Tight()))))
	}
	v.items.Refresh()
}

// overviewLayout places the four parts: figures, chart, Needs attention, Latest.
type overviewLayout struct {
	single bool
	latest *latestList
}

// Lengths of the overview, at 100 %.
const (
	latestWidth = 332
	chartHigh   = 296 // in one column
	chartLeast  = 240
	latestHigh  = 8 * latestRow
)

func (l *overviewLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	dp := kit.Dp
	stats, attention := objects[0].MinSize().Height, objects[2].MinSize().Height
	if l.single {
		return fyne.NewSize(0, stats+dp(chartHigh)+attention+dp(latestHigh+cardHead)+3*dp(kit.CardGap)+dp(kit.PagePad))
	}
	return fyne.NewSize(0, stats+dp(chartLeast)+attention+2*dp(kit.CardGap)+dp(kit.PagePad))
}

func (l *overviewLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	stats, plot, attention, latest := objects[0], objects[1], objects[2], objects[3]
	gap := kit.Dp(kit.CardGap)
	y := float32(0)
	place := func(o fyne.CanvasObject, width, high float32) {
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(width, high))
		y += high + gap
	}
	place(stats, size.Width, frame.HeightAt(stats, size.Width))
	if l.single {
		place(plot, size.Width, kit.Dp(chartHigh))
		place(attention, size.Width, attention.MinSize().Height)
		place(latest, size.Width, kit.Dp(latestHigh+cardHead))
		return
	}
	bottom := size.Height - kit.Dp(kit.PagePad)
	right := kit.Dp(latestWidth)
	left := size.Width - right - gap
	latest.Move(fyne.NewPos(left+gap, y))
	latest.Resize(fyne.NewSize(right, bottom-y))
	items := attention.MinSize().Height
	place(plot, left, bottom-y-gap-items)
	place(attention, left, items)
}

// statRow puts the figures beside each other. In one column, which scrolls, they
// stand two by two where their words do not fit otherwise.
type statRow struct {
	of    *overviewView
	width float32 // of the last layout
}

func (r *statRow) columns(objects []fyne.CanvasObject) int {
	n := len(objects)
	if !r.of.layout.single || r.width == 0 {
		return n
	}
	for _, s := range r.of.stats {
		if s.Wide() > r.cell(n) {
			return n / 2
		}
	}
	return n
}

// cell is a figure's width in so many columns.
func (r *statRow) cell(columns int) float32 {
	return (r.width - kit.Dp(kit.CardGap)*float32(columns-1)) / float32(columns)
}

func (r *statRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rows := float32(len(objects) / r.columns(objects))
	return fyne.NewSize(0, rows*objects[0].MinSize().Height+(rows-1)*kit.Dp(kit.CardGap))
}

func (r *statRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.width = size.Width
	columns := r.columns(objects)
	width, gap := r.cell(columns), kit.Dp(kit.CardGap)
	high := objects[0].MinSize().Height
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i%columns)*(width+gap), float32(i/columns)*(high+gap)))
		o.Resize(fyne.NewSize(width, high))
	}
}
