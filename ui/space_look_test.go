package ui

import (
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// spaceOffice returns the store of an office with a Developer Space: doorbells,
// and records that were read, with the UUIDs of that API.
func spaceOffice(t *testing.T) *store.DB {
	t.Helper()
	const drain, furnace, closet = "582a53b4-c36e-84ce-9d66-da2600f77668", "66c875a6-aab4-8456-ae34-5d3f6aa1b2c9", "0e07819a-a5d6-84c9-9d63-7f8b90ff8113"
	db := uitest.OpenStore(t, t.TempDir())
	add := func(kind string, at time.Time, d core.Detail) {
		e := uitest.Event(kind+at.String(), at, d, core.Attention{})
		e.Type = kind
		uitest.Add(t, db, e)
	}
	ring := func(topic, id string, at time.Time) {
		add(topic, at, core.Doorbell{Topic: topic, Entity: id, Change: "update"})
	}
	order := func(at time.Time, w core.WorkOrder) {
		ring("work_orders", w.ID, at.Add(-time.Minute))
		add(core.TypeWorkOrderUpdated, at, w)
	}
	dana, luis := uitest.LeaseOf("Dana Whitfield"), uitest.LeaseOf("Luis Cardenas")
	order(uitest.Day(8, 9, 0), core.WorkOrder{Place: core.Place{Property: "Linden House", Unit: "2"}, ID: drain, Status: "Waiting", Vendor: "Tolliver Plumbing", Title: "Bathtub drains slowly", Priority: "High"})
	order(uitest.Day(14, 10, 0), core.WorkOrder{Place: core.Place{Property: "Birchwood Flats", Unit: "1"}, ID: furnace, Number: "1234-1", Status: "Scheduled", Vendor: "Northgate Heating", Title: "Annual furnace service, and a filter for every flat of the house", Priority: "Urgent"})
	add(core.TypePaymentReceived, uitest.Day(17, 12, 0), core.Payment{Place: luis.Place, Lease: luis.Lease, Amount: 1275_00, AmountKnown: true, Method: "echeck"})
	ring("tenants", "97ed8def-4cff-85e2-9b77-a1d9212677f2", uitest.Day(18, 8, 59))
	add(core.TypeNotice, uitest.Day(18, 9, 0), core.Move{Place: dana.Place, ID: "97ed8def-4cff-85e2-9b77-a1d9212677f2", Step: core.NoticeGiven, On: uitest.On(2026, 7, 31)})
	order(uitest.Day(18, 10, 0), core.WorkOrder{Place: core.Place{Property: "Alder Court", Unit: "4A"}, ID: closet, Status: "Scheduled", Vendor: "Handy & Daughter", Priority: "Normal"})
	ring("charges", "b09c077e-87a5-8b6d-b914-0ec1850597c6", uitest.Day(18, 10, 30))
	return db
}

func TestDeveloperSpaceLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	db := spaceOffice(t)
	tests := []struct {
		name string
		look kit.Appearance
		show func(seat)
	}{
		{"space_overview", kit.Light, func(seat) {}},
		{"space_workorders", kit.Light, func(d seat) {
			d.Open(workOrdersSection)
			uitest.TapText(t, d.window, "Work order 0e07819a-a5d6-84c9-9d63-7f8b90ff8113")
		}},
		{"space_activity", kit.Light, func(d seat) { d.Open(activitySection) }},
		{"space_activity_unfolded_dark", kit.Dark, func(d seat) {
			d.Open(activitySection)
			uitest.TapText(t, d.window, "3 doorbells")
			uitest.TapText(t, d.window, "AppFolio says that a charge changed")
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := open(t, db, tt.look, usual)
			tt.show(d)
			looks(t, tt.name, d.UI)
		})
	}
}
