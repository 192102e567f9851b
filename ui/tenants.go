package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

var tenantColumns = columnLayout{
	{title: "Tenant", width: 170, grow: 3},
	{title: "Property", width: 140, grow: 2},
	{title: "E-mail", width: 176, grow: 3},
	{title: "Added", width: 96, right: true, falling: true},
}

// tenantAddedColumn is the one that tenants are sorted by at first.
const tenantAddedColumn = 4

// tenantOrders are how the columns sort them.
var tenantOrders = orders[core.TenantState]{
	byText(func(t core.TenantState) string { name, _ := nameOf(t.Tenant); return name }),
	byText(func(t core.TenantState) string { return placeText(t.Place) }),
	byText(func(t core.TenantState) string { return t.Email }),
	func(a, b core.TenantState) (int, int) { return a.Created.Compare(b.Created), 0 },
}

// tenantsView is the Tenants page.
type tenantsView struct {
	page *page
	pane *pane

	onOpen func(core.TenantState)

	now      func() time.Time
	all      []core.TenantState // newest first
	rows     tenantRows
	table    *table
	list     *kit.List
	search   *kit.Entry
	property *kit.Select
	note     string // while nothing is looked for
}

func newTenantsView(now func() time.Time) *tenantsView {
	v := &tenantsView{now: now}
	v.list = kit.NewList(kit.RowHigh, 0)
	v.list.Rows = &v.rows
	v.list.Create = func(kit.Kind) fyne.CanvasObject { return newTenantRow() }
	v.list.Update = func(row int, o fyne.CanvasObject) { o.(*tenantRow).show(v.rows[row], v.now()) } // Create makes nothing else
	v.table = newTable(tenantColumns, v.list)
	v.table.sorts(tenantColumns, order{column: tenantAddedColumn, falling: true}, func() { v.refill() })
	v.pane = newPane(func() { v.list.Select(-1) })
	v.table.opens(v.pane, func(row int) { v.onOpen(v.rows[row]) })
	var search, property fyne.CanvasObject
	v.search, search = kit.NewSearch(say("Search tenants"), func(string) { v.refill() })
	v.property, property = kit.NewSelect([]string{say(allProperties)}, func(string) { v.refill() })
	tools := newToolbar(nil, tool{object: search, narrow: 216, wide: 236}, tool{object: property, narrow: 150, wide: 170})
	v.page = newPage(say("Tenants"), tools, v.table.object, v.pane)
	return v
}

// show puts all tenants there are on the screen; fresh are the ids of those
// that have just come.
func (v *tenantsView) show(all []core.TenantState, fresh []string) {
	v.all = all
	slices.SortStableFunc(v.all, func(a, b core.TenantState) int { return b.Created.Compare(a.Created) })
	now, added := v.now(), 0
	var properties []string
	for _, t := range all {
		properties = append(properties, t.Property)
		if c := t.Created.In(now.Location()); c.Year() == now.Year() && c.Month() == now.Month() {
			added++
		}
	}
	v.property.Options = propertyOptions(properties, v.property.Selected)
	v.note = sayN(len(all), "%s tenant, %s new in %s", "%s tenants, %s new in %s",
		explain.Number(len(all)), explain.Number(added), monthWord(core.DateOf(now)))
	v.list.Arrived(keysOf(fresh)...)
	v.refill()
}

func (v *tenantsView) refill() {
	v.rows = v.rows[:0]
	for _, t := range v.all {
		property := v.property.Selected
		if (property == say(allProperties) || property == t.Property) &&
			contains(v.search.Text, t.Tenant.Tenant, t.Email, t.Property, t.Unit, t.ID) {
			v.rows = append(v.rows, t)
		}
	}
	v.page.setNote(v.note)
	if v.filtered() {
		v.page.setNote(sayN(len(v.rows), "%s tenant found", "%s tenants found", explain.Number(len(v.rows))))
	}
	slices.SortStableFunc(v.rows, func(a, b core.TenantState) int { return tenantOrders.compare(v.table.by, a, b) })
	if len(v.rows) > 0 {
		v.table.update()
	} else {
		v.table.showEmpty(v.emptiness())
	}
}

// filtered reports whether something is looked for.
func (v *tenantsView) filtered() bool { return isFiltered(v.search, v.property) }

func (v *tenantsView) clear() {
	clearFilters(v.search, v.property)
	v.refill()
}

// emptiness says why there are no rows.
func (v *tenantsView) emptiness() kit.Empty {
	if v.filtered() {
		return kit.Empty{
			Title: say("No tenants found"), Text: say("None of your tenants match what you are looking for."),
			Actions: []fyne.CanvasObject{kit.NewButton(say("Clear search"), nil, v.clear)},
		}
	}
	return kit.Empty{Title: say("No tenants yet"), Text: say("When a tenant is added in AppFolio, they appear here.")}
}

// tenantRows are tenants in a list. They implement kit.Rows.
type tenantRows []core.TenantState

func (r tenantRows) Len() int           { return len(r) }
func (r tenantRows) Key(row int) uint64 { return hashed(r[row].ID) }

func (r tenantRows) Find(key uint64, near int) int {
	return slices.IndexFunc(r, func(t core.TenantState) bool { return hashed(t.ID) == key })
}

// tenantRow is one tenant in the list.
type tenantRow struct {
	kit.Compound

	name, id       *kit.Text
	property, unit *kit.Text
	email, added   *kit.Text
}

func newTenantRow() *tenantRow {
	r := &tenantRow{email: kit.NewText("", kit.Body).Tight(), added: kit.NewText("", kit.Muted.Right()).Tight()}
	var who, where fyne.CanvasObject
	r.name, r.id, who = twoLines(kit.Strong)
	r.property, r.unit, where = twoLines(kit.Body)
	r.Init(r, &fyne.Container{Layout: tenantColumns, Objects: []fyne.CanvasObject{who, where, r.email, r.added}})
	return r
}

func (r *tenantRow) show(t core.TenantState, now time.Time) {
	showName(r.name, t.Tenant)
	id := say("Tenant %s", t.ID)
	if t.Tenant.Tenant == "" {
		id = say(noName)
	}
	r.id.Set(id)
	showPlace(r.property, r.unit, t.Place)
	r.email.Set(t.Email)
	r.added.Set(ago(t.Created.In(now.Location()), now))
}

// tenantDetail is one tenant and what came about them.
type tenantDetail struct {
	tenant  core.TenantState
	history []core.Event // newest first
}

func (v *tenantsView) showDetail(d tenantDetail, do paneActions) {
	t, now := d.tenant, v.now()
	name, known := nameOf(t.Tenant)
	style := kit.Heading
	style.Italic = !known
	parts := []fyne.CanvasObject{
		kit.NewProse(name, style),
		paneChips(verifiedChip()),
	}
	if len(d.history) > 0 {
		if note := paneNote(d.history[0]); note != nil {
			parts = append(parts, note)
		}
	}
	facts := knownFacts(
		do.nameable(kit.Fact{Label: say("Tenant"), Value: t.ID}, core.NameTenant, t.ID),
		do.nameable(placeFact(t.Place), core.NameProperty, t.PropertyID),
		kit.Fact{Label: say("E-mail"), Value: t.Email},
		kit.Fact{Label: say("Added"), Value: moment(t.Created.In(now.Location()), now)},
	)
	parts = append(parts, kit.NewRule(), paneFacts(facts))
	if len(d.history) > 0 {
		parts = append(parts, kit.NewRule(), paneTitle(say("This tenant so far")),
			kit.Inset(0, 0, 16, 0, kit.NewTimeline(tenantSteps(d.history, now))), newRaw(d.history[0].Body, do.copy, v.pane.update))
	}
	button := kit.NewButton(say("Copy details"), assets.Copy, func() { do.copy(factsText(name, facts)) })
	v.pane.show(say("Tenant %s", t.ID), append(parts, kit.Inset(14, 0, 0, 0, kit.HStack(8, button)))...)
}

// tenantSteps are what AppFolio sent about a tenant, newest first.
func tenantSteps(history []core.Event, now time.Time) []kit.Step {
	var steps []kit.Step
	for i, e := range history[:min(len(history), mostSteps)] {
		t := e.OccurredAt.In(now.Location())
		s := kit.Step{Title: say("Added in AppFolio"), Note: tongue.Clock(t), When: tongue.ShortDate(t, now)}
		if i == 0 {
			s.Moment = kit.Now
		}
		steps = append(steps, s)
	}
	return steps
}

// showAll takes the filters away.
func (v *tenantsView) showAll() { clearFilters(v.search, v.property) }
