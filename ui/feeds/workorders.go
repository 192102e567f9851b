package feeds

import (
	"cmp"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
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
	listPage[core.WorkOrderState]
	rows   *workOrderRows
	folded map[string]bool // statuses whose rows are hidden
}

func newWorkOrdersView(now func() time.Time) *workOrdersView {
	v := &workOrdersView{folded: map[string]bool{}, rows: &workOrderRows{}}
	v.list = kit.NewList(kit.RowHigh, 30)
	v.list.Rows, v.list.KindOf = v.rows, v.kindOf
	v.list.Create = newWorkOrderRow
	v.list.Update = v.updateRow
	v.list.OnGroup = v.fold
	v.list.Folded = func(row int) (folded, folds bool) { return v.folded[v.rows.at[row].status], true }
	v.listKind = listKind[core.WorkOrderState]{
		title: words.Say("Work orders"), seek: words.Say("Search work orders"), columns: workOrderColumns,
		begin: frame.Order{Column: workOrderAgeColumn}, filter: filterLabels(0, 0),
		place: func(w core.WorkOrderState) core.Place { return w.Place },
		texts: func(w core.WorkOrderState) []string {
			return []string{
				w.Title, "#" + w.Called(), w.ID, words.Say("Work order %s", w.Called()),
				words.PriorityName(w.Priority), words.StatusName(w.Status), w.Vendor,
			}
		},
		under: func(w core.WorkOrderState, filter int) bool { return w.Open() == (filter == 0) },
		at:    v.rows.order,
		fill:  func(chosen []core.WorkOrderState) { v.rows.fill(chosen, v.folded, v.table.By) },
		found: func(n int) string {
			return words.SayN(n, "%s work order found", "%s work orders found", explain.Number(n))
		},
		none:      kit.Empty{Title: words.Say("No work orders yet"), Text: words.Say("When a work order changes in AppFolio, it appears here and the bell rings.")},
		noneFound: words.Say("No work orders found"), noneMatches: words.Say("None of your work orders match what you are looking for."),
	}
	v.make(now, nil)
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

func (v *workOrdersView) kindOf(row int) kit.Kind {
	if v.rows.at[row].order == nil {
		return kit.Group
	}
	return kit.Ordinary
}

func (v *workOrdersView) fold(row int) {
	status := v.rows.at[row].status
	v.folded[status] = !v.folded[status]
	v.refill()
}

func (v *workOrdersView) updateRow(row int, o fyne.CanvasObject) {
	switch r := v.rows.at[row]; o := o.(type) {
	case *workOrderRow:
		o.show(*r.order, v.now())
	case *groupRow:
		o.show(r.status, r.count, v.folded[r.status])
	}
}

// workOrderRows are work orders grouped by status. They implement kit.Rows.
type workOrderRows struct{ at []workOrderLine }

// workOrderLine is a work order, or the head of a status with how many it has.
type workOrderLine struct {
	order  *core.WorkOrderState
	status string
	count  int
	key    uint64
}

// fill groups orders; within a status the youngest stands first, unless they are
// sorted otherwise.
func (r *workOrderRows) fill(orders []core.WorkOrderState, folded map[string]bool, by frame.Order) {
	slices.SortStableFunc(orders, func(a, b core.WorkOrderState) int {
		return cmp.Or(
			cmp.Compare(words.StatusRank(a.Status), words.StatusRank(b.Status)), cmp.Compare(a.Status, b.Status),
			workOrderOrders.Compare(by, a, b), b.FirstSeen.Compare(a.FirstSeen), cmp.Compare(a.ID, b.ID),
		)
	})
	r.at = r.at[:0]
	head := -1
	for i := range orders {
		status := words.StatusName(orders[i].Status)
		if head < 0 || r.at[head].status != status {
			head = len(r.at)
			r.at = append(r.at, workOrderLine{status: status, key: 1<<63 + hashed(status)})
		}
		r.at[head].count++
		if !folded[status] {
			r.at = append(r.at, workOrderLine{order: &orders[i], status: status, key: hashed(orders[i].ID)})
		}
	}
}

// order is the work order of a row; ok is false for the head of a status.
func (r *workOrderRows) order(row int) (w core.WorkOrderState, ok bool) {
	if r.at[row].order == nil {
		return w, false
	}
	return *r.at[row].order, true
}

func (r *workOrderRows) Len() int           { return len(r.at) }
func (r *workOrderRows) Key(row int) uint64 { return r.at[row].key }

func (r *workOrderRows) Find(key uint64, near int) int {
	return slices.IndexFunc(r.at, func(l workOrderLine) bool { return l.key == key })
}

// workOrderRow is one work order in the list.
type workOrderRow struct {
	kit.Compound

	title, id, urgent *kit.Text
	property, unit    *kit.Text
	vendor, age       *kit.Text
}

func newWorkOrderRow(k kit.Kind) fyne.CanvasObject {
	if k == kit.Group {
		return newGroupRow()
	}
	r := &workOrderRow{
		title:  kit.NewText("", kit.Strong).Tight(),
		id:     kit.NewText("", kit.Caption),
		urgent: kit.NewText("", kit.Style{Size: kit.Caption.Size, Color: kit.ColorErr, Bold: true}),
		vendor: kit.NewText("", kit.Body).Tight(),
		age:    kit.NewText("", kit.Body.Right()).Tight(),
	}
	var where fyne.CanvasObject
	r.property, r.unit, where = twoLines(kit.Body)
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

// groupRow heads the rows of a status.
type groupRow struct {
	kit.Compound
	arrow       *kit.Icon
	name, count *kit.Text
}

func newGroupRow() *groupRow {
	r := &groupRow{
		arrow: kit.NewIcon(assets.ChevronDown, kit.ColorText2, 16),
		name:  kit.NewText("", kit.Strong),
		count: kit.NewText("", kit.Caption),
	}
	r.Init(r, kit.Inset(0, kit.CardPad, 0, 12, kit.HStack(6, r.arrow, r.name, r.count)))
	return r
}

func (r *groupRow) show(name string, count int, folded bool) {
	arrow := assets.ChevronDown
	if folded {
		arrow = assets.ChevronRight
	}
	r.arrow.Set(arrow, kit.ColorText2)
	r.name.Set(name)
	r.count.Set(explain.Number(count))
	r.Relayout()
}

// showAll takes the filters away; open says whether open or completed ones are
// to be listed.
func (v *workOrdersView) showAll(open bool) {
	v.unfilter()
	clear(v.folded)
	on := 1
	if open {
		on = 0
	}
	v.filters.Pick(on)
}
