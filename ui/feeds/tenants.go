package feeds

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

var tenantColumns = frame.Columns{
	{Title: "Tenant", Width: 170, Grow: 3},
	{Title: "Property", Width: 140, Grow: 2},
	{Title: "E-mail", Width: 176, Grow: 3},
	{Title: "Added", Width: 96, Right: true, Falling: true},
}

// tenantAddedColumn is the one that tenants are sorted by at first.
const tenantAddedColumn = 4

// tenantOrders are how the columns sort them.
var tenantOrders = columnOrders[core.TenantState]{
	byText(func(t core.TenantState) string { name, _ := words.NameOf(t.Tenant); return name }),
	byText(func(t core.TenantState) string { return placeText(t.Place) }),
	byText(func(t core.TenantState) string { return t.Email }),
	func(a, b core.TenantState) (int, int) { return a.Created.Compare(b.Created), 0 },
}

// tenantsView is the Tenants page.
type tenantsView struct{ memoryPage[core.TenantState] }

func newTenantsView(now func() time.Time) *tenantsView {
	v := &tenantsView{}
	v.make(now, listKind[core.TenantState]{
		title: words.Say("Tenants"), seek: words.Say("Search tenants"), columns: tenantColumns,
		begin:     frame.Order{Column: tenantAddedColumn, Falling: true},
		row:       func() row[core.TenantState] { return newTenantRow() },
		noneFound: words.Say("No tenants found"), noneMatches: words.Say("None of your tenants match what you are looking for."),
	}, memoryKind[core.TenantState]{
		rows: &sortedRows[core.TenantState]{
			id:     func(t core.TenantState) string { return t.ID },
			orders: func() columnOrders[core.TenantState] { return tenantOrders },
		},
		place: func(t core.TenantState) core.Place { return t.Place },
		texts: func(t core.TenantState) []string { return []string{t.Email, t.ID} },
		found: func(n int) string { return words.SayN(n, "%s tenant found", "%s tenants found", explain.Number(n)) },
	})
	return v
}

// show puts all tenants there are on the screen; fresh are the ids of those
// that have just come.
func (v *tenantsView) show(all []core.TenantState, fresh []string) {
	slices.SortStableFunc(all, func(a, b core.TenantState) int { return b.Created.Compare(a.Created) })
	now, added := v.now(), 0
	for _, t := range all {
		if c := t.Created.In(now.Location()); c.Year() == now.Year() && c.Month() == now.Month() {
			added++
		}
	}
	v.put(all, words.SayN(len(all), "%s tenant, %s new in %s", "%s tenants, %s new in %s",
		explain.Number(len(all)), explain.Number(added), words.MonthWord(core.DateOf(now))), fresh)
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
	r.name, r.id, who = kit.NewTwoLines(kit.Strong)
	r.property, r.unit, where = kit.NewTwoLines(kit.Body)
	r.Init(r, &fyne.Container{Layout: tenantColumns, Objects: []fyne.CanvasObject{who, where, r.email, r.added}})
	return r
}

func (r *tenantRow) show(t core.TenantState, now time.Time) {
	showName(r.name, t.Tenant)
	switch {
	case t.Tenant.Tenant == "":
		r.id.Set(words.Say(words.NoName))
	case words.MeaningfulID(t.ID) == "":
		r.id.Set("")
	default:
		r.id.Set(words.Say("Tenant %s", t.ID))
	}
	showPlace(r.property, r.unit, t.Place)
	r.email.Set(t.Email)
	r.added.Set(words.Ago(t.Created.In(now.Location()), now))
	r.Relayout()
}
