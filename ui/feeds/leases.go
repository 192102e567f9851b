package feeds

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// leaseStage is where a lease stands. The zero stage stands for all of them in
// the filters.
type leaseStage int

const (
	allStages leaseStage = iota
	signedStage
	activeStage
	endingStage
	endedStage
)

// leaseStages are the stages' words: alone, and with how many leases are there.
var leaseStages = [...]struct {
	name, counted string
	family        kit.Family
}{
	{"All", "All %s", kit.Neutral},
	{"Signed", "Signed %s", kit.Good},
	{"Active", "Active %s", kit.Neutral},
	{"Ending soon", "Ending soon %s", kit.Warn},
	{"Ended", "Ended %s", kit.Neutral},
}

// stageOf is a lease's stage: signed in this month, running, ending within
// sixty days, or over.
func stageOf(l core.LeaseState, now time.Time) leaseStage {
	today := core.DateOf(now)
	ends := l.Ends()
	signed := l.SignedAt.In(now.Location())
	switch {
	case !ends.IsZero() && ends.Before(today), l.Expired && ends.IsZero():
		return endedStage
	case l.EndingSoon(today):
		return endingStage
	case !l.SignedAt.IsZero() && signed.Year() == now.Year() && signed.Month() == now.Month():
		return signedStage
	}
	return activeStage
}

// soonDays is from when on an end is worth a warning colour.
const soonDays = 30

var leaseColumns = frame.Columns{
	{Title: "Status", Width: 112},
	{Title: "Tenant", Width: 150, Grow: 3},
	{Title: "Property", Width: 124, Grow: 2},
	{Title: "Move-in", Width: 112, From: 720},
	{Title: "Term", Width: 130, From: 860},
	{Title: "Ends", Width: 106},
	{Title: "Days left", Width: 92, Right: true},
}

// leaseStatusColumn is the one that leases are sorted by at first.
const leaseStatusColumn = 1

// leaseOrders sort leases at a time, at first by how urgent they are.
func leaseOrders(now time.Time) frame.Orders[core.LeaseState] {
	return frame.Orders[core.LeaseState]{
		func(a, b core.LeaseState) (int, int) { return compareLeases(a, b, now), 0 },
		frame.ByText(func(l core.LeaseState) string { name, _ := leaseName(l); return name }),
		frame.ByText(func(l core.LeaseState) string { return frame.PlaceText(l.Place) }),
		frame.ByDate(func(l core.LeaseState) core.Date { return l.MoveIn }),
		func(a, b core.LeaseState) (int, int) {
			return cmp.Compare(a.Months, b.Months), frame.Last(leaseTerm(a) == "", leaseTerm(b) == "")
		},
		frame.ByDate(core.LeaseState.Ends),
		frame.ByDate(core.LeaseState.Ends),
	}
}

// leasesView is the Leases page.
type leasesView struct {
	page *frame.Page
	pane *frame.Pane

	onOpen func(core.LeaseState)

	now      func() time.Time
	all      []core.LeaseState // the most urgent first
	rows     leaseRows
	table    *frame.Table
	list     *kit.List
	search   *kit.Entry
	property *kit.Select
	filters  *kit.Filters
	ending   *fyne.Container
	note     string // while nothing is looked for
}

func newLeasesView(now func() time.Time) *leasesView {
	v := &leasesView{now: now}
	v.list = kit.NewList(kit.RowHigh, 0)
	v.list.Rows = &v.rows
	v.list.Create = func(kit.Kind) fyne.CanvasObject { return newLeaseRow() }
	v.list.Update = func(row int, o fyne.CanvasObject) { o.(*leaseRow).show(v.rows[row], v.now()) } // Create makes nothing else
	v.table = frame.NewTable(leaseColumns, v.list)
	v.table.Sorts(leaseColumns, frame.Order{Column: leaseStatusColumn}, func() { v.refill() })
	v.pane = frame.NewPane(func() { v.list.Select(-1) })
	v.table.Opens(v.pane, func(row int) { v.onOpen(v.rows[row]) })
	v.ending = container.NewStack()
	v.ending.Hide()

	refilter := func() { v.refill() }
	var search, property fyne.CanvasObject
	v.search, search = kit.NewSearch(words.Say("Search leases"), func(string) { refilter() })
	v.property, property = kit.NewSelect([]string{words.Say(frame.AllProperties)}, func(string) { refilter() })
	labels := make([]string, len(leaseStages))
	for i, stage := range leaseStages {
		labels[i] = words.Say(stage.name)
	}
	v.filters = kit.NewFilters(labels, func(int) { refilter() })
	tools := frame.NewToolbar(v.filters, frame.Tool{Object: search, Narrow: 216, Wide: 216}, frame.Tool{Object: property, Narrow: 150, Wide: 150})
	body := kit.Above(kit.CardGap, tools, v.table.Object)
	v.page = frame.NewPage(words.Say("Leases"), nil, kit.Above(14, v.ending, body), v.pane)
	return v
}

// show puts all leases there are on the screen; fresh are the ids of those
// that have just changed.
func (v *leasesView) show(all []core.LeaseState, fresh []string) {
	now := v.now()
	v.all = all
	slices.SortFunc(v.all, func(a, b core.LeaseState) int { return compareLeases(a, b, now) })
	var properties []string
	var ending []core.LeaseState
	var stages [len(leaseStages)]int
	for _, l := range v.all {
		properties = append(properties, l.Property)
		stage := stageOf(l, now)
		stages[stage]++
		if stage == endingStage {
			ending = append(ending, l)
		}
	}
	stages[allStages] = len(all)
	labels := make([]string, len(leaseStages))
	for i, stage := range leaseStages {
		labels[i] = words.Say(stage.counted, explain.Number(stages[i]))
	}
	v.filters.Set(labels, v.filters.Selected())
	v.property.Options = frame.PropertyOptions(properties, v.property.Selected)
	v.note = words.SayN(len(all), "%s lease, %s signed in %s", "%s leases, %s signed in %s",
		explain.Number(len(all)), explain.Number(stages[signedStage]), words.MonthWord(core.DateOf(now)))
	v.showEnding(ending)
	v.list.Arrived(keysOf(fresh)...)
	v.refill()
}

// compareLeases puts the newly signed first, then what ends soonest; leases
// without an end and those that are over come last.
func compareLeases(a, b core.LeaseState, now time.Time) int {
	order := func(l core.LeaseState) int { return int(stageOrder[stageOf(l, now)]) }
	if c := cmp.Compare(order(a), order(b)); c != 0 {
		return c
	}
	if stageOf(a, now) == signedStage {
		return cmp.Or(b.SignedAt.Compare(a.SignedAt), cmp.Compare(a.ID, b.ID))
	}
	aEnds, bEnds := a.Ends(), b.Ends()
	switch {
	case aEnds.IsZero() != bEnds.IsZero():
		if aEnds.IsZero() {
			return 1
		}
		return -1
	case !aEnds.IsZero() && aEnds != bEnds:
		return cmp.Compare(0, aEnds.DaysUntil(bEnds))
	}
	return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.ID, b.ID))
}

var stageOrder = map[leaseStage]int{signedStage: 0, endingStage: 1, activeStage: 2, endedStage: 3}

func (v *leasesView) refill() {
	now := v.now()
	v.rows = v.rows[:0]
	for _, l := range v.all {
		stage := leaseStage(v.filters.Selected())
		if (stage == allStages || stageOf(l, now) == stage) && v.matches(l) {
			v.rows = append(v.rows, l)
		}
	}
	v.page.SetNote(v.note)
	if v.filtered() {
		v.page.SetNote(words.SayN(len(v.rows), "%s lease found", "%s leases found", explain.Number(len(v.rows))))
	}
	columns := leaseOrders(now)
	slices.SortStableFunc(v.rows, func(a, b core.LeaseState) int { return columns.Compare(v.table.By, a, b) })
	if len(v.rows) > 0 {
		v.table.Update()
	} else {
		v.table.ShowEmpty(v.emptiness())
	}
}

func (v *leasesView) matches(l core.LeaseState) bool {
	if v.property.Selected != words.Say(frame.AllProperties) && v.property.Selected != l.Property {
		return false
	}
	return frame.Contains(v.search.Text, l.Tenant, l.Property, l.Unit, l.ID)
}

// filtered reports whether something is looked for.
func (v *leasesView) filtered() bool { return frame.IsFiltered(v.search, v.property) }

func (v *leasesView) clear() {
	frame.ClearFilters(v.search, v.property)
	v.refill()
}

// emptiness says why there are no rows.
func (v *leasesView) emptiness() kit.Empty {
	if v.filtered() {
		return kit.Empty{
			Title: words.Say("No leases found"), Text: words.Say("None of your leases match what you are looking for."),
			Actions: []fyne.CanvasObject{kit.NewButton(words.Say("Clear search"), nil, v.clear)},
		}
	}
	if len(v.all) > 0 {
		return kit.Empty{Title: words.Say("No leases found"), Text: words.Say("There are none of this kind.")}
	}
	return kit.Empty{
		Title: words.Say("No leases yet"), Text: words.Say("When a lease is signed or runs out in AppFolio, it appears here and the bell rings."),
	}
}

// leaseRows are leases in a list. They implement kit.Rows.
type leaseRows []core.LeaseState

func (r leaseRows) Len() int           { return len(r) }
func (r leaseRows) Key(row int) uint64 { return hashed(r[row].ID) }

func (r leaseRows) Find(key uint64, near int) int {
	return slices.IndexFunc(r, func(l core.LeaseState) bool { return hashed(l.ID) == key })
}

// leaseRow is one lease in the list.
type leaseRow struct {
	kit.Compound

	stage          *kit.Chip
	name           *kit.Text
	property, unit *kit.Text
	moveIn, term   *kit.Text
	ends, left     *kit.Text
}

func newLeaseRow() *leaseRow {
	line := func(style kit.Style) *kit.Text { return kit.NewText("", style).Tight() }
	r := &leaseRow{
		stage: kit.NewChip(kit.Neutral, nil, ""), name: line(kit.Strong),
		moveIn: line(kit.Body), term: line(kit.Body), ends: line(kit.Body), left: line(kit.Body.Right()),
	}
	var where fyne.CanvasObject
	r.property, r.unit, where = twoLines(kit.Body)
	r.Init(r, &fyne.Container{
		Layout:  leaseColumns,
		Objects: []fyne.CanvasObject{kit.HStack(0, r.stage), r.name, where, r.moveIn, r.term, r.ends, r.left},
	})
	return r
}

func (r *leaseRow) show(l core.LeaseState, now time.Time) {
	stage := stageOf(l, now)
	r.stage.Set(leaseStages[stage].family, nil, words.Say(leaseStages[stage].name))
	name, known := leaseName(l)
	if known {
		r.name.SetStyled(name, kit.Strong)
	} else {
		r.name.SetStyled(name, kit.Unknown)
	}
	showPlace(r.property, r.unit, l.Place)
	if l.MoveIn.IsZero() {
		r.moveIn.SetStyled(words.Say("Not sent yet"), kit.Unknown.In(kit.ColorText2))
	} else {
		r.moveIn.SetStyled(words.FullDate(l.MoveIn), kit.Body)
	}
	r.term.Set(leaseTerm(l))
	ends, left := leaseEnd(l, now)
	style := kit.Body
	if l.Ends().IsZero() {
		style = kit.Muted
	}
	r.ends.SetStyled(ends, style)
	if days := core.DateOf(now).DaysUntil(l.Ends()); stage == endingStage && days <= soonDays {
		style = kit.Strong.In(kit.ColorWarn)
	}
	r.left.SetStyled(left, style.Right())
	r.Relayout()
}

// leaseName is the tenant, or the number in the name's place.
func leaseName(l core.LeaseState) (name string, known bool) {
	return words.NameOr(l.Tenant, l.ID, "Lease", "Lease %s")
}

// leaseTerm is "12 months"; empty while nothing is known about it.
func leaseTerm(l core.LeaseState) string {
	switch {
	case l.Months > 0:
		return words.MonthsWords(l.Months)
	case !l.MoveIn.IsZero():
		return words.Say("Month to month")
	}
	return ""
}

// leaseEnd is the last day and how many days are left until then.
func leaseEnd(l core.LeaseState, now time.Time) (ends, left string) {
	switch day := l.Ends(); {
	case !day.IsZero():
		days := core.DateOf(now).DaysUntil(day)
		if days < 0 {
			return words.FullDate(day), words.Say("Over")
		}
		return words.FullDate(day), strconv.Itoa(days)
	case l.MoveIn.IsZero():
		return "", ""
	}
	return words.Say("None"), words.Say("No end date")
}

// showAll takes the filters away.
func (v *leasesView) showAll() {
	frame.ClearFilters(v.search, v.property)
	v.filters.Pick(int(allStages))
}
