package feeds

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
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

// paymentsView is the Payments page.
type paymentsView struct {
	sheet
	pane *frame.Pane

	onQuery  func()
	onOpen   func(core.Event)
	onExport func()
	// onSettings is the way forward while there is nothing to show.
	onSettings func()

	now    func() time.Time
	rows   find.Rows
	table  *frame.Table
	month  *kit.Select
	method *kit.Select
	export *kit.Button

	property *kit.Select
}

func newPaymentsView(now func() time.Time) *paymentsView {
	v := &paymentsView{now: now}
	v.list = kit.NewList(kit.RowHigh, 0)
	v.list.Create = func(kit.Kind) fyne.CanvasObject { return newPaymentRow() }
	v.list.Update = v.updateRow
	v.table = frame.NewTable(paymentColumns, v.list)
	v.table.Sorts(paymentColumns, frame.Order{Column: find.Received, Falling: true}, func() { v.onQuery() })
	v.pane = frame.NewPane(func() { v.list.Select(-1) })
	v.table.Opens(v.pane, func(row int) {
		if e, ok := v.rows.At(row); ok {
			v.onOpen(e)
		}
	})
	v.page = frame.NewPage(words.Say("Payments"), v.newTools(), v.table.Object, v.pane)
	return v
}

func (v *paymentsView) newTools() *fyne.Container {
	changed := func(string) { v.onQuery() }
	var search, month, method, property fyne.CanvasObject
	v.search, search = kit.NewSearch(words.Say("Search payments"), changed)
	v.month, month = kit.NewSelect(monthNames(v.now()), changed)
	v.method, method = kit.NewSelect([]string{words.Say(allMethods)}, changed)
	v.property, property = kit.NewSelect([]string{words.Say(frame.AllProperties)}, changed)
	v.export = kit.NewButton(words.Say("Export"), assets.Export, func() { v.onExport() }).Primary()
	return frame.NewToolbar(v.export,
		frame.Tool{Object: search, Narrow: 216, Wide: 236}, frame.Tool{Object: month, Narrow: 130, Wide: 140}, frame.Tool{Object: method, Narrow: 138, Wide: 148},
		frame.Tool{Object: property, Narrow: 150, Wide: 170, Spare: func() bool { return v.property.Selected == words.Say(frame.AllProperties) }})
}

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
	q := find.Query{Search: strings.TrimSpace(v.search.Text), Order: find.Order(v.table.By)}
	q.Month, _ = words.MonthOf(v.month.Selected) // zero for all time
	if v.method.Selected != words.Say(allMethods) {
		q.Method = v.method.Selected
	}
	if v.property.Selected != words.Say(frame.AllProperties) {
		q.Property = v.property.Selected
	}
	return q
}

// show puts what was found on the screen; fresh are the payments among it that
// have just come. setUp is false while none can arrive.
func (v *paymentsView) show(p find.Answer, fresh []uint64, setUp bool) {
	v.rows, v.list.Rows = p.Rows, p.Rows
	v.month.Options = monthNames(v.now()) // a month may have begun
	v.method.Options = methodOptions(v.method.Options, p.Methods)
	v.property.Options = frame.PropertyOptions(append(p.Properties, v.property.Options...), v.property.Selected)
	n := p.Rows.Len()
	if p.Searching {
		v.page.SetQuietNote(words.SayN(n, "%s payment so far, %s", "%s payments so far, %s", explain.Number(n), words.Dollars(p.Total)))
	} else {
		v.page.SetNote(words.SayN(n, "%s payment, %s", "%s payments, %s", explain.Number(n), words.Dollars(p.Total)))
	}
	v.setEnabled(p.Any)
	v.list.Arrived(fresh...)
	switch {
	case !p.Any:
		v.page.SetQuietNote(words.Say("No payments yet"))
		v.table.ShowEmpty(bellWaiting(
			words.Say("When a tenant pays in AppFolio, the payment appears here and the bell rings. It takes a few seconds."),
			setUp, func() { v.onSettings() }))
	case n == 0:
		v.table.ShowEmpty(v.emptiness(p.Elsewhere))
	default:
		v.table.Update()
	}
	if !p.Searching {
		v.table.Settle(v.pane)
	}
}

// emptiness says why nothing was found, and leads on: in the same month if the
// search can be cleared, else to all time. elsewhere is how many payments of other
// months there are.
func (v *paymentsView) emptiness(elsewhere int) kit.Empty {
	e := kit.Empty{Title: words.Say("No payments found"), Text: words.Say("None of your payments match what you are looking for.")}
	q := v.query()
	if elsewhere > 0 {
		e.Text = words.SayN(elsewhere, "None of %s match, but %s payment of other months does.", "None of %s match, but %s payments of other months do.",
			words.MonthName(q.Month), explain.Number(elsewhere))
		e.Actions = []fyne.CanvasObject{
			kit.NewButton(words.Say("Show all time"), nil, func() { v.month.SetSelected(words.Say(allTime)) }).Primary(),
			kit.NewButton(words.Say("Clear search"), nil, v.clear),
		}
		return e
	}
	if q.Search != "" || q.Method != "" || q.Property != "" {
		e.Actions = []fyne.CanvasObject{kit.NewButton(words.Say("Clear search"), nil, v.clear)}
		return e
	}
	e.Text = words.Say("No payments were received in %s.", words.MonthName(q.Month))
	e.Actions = []fyne.CanvasObject{kit.NewButton(words.Say("Show all time"), nil, func() { v.month.SetSelected(words.Say(allTime)) })}
	return e
}

// clear takes all filters away but for the month.
func (v *paymentsView) clear() {
	v.empty(v.month.Selected)
	v.onQuery()
}

func (v *paymentsView) setEnabled(any bool) {
	for _, control := range []fyne.Disableable{v.search, v.month, v.method, v.property, v.export} {
		switch {
		case any == !control.Disabled():
		case any:
			control.Enable()
		default:
			control.Disable()
		}
	}
}

// bellWaiting is what a page shows before the first delivery; setUp is false while
// none can arrive.
func bellWaiting(text string, setUp bool, settings func()) kit.Empty {
	e := kit.Empty{Title: words.Say("The bell is waiting"), Text: text}
	if !setUp {
		e.Actions = []fyne.CanvasObject{kit.NewButton(words.Say("Open settings"), assets.NavSettings, settings).Primary()}
		e.Note = words.Say("Rentbell needs a key and an address before AppFolio can deliver.")
	}
	return e
}

// methodOptions adds methods to those the select offers already: all time is
// not searched for them.
func methodOptions(options, methods []string) []string {
	all := append(slices.Clone(options[1:]), methods...)
	slices.Sort(all)
	return append([]string{words.Say(allMethods)}, slices.Compact(all)...)
}

func (v *paymentsView) updateRow(row int, o fyne.CanvasObject) {
	e, _ := v.rows.At(row)
	o.(*paymentRow).show(e, v.now()) // Create makes nothing else
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
	r.day, r.clock, when = twoLines(kit.Body)
	r.name, r.lease, who = twoLines(kit.Strong)
	r.property, r.unit, where = twoLines(kit.Body)
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
		setBelow(r.lease, words.Say(words.NoName))
	case words.Telling(p.Lease) == "":
		setBelow(r.lease, cmp.Or(p.Memo, p.Reference))
	default:
		setBelow(r.lease, words.Say("Lease %s", p.Lease))
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

// twoLines is a cell: a line, and a caption below it.
func twoLines(style kit.Style) (first, second *kit.Text, cell *fyne.Container) {
	first, second = kit.NewText("", style).Tight(), kit.NewText("", kit.Caption).Tight()
	return first, second, kit.VStack(-1, first, second)
}

// setBelow sets a cell's caption; without one the line above stands in the middle.
func setBelow(caption *kit.Text, text string) {
	caption.Set(text)
	caption.Hidden = text == ""
}

// showName writes who or what a detail is about; a number in a name's place is
// in italics.
func showName(t *kit.Text, d core.Detail) {
	name, known := words.NameOf(d)
	if known {
		t.SetStyled(name, kit.Strong)
	} else {
		t.SetStyled(name, kit.Unknown)
	}
}

// showPlace writes property and unit below each other.
func showPlace(property, unit *kit.Text, p core.Place) {
	if p.Property == "" {
		property.SetStyled(words.Say(words.NoProperty), kit.Unknown)
	} else {
		property.SetStyled(p.Property, kit.Body)
	}
	unit.Set(words.UnitName(p.Unit))
}

// showMonthOf sets the toolbar so that a payment of that time is listed.
func (v *paymentsView) showMonthOf(t time.Time) {
	name := words.MonthLabel(core.DateOf(t))
	if !slices.Contains(v.month.Options, name) {
		name = words.Say(allTime)
	}
	v.empty(name)
}

// empty takes the filters away but for the month, and calls nobody.
func (v *paymentsView) empty(month string) {
	v.method.Selected, v.month.Selected = words.Say(allMethods), month
	v.method.Refresh()
	v.month.Refresh()
	frame.ClearFilters(v.search, v.property)
}
