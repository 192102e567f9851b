package feeds

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/expected"
	"rentbell/ui/explain"
	"rentbell/ui/find"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// The words of the page's two selects.
const (
	allTime    = "All time"
	allMethods = "All methods"
)

// monthsShown is how many months the period select offers, besides all time.
const monthsShown = 13

var paymentColumns = frame.Columns{
	{Title: "Received", Width: 80, Falling: true},
	{Title: "Tenant or lease", Width: 160, Grow: 3},
	{Title: "Property", Width: 146, Grow: 2},
	{Title: "Method", Width: 108},
	{Title: "Amount", Width: 88, Grow: 0.5, Right: true, Falling: true},
}

// paymentsView is the Payments page. There may be a million of them, so find.Finder
// searches in the background: ask starts a search, and show shows its answer.
type paymentsView struct {
	listPage[core.Event]

	onQuery  func()
	onExport func()
	onTab    func() // another tab is in front
	// onSettings is the way forward while there is nothing to show.
	onSettings func()

	rows     find.Rows
	month    *kit.Select
	method   *kit.Select
	export   *kit.Button
	expected *expected.View // behind the second tab
}

// The tabs of the page.
const (
	receivedTab = iota
	expectedTab
)

func newPaymentsView(now func() time.Time, e *expected.View) *paymentsView {
	v := &paymentsView{expected: e}
	e.Body.Hide()
	var month, method fyne.CanvasObject
	asked := func(string) { v.ask() }
	v.month, month = kit.NewSelect(monthNames(now()), asked)
	v.method, method = kit.NewSelect([]string{words.Say(allMethods)}, asked)
	v.export = kit.NewButton(words.Say("Export"), assets.Export, func() { v.onExport() }).Primary()
	v.make(now, listKind[core.Event]{
		title: words.Say("Payments"), seek: words.Say("Search payments"), columns: paymentColumns,
		begin: frame.Order{Column: find.Received, Falling: true},
		row:   func() row[core.Event] { return newPaymentRow() },
		tools: tools{
			between: []frame.Tool{{Object: month, Narrow: 130, Wide: 140}, {Object: method, Narrow: 138, Wide: 148}},
			selects: []*kit.Select{v.method}, right: v.export,
		},
		tabs: kit.NewTabs([]string{words.Say("Received"), words.Say("Expected")}, func(tab int) {
			v.open(tab)
			v.onTab()
		}),
		behind: e.Body, closed: e.Closed,
		noneFound: words.Say("No payments found"), noneMatches: words.Say("None of your payments match what you are looking for."),
	}, v)
	e.Opens(v.pane)
	return v
}

// open shows a tab.
func (v *paymentsView) open(tab int) {
	v.tabs.Select(tab)
	v.pane.Hide()
	v.closed()
	v.list.Select(-1)
	frame.SetVisible(v.body, tab == receivedTab)
	frame.SetVisible(v.expected.Body, tab == expectedTab)
	v.page.Relayout()
}

// front is the tab in front.
func (v *paymentsView) front() int { return v.tabs.Selected() }

func (v *paymentsView) at(row int) (core.Event, bool) { return v.rows.At(row) }

func (v *paymentsView) ask() { v.onQuery() }

// monthNames are the period select's words: this month first, all time last.
func monthNames(now time.Time) []string {
	first := core.DateOf(now)
	first.Day = 1
	names := make([]string, 0, monthsShown+1)
	for i := range monthsShown {
		names = append(names, words.MonthLabel(first.AddMonths(-i)))
	}
	return append(names, words.Say(allTime))
}

// query is what the toolbar says.
func (v *paymentsView) query() find.Query {
	q := find.Query{Search: strings.TrimSpace(v.search.Text), Method: frame.Narrowed(v.method), Property: frame.Narrowed(v.properties), Order: find.Order(v.table.By)}
	q.Month, _ = words.MonthOf(v.month.Selected) // zero for all time
	return q
}

// show puts what was found on the screen; fresh are the payments among it that
// have just come, in that way.
func (v *paymentsView) show(a find.Answer, fresh []uint64, w way) {
	v.rows, v.list.Rows = a.Rows, a.Rows
	v.month.Options = monthNames(v.now())                         // a month may have begun
	frame.Offer(v.method, append(a.Methods, v.method.Options...)) // all time is searched for neither
	frame.Offer(v.properties, append(a.Properties, v.properties.Options...))
	v.showNote(a)
	v.setEnabled(a.Any)
	v.list.Arrived(fresh...)
	v.update(func() kit.Empty { return v.emptiness(a, w) })
	if !a.Searching {
		v.table.Settle(v.pane)
	}
}

// showNote sums up what was found.
func (v *paymentsView) showNote(a find.Answer) {
	if v.front() != receivedTab {
		return
	}
	n := a.Rows.Len()
	count, total := explain.Number(n), words.Dollars(a.Total)
	switch {
	case !a.Any:
		v.page.SetQuietNote(words.Say("No payments yet"))
	case a.Searching:
		v.page.SetQuietNote(words.SayN(n, "%s payment so far, %s", "%s payments so far, %s", count, total))
	default:
		v.page.SetNote(words.SayN(n, "%s payment, %s", "%s payments, %s", count, total))
	}
}

// emptiness says why nothing was found, and leads on: in the same month if the
// search can be cleared, else to all time.
func (v *paymentsView) emptiness(a find.Answer, w way) kit.Empty {
	month := words.MonthName(v.query().Month)
	allTimes := kit.NewButton(words.Say("Show all time"), nil, func() { v.month.SetSelected(words.Say(allTime)) })
	switch {
	case !a.Any:
		return w.bellWaiting(words.Say("When a tenant pays in AppFolio, the payment appears here and the bell rings. It takes a few seconds."),
			words.Say("Payments come from AppFolio's income register. Each report that is saved into the folder adds those that are new."), func() { v.onSettings() })
	case a.Elsewhere > 0:
		e := v.unmatched()
		e.Text = words.SayN(a.Elsewhere, "None of %s match, but %s payment of other months does.", "None of %s match, but %s payments of other months do.",
			month, explain.Number(a.Elsewhere))
		e.Actions = append([]fyne.CanvasObject{allTimes.Primary()}, e.Actions...)
		return e
	case v.filtered():
		return v.unmatched()
	}
	return kit.Empty{Title: v.noneFound, Text: words.Say("No payments were received in %s.", month), Actions: []fyne.CanvasObject{allTimes}}
}

func (v *paymentsView) setEnabled(any bool) {
	for _, control := range []fyne.Disableable{v.search, v.month, v.method, v.properties, v.export} {
		switch {
		case any == !control.Disabled():
		case any:
			control.Enable()
		default:
			control.Disable()
		}
	}
}

// paymentRow is one payment in the list.
type paymentRow struct {
	kit.Compound

	day, clock     *kit.Text
	name, lease    *kit.Text
	property, unit *kit.Text
	method         *kit.Chip
	amount         *kit.Text
}

func newPaymentRow() *paymentRow {
	r := &paymentRow{method: kit.NewChip(kit.Neutral, nil, "")}
	var when, who, where fyne.CanvasObject
	r.day, r.clock, when = kit.NewTwoLines(kit.Body)
	r.name, r.lease, who = kit.NewTwoLines(kit.Strong)
	r.property, r.unit, where = kit.NewTwoLines(kit.Body)
	r.amount = kit.NewText("", kit.Strong.Right()).Tight()
	r.Init(r, &fyne.Container{
		Layout:  paymentColumns,
		Objects: []fyne.CanvasObject{when, who, where, kit.HStack(0, r.method), r.amount},
	})
	return r
}

func (r *paymentRow) show(e core.Event, now time.Time) {
	p, _ := e.Detail.(core.Payment) // a row that cannot be read shows as one without details
	t := e.OccurredAt.In(now.Location())
	r.day.Set(words.Tongue.ShortDate(t, now))
	r.clock.Set(words.Tongue.Clock(t))
	showName(r.name, p)
	switch {
	case p.Tenant == "":
		r.lease.Set(words.Say(words.NoName))
	case words.MeaningfulID(p.Lease) == "":
		r.lease.Set(cmp.Or(p.Memo, p.Reference))
	default:
		r.lease.Set(words.Say("Lease %s", p.Lease))
	}
	showPlace(r.property, r.unit, p.Place)
	r.method.Set(kit.Neutral, nil, words.MethodName(p.Method))
	style := kit.Strong.Right()
	if !p.AmountKnown {
		style = kit.Unknown.In(kit.ColorWarn).Right()
	}
	r.amount.SetStyled(words.AmountOf(p), style)
	r.Relayout()
}

// showMonthOf sets tab and toolbar so that a payment of that time is listed.
func (v *paymentsView) showMonthOf(t time.Time) {
	v.open(receivedTab)
	name := words.MonthLabel(core.DateOf(t))
	if !slices.Contains(v.month.Options, name) {
		name = words.Say(allTime)
	}
	v.month.Selected = name
	v.month.Refresh()
	v.unfilter()
}
