package feeds

import (
	"cmp"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

var workOrderColumns = frame.Columns{
	{Title: "Work order", Width: 178, Grow: 3},
	{Title: "Property", Width: 134, Grow: 2},
	{Title: "Vendor", Width: 130, Grow: 2, From: 600, Flush: true},
	{Title: "Last change", Width: 142, Right: true},
}

// lastChangeColumn is the one that work orders are sorted by at first.
const lastChangeColumn = 4

// workOrderOrders are how its columns sort them.
var workOrderOrders = columnOrders[order]{
	byText(func(o order) string { name, _ := words.NameOf(o.WorkOrder); return name }),
	byText(func(o order) string { return placeText(o.Place) }),
	byText(func(o order) string { return o.Vendor }),
	func(a, b order) (int, int) { return b.changed().Compare(a.changed()), 0 }, // the older, the longer nothing has changed
}

// The filters.
const (
	openOrders = iota
	stuckOrders
	closedOrders
)

// workOrdersView is the Work orders page: what is open, by status.
type workOrdersView struct {
	memoryPage[order]
	groups *workOrderRows

	snooze, handle *kit.Button // of the pane; nil where it has none
}

func newWorkOrdersView(now func() time.Time) *workOrdersView {
	v := &workOrdersView{groups: &workOrderRows{folded: map[string]bool{}}}
	v.make(now, listKind[order]{
		title: words.Say("Work orders"), seek: words.Say("Search work orders"), seekWide: 180, columns: workOrderColumns,
		begin:     frame.Order{Column: lastChangeColumn},
		row:       func() row[order] { return newWorkOrderRow() },
		group:     v.groups.group,
		noneFound: words.Say("No work orders found"), noneMatches: words.Say("None of your work orders match what you are looking for."),
	}, memoryKind[order]{
		rows:  v.groups,
		place: func(w order) core.Place { return w.Place },
		texts: func(w order) []string {
			return []string{
				w.Title, "#" + w.Called(), w.ID, words.Say("Work order %s", w.Called()),
				words.PriorityName(w.Priority), words.StatusName(w.Status), w.Vendor,
			}
		},
		filter: filterLabels(0, 0),
		lacks:  map[int]string{stuckOrders: words.Say("No work order is stuck.")},
		under: func(o order, filter int) bool {
			if filter == stuckOrders {
				_, stuck := o.waits(now())
				return stuck
			}
			return o.Open() == (filter == openOrders)
		},
		found: func(n int) string {
			return words.SayN(n, "%s work order found", "%s work orders found", explain.Number(n))
		},
	})
	v.list.OnKey = v.typed
	v.list.OnGroup = func(row int) {
		status := v.groups.lines[row].status
		v.groups.folded[status] = !v.groups.folded[status]
		v.refill()
	}
	return v
}

// show puts all work orders there are on the screen; fresh are the ids of
// those that have just changed.
func (v *workOrdersView) show(all []order, fresh []string) {
	open, stuck := 0, 0
	for _, o := range all {
		if o.Open() {
			open++
		}
		if _, waits := o.waits(v.now()); waits {
			stuck++
		}
	}
	v.filters.Set(filterLabels(open, stuck), v.filters.Selected())
	v.put(all, openWords(open, stuck), fresh)
}

// filterLabels are the filters with how many work orders they show.
func filterLabels(open, stuck int) []string {
	return []string{words.Say("Open %s", explain.Number(open)), words.Say("Stuck %s", explain.Number(stuck)), words.Say("Completed")}
}

// openWords sum the open work orders up: "9 open, 3 stuck".
func openWords(open, stuck int) string {
	if stuck == 0 {
		return words.Say("%s open", explain.Number(open))
	}
	return words.Say("%s open, %s stuck", explain.Number(open), explain.Number(stuck))
}

// workOrderRows are work orders grouped by status. They implement memoryRows.
type workOrderRows struct {
	lines  []workOrderLine
	folded map[string]bool // statuses whose rows are hidden
}

// workOrderLine is a work order, or the head of a status with how many it has.
type workOrderLine struct {
	order  *order
	status string
	count  int
	key    uint64
}

// fill groups orders; within a status the youngest stands first, unless they are
// sorted otherwise.
func (r *workOrderRows) fill(orders []order, by frame.Order) {
	slices.SortStableFunc(orders, func(a, b order) int {
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

func (r *workOrderRows) at(row int) (o order, ok bool) {
	if r.lines[row].order == nil {
		return o, false
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
	what              *fyne.Container // holds these
	property, unit    *kit.Text
	vendor, age       *kit.Text
	chip              *kit.Chip
	waits             *fyne.Container // holds the chip, in the place of the age
	called, vendored  string          // below the title: without and with the vendor
}

func newWorkOrderRow() *workOrderRow {
	r := &workOrderRow{
		title:  kit.NewText("", kit.Strong).Tight(),
		id:     kit.NewText("", kit.Caption),
		urgent: kit.NewText("", kit.Style{Size: kit.Caption.Size, Color: kit.ColorErr, Bold: true}),
		vendor: kit.NewText("", kit.Body).Tight(),
		age:    kit.NewText("", kit.Body.Right()).Tight(),
		chip:   kit.NewChip(kit.Warn, nil, ""),
	}
	var where fyne.CanvasObject
	r.property, r.unit, where = kit.NewTwoLines(kit.Body)
	r.waits = &fyne.Container{Layout: endLayout{}, Objects: []fyne.CanvasObject{r.chip}}
	r.what = kit.VStack(-1, r.title, kit.HStack(6, r.id, r.urgent))
	r.Init(r, &fyne.Container{Layout: workOrderLayout{r}, Objects: []fyne.CanvasObject{r.what, where, r.vendor, container.NewStack(r.age, r.waits)}})
	return r
}

// workOrderLayout places a row's parts in the columns. Where there is no room for the
// vendor's, the vendor stands below the title.
type workOrderLayout struct{ of *workOrderRow }

func (workOrderLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return workOrderColumns.MinSize(objects)
}

func (l workOrderLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	below := l.of.called
	if size.Width < kit.Dp(workOrderColumns[2].From) {
		below = l.of.vendored
	}
	workOrderColumns.Layout(objects, size)
	if l.of.id.Text() != below {
		l.of.id.Set(below)
		kit.Relayout(l.of.what)
	}
}

// endLayout puts an object at the right end, with its own width. A chip may reach into
// the column before it, of which the text seldom needs all.
type endLayout struct{}

func (endLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (endLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	m := objects[0].MinSize()
	kit.Place(objects[0], frame.Floor(size.Width-m.Width), 0, m.Width, size.Height)
}

func (r *workOrderRow) show(o order, now time.Time) {
	showName(r.title, o.WorkOrder)
	r.called = words.Say("WO %s", o.Called())
	r.vendored = words.Joined(r.called, o.Vendor)
	r.urgent.Set(words.Capital(words.Urgency(o.Priority)))
	showPlace(r.property, r.unit, o.Place)
	if o.Vendor == "" {
		r.vendor.SetStyled(words.Say("No vendor yet"), kit.Unknown.In(kit.ColorText2))
	} else {
		r.vendor.SetStyled(o.Vendor, kit.Body)
	}
	r.age.Set(words.Age(now.Sub(o.changed())))
	family, icon, text, marked := o.chip(now)
	if marked {
		r.chip.Set(family, icon, text)
	}
	frame.SetVisible(r.waits, marked)
	frame.SetVisible(r.age, !marked)
	r.Relayout()
}

// showAll takes the filters away; open says whether open or completed ones are
// to be listed.
func (v *workOrdersView) showAll(open bool) {
	v.unfilter()
	clear(v.groups.folded)
	on := closedOrders
	if open {
		on = openOrders
	}
	v.filters.Pick(on)
}

// showStuck lists the work orders that are stuck.
func (v *workOrdersView) showStuck() {
	v.unfilter()
	clear(v.groups.folded)
	v.filters.Pick(stuckOrders)
}
