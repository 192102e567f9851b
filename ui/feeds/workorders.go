package feeds

import (
	"cmp"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// oldAge is when an open work order begins to stand out.
const oldAge = 7 * 24 * time.Hour

var workOrderColumns = frame.Columns{
	{Title: "Work order", Width: 228, Grow: 3},
	{Title: "Property", Width: 150, Grow: 2},
	{Title: "Vendor", Width: 148, Grow: 2},
	{Title: "Age", Width: 72, Right: true, Falling: true},
}

// workOrderAgeColumn is the one that work orders are sorted by at first.
const workOrderAgeColumn = 4

// workOrderOrders are how its columns sort them.
var workOrderOrders = columnOrders[core.WorkOrderState]{
	byText(func(w core.WorkOrderState) string { name, _ := words.NameOf(w.WorkOrder); return name }),
	byText(func(w core.WorkOrderState) string { return placeText(w.Place) }),
	byText(func(w core.WorkOrderState) string { return w.Vendor }),
	func(a, b core.WorkOrderState) (int, int) { return b.FirstSeen.Compare(a.FirstSeen), 0 }, // the older, the greater its age
}

// workOrdersView is the Work orders page: what is open, by status.
type workOrdersView struct {
	memoryPage[core.WorkOrderState]
	groups *workOrderRows
}

func newWorkOrdersView(now func() time.Time) *workOrdersView {
	v := &workOrdersView{groups: &workOrderRows{folded: map[string]bool{}}}
	v.make(now, listKind[core.WorkOrderState]{
		title: words.Say("Work orders"), seek: words.Say("Search work orders"), columns: workOrderColumns,
		begin:     frame.Order{Column: workOrderAgeColumn},
		row:       func() row[core.WorkOrderState] { return newWorkOrderRow() },
		group:     v.groups.group,
		noneFound: words.Say("No work orders found"), noneMatches: words.Say("None of your work orders match what you are looking for."),
	}, memoryKind[core.WorkOrderState]{
		rows:  v.groups,
		place: func(w core.WorkOrderState) core.Place { return w.Place },
		texts: func(w core.WorkOrderState) []string {
			return []string{
				w.Title, "#" + w.Called(), w.ID, words.Say("Work order %s", w.Called()),
				words.PriorityName(w.Priority), words.StatusName(w.Status), w.Vendor,
			}
		},
		filter: filterLabels(0, 0),
		under:  func(w core.WorkOrderState, filter int) bool { return w.Open() == (filter == 0) },
		found: func(n int) string {
			return words.SayN(n, "%s work order found", "%s work orders found", explain.Number(n))
		},
		none: kit.Empty{Title: words.Say("No work orders yet"), Text: words.Say("When a work order changes in AppFolio, it appears here and the bell rings.")},
	})
	v.list.OnGroup = func(row int) {
		status := v.groups.lines[row].status
		v.groups.folded[status] = !v.groups.folded[status]
		v.refill()
	}
	return v
}

// show puts all work orders there are on the screen; fresh are the ids of
// those that have just changed.
func (v *workOrdersView) show(all []core.WorkOrderState, fresh []string) {
	open, old := 0, 0
	for _, w := range all {
		if w.Open() {
			open++
			if v.now().Sub(w.FirstSeen) > oldAge {
				old++
			}
		}
	}
	v.filters.Set(filterLabels(open, len(all)-open), v.filters.Selected())
	v.put(all, openWords(open, old), fresh)
}

// filterLabels are the filters with how many work orders they show.
func filterLabels(open, completed int) []string {
	return []string{words.Say("Open %s", explain.Number(open)), words.Say("Completed %s", explain.Number(completed))}
}

// openWords sum the open work orders up: "9 open, 2 older than a week".
func openWords(open, old int) string {
	if old == 0 {
		return words.Say("%s open", explain.Number(open))
	}
	return words.Say("%s open, %s older than a week", explain.Number(open), explain.Number(old))
}

// workOrderRows are work orders grouped by status. They implement memoryRows.
type workOrderRows struct {
	lines  []workOrderLine
	folded map[string]bool // statuses whose rows are hidden
}

// workOrderLine is a work order, or the head of a status with how many it has.
type workOrderLine struct {
	order  *core.WorkOrderState
	status string
	count  int
	key    uint64
}

// fill groups orders; within a status the youngest stands first, unless they are
// sorted otherwise.
func (r *workOrderRows) fill(orders []core.WorkOrderState, by frame.Order) {
	slices.SortStableFunc(orders, func(a, b core.WorkOrderState) int {
		return cmp.Or(
			cmp.Compare(words.StatusRank(a.Status), words.StatusRank(b.Status)), cmp.Compare(a.Status, b.Status),
			workOrderOrders.Compare(by, a, b), b.FirstSeen.Compare(a.FirstSeen), cmp.Compare(a.ID, b.ID),
		)
	})
	r.lines = r.lines[:0]
	head := -1
	for i := range orders {
		status := words.StatusName(orders[i].Status)
		if head < 0 || r.lines[head].status != status {
			head = len(r.lines)
			r.lines = append(r.lines, workOrderLine{status: status, key: 1<<63 + hashed(status)})
		}
		r.lines[head].count++
		if !r.folded[status] {
			r.lines = append(r.lines, workOrderLine{order: &orders[i], status: status, key: hashed(orders[i].ID)})
		}
	}
}

func (r *workOrderRows) at(row int) (w core.WorkOrderState, ok bool) {
	if r.lines[row].order == nil {
		return w, false
	}
	return *r.lines[row].order, true
}

func (r *workOrderRows) group(row int) (g group, ok bool) {
	l := r.lines[row]
	return group{l.status, l.count, r.folded[l.status]}, l.order == nil
}

func (r *workOrderRows) Len() int           { return len(r.lines) }
func (r *workOrderRows) Key(row int) uint64 { return r.lines[row].key }

func (r *workOrderRows) Find(key uint64, near int) int {
	return slices.IndexFunc(r.lines, func(l workOrderLine) bool { return l.key == key })
}

// workOrderRow is one work order in the list.
type workOrderRow struct {
	kit.Compound

	title, id, urgent *kit.Text
	property, unit    *kit.Text
	vendor, age       *kit.Text
}

func newWorkOrderRow() *workOrderRow {
	r := &workOrderRow{
		title:  kit.NewText("", kit.Strong).Tight(),
		id:     kit.NewText("", kit.Caption),
		urgent: kit.NewText("", kit.Style{Size: kit.Caption.Size, Color: kit.ColorErr, Bold: true}),
		vendor: kit.NewText("", kit.Body).Tight(),
		age:    kit.NewText("", kit.Body.Right()).Tight(),
	}
	var where fyne.CanvasObject
	r.property, r.unit, where = kit.NewTwoLines(kit.Body)
	what := kit.VStack(-1, r.title, kit.HStack(6, r.id, r.urgent))
	r.Init(r, &fyne.Container{Layout: workOrderColumns, Objects: []fyne.CanvasObject{what, where, r.vendor, r.age}})
	return r
}

func (r *workOrderRow) show(w core.WorkOrderState, now time.Time) {
	showName(r.title, w.WorkOrder)
	r.id.Set(words.Say("WO %s", w.Called()))
	r.urgent.Set(words.Capital(words.Urgency(w.Priority)))
	showPlace(r.property, r.unit, w.Place)
	if w.Vendor == "" {
		r.vendor.SetStyled(words.Say("No vendor yet"), kit.Unknown.In(kit.ColorText2))
	} else {
		r.vendor.SetStyled(w.Vendor, kit.Body)
	}
	style, since := kit.Body.Right(), now.Sub(w.FirstSeen)
	if w.Open() && since > oldAge {
		style = kit.Strong.In(kit.ColorWarn).Right()
	}
	r.age.SetStyled(words.Age(since), style)
	r.Relayout()
}

// showAll takes the filters away; open says whether open or completed ones are
// to be listed.
func (v *workOrdersView) showAll(open bool) {
	v.unfilter()
	clear(v.groups.folded)
	on := 1
	if open {
		on = 0
	}
	v.filters.Pick(on)
}
