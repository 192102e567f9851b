package feeds

import (
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/ui/uitest"
)

func TestIndented(t *testing.T) {
	tests := map[string]string{
		`{"a":1,"b":[]}`: "{\n  \"a\": 1,\n  \"b\": []\n}",
		"no JSON \xff":   "no JSON \ufffd",
		"":               "",
	}
	for body, want := range tests {
		if got := indented([]byte(body)); got != want {
			t.Errorf("%q is shown as %q, want %q", body, got, want)
		}
	}
}

func TestThePaneOfWhatWasReadBackShowsNoIDOfOurs(t *testing.T) {
	paid := core.Payment{Place: core.Place{Tenant: "Dana Whitfield"}, Amount: 1275_00, AmountKnown: true}
	tests := []struct {
		event      core.Event
		want, hide string
	}{
		{core.Event{ID: "receipt:498957260", Type: core.TypePaymentReceived, Detail: paid}, "Read from AppFolio\nContent", "Signature verified"},
		{core.Event{ID: "receipt:498957260", Type: core.TypePaymentReceived, Detail: paid}, "Receipt\n498957260", "Delivery\n"},
		{core.Event{ID: "receipt:498957260:2", Type: core.TypePaymentReceived, Detail: paid}, "Receipt\n498957260\n", "Delivery\n"},
		{core.Event{ID: "tenant.notice:97ed:2026-12-13", Type: core.TypeNotice, Detail: core.Move{ID: "97ed", Step: core.NoticeGiven}}, "Gave notice", "tenant.notice"},
		{core.Event{ID: "work_order:63cf:20261126T172314Z-26425e7f", Type: core.TypeWorkOrderUpdated, Detail: core.WorkOrder{ID: "63cf", Title: "Tap drips"}}, "Tap drips", "20261126"},
		{core.Event{ID: "evt_9:1", Type: core.TypePaymentReceived, Detail: paid}, "Delivery\nevt_9:1\nType\npayment.received", "Receipt\n"},
		{core.Event{ID: "evt_9:1", Type: core.TypePaymentReceived, Detail: paid}, "Signature verified", "Read from AppFolio"},
	}
	for _, tt := range tests {
		d := open(t, uitest.OpenStore(t, t.TempDir()))
		d.do.Open(Activity)
		d.activity.showDetail(tt.event, d.paneActions())
		if got := strings.Join(uitest.Texts(d.window.Content()), "\n"); !strings.Contains(got, tt.want) || strings.Contains(got, tt.hide) {
			t.Errorf("%s: the pane says %q, want %q and no %q", tt.event.ID, got, tt.want, tt.hide)
		}
	}
}

func TestPanesShowNoIDThatTellsNothing(t *testing.T) {
	const id = "8a2bd6d6-8b4d-84cc-8c21-4f5e2d1b0a9c"
	dana := core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"}
	ends := core.LeaseState{Place: dana, ID: id, UnitID: id, MoveIn: uitest.On(2025, 8, 1), Months: 12}
	paid := func(p core.Payment, l core.LeaseState) func(desk) {
		return func(d desk) {
			d.do.Open(Payments)
			d.payments.showDetail(paymentDetail{event: core.Event{OccurredAt: present, Detail: p}, lease: l}, d.paneActions())
		}
	}
	tests := []struct {
		name string
		show func(desk)
		want string
	}{
		{"payment of a lease that ends", paid(core.Payment{Place: dana, Lease: id}, ends), "Lease\nEnds Jul 31, 2026\nName this lease"},
		{"payment of a lease without dates", paid(core.Payment{Place: dana, Lease: id}, core.LeaseState{}), "Lease\nAlder Court 2A\nName this lease"},
		{"payment of no known lease", paid(core.Payment{Place: dana, Lease: "receipt-unit:" + id}, core.LeaseState{}), "Lease\nAlder Court 2A\nName this lease"},
		{"payment of a lease with a number", paid(core.Payment{Place: dana, Lease: "20931"}, ends), "Lease\n20931, to Jul 31, 2026\nName this lease"},
		{"lease", func(d desk) {
			d.do.Open(Leases)
			d.leases.showDetail(leaseDetail{story: story[core.LeaseState]{of: ends}}, d.paneActions())
		}, "Lease\nDana Whitfield\nName this lease\nUnit\nUnit 2A\nName this unit"},
		{"tenant", func(d desk) {
			d.do.Open(Tenants)
			d.tenants.showDetail(story[core.TenantState]{of: core.TenantState{Tenant: core.Tenant{Place: dana, ID: id}}}, d.paneActions())
		}, "Tenant\nDana Whitfield\nName this tenant"},
		{"work order", func(d desk) {
			d.do.Open(WorkOrders)
			d.workOrders.showDetail(story[order]{of: order{WorkOrderState: core.WorkOrderState{WorkOrder: core.WorkOrder{ID: id, Title: "Tap drips"}}}}, d.paneActions())
		}, "Work order\nTap drips"},
	}
	for _, tt := range tests {
		d := open(t, uitest.OpenStore(t, t.TempDir()))
		tt.show(d)
		if got := strings.Join(uitest.Texts(d.window.Content()), "\n"); !strings.Contains(got, tt.want) || strings.Contains(got, id) {
			t.Errorf("%s: the pane says %q, want %q", tt.name, got, tt.want)
		}
	}
}
