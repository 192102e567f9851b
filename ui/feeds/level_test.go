package feeds

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
)

// TestAPlaceOfOneLineIsLevel lets a property that is not known stand as high in its
// row as what is beside it, whatever the row showed before.
func TestAPlaceOfOneLineIsLevel(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&kit.Theme{Appearance: kit.Light, Still: true})
	payment, lease, tenant, workOrder := newPaymentRow(), newLeaseRow((&leasesView{}).countdownOf), newTenantRow(), newWorkOrderRow()
	tests := []struct {
		page         string
		row          fyne.Widget
		show         func(core.Place)
		place, other *kit.Text
	}{
		{"Payments", payment, func(p core.Place) {
			payment.show(core.Event{OccurredAt: present, Detail: core.Payment{Place: p, Amount: 1450_00, AmountKnown: true}}, present)
		}, payment.property, payment.amount},
		{"Leases", lease, func(p core.Place) { lease.show(core.LeaseState{Place: p, ID: "20931"}, present) }, lease.property, lease.left},
		{"Tenants", tenant, func(p core.Place) {
			tenant.show(core.TenantState{Tenant: core.Tenant{Place: p, ID: "8812"}, Created: present}, present)
		}, tenant.property, tenant.added},
		{"Work orders", workOrder, func(p core.Place) {
			w := core.WorkOrderState{WorkOrder: core.WorkOrder{Place: p, ID: "1191"}, FirstSeen: present}
			workOrder.show(order{WorkOrderState: w}, present)
		}, workOrder.property, workOrder.age},
	}
	for _, tt := range tests {
		test.NewTempWindow(t, tt.row).Resize(fyne.NewSize(900, kit.RowHigh))
		for _, place := range []core.Place{{}, {Property: "Alder Court"}} {
			tt.show(core.Place{Property: "Alder Court", Unit: "2A"})
			tt.show(place)
			if at, other := top(tt.place), top(tt.other); at != other {
				t.Errorf("%s, %+v: a place of one line begins at %v, and what is beside it at %v", tt.page, place, at, other)
			}
		}
	}
}

// top is where on its window a line begins.
func top(line *kit.Text) float32 {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(line).Y
}
