package ui

import (
	"testing"

	"rentbell/core"
)

func TestADoorbellIsASentence(t *testing.T) {
	tests := []struct {
		bell  core.Doorbell
		title string
		note  string
	}{
		{core.Doorbell{Topic: "work_orders", Entity: "9a1f", Change: "update"}, "AppFolio says that a work order changed", "9a1f"},
		{core.Doorbell{Topic: "lead_updates"}, "AppFolio says that a lead changed", ""},
		{core.Doorbell{Topic: "charges", Entity: "7", Change: "create"}, "AppFolio says that a charge was added", "7"},
		{core.Doorbell{Topic: "tenants", Entity: "8", Change: "destroy"}, "AppFolio says that a tenant was deleted", "8"},
		{core.Doorbell{Topic: "owner_groups", Change: "update"}, "AppFolio says that something (owner groups) changed", ""},
	}
	for _, tt := range tests {
		e := core.Event{Type: tt.bell.Topic, Detail: tt.bell}
		if got := eventTitle(e); got != tt.title {
			t.Errorf("%+v: title %q, want %q", tt.bell, got, tt.title)
		}
		if got := eventNote(e, present); got != tt.note {
			t.Errorf("%+v: note %q, want %q", tt.bell, got, tt.note)
		}
		if got := trayEventText(e); got != tt.title {
			t.Errorf("%+v: in the tray %q, want %q", tt.bell, got, tt.title)
		}
	}
}

func TestATypeThatIsOnlyListedIsReadable(t *testing.T) {
	tests := map[string]string{
		"tenant.notice":    "Tenant gave notice",
		"tenant.moved_in":  "Tenant moved in",
		"tenant.moved_out": "Tenant moved out",
		"vendor.updated":   "Delivery, vendor updated",
		"unit-painted":     "Delivery, unit painted",
	}
	for name, want := range tests {
		if got := eventTitle(core.Event{Type: name}); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestAStatusChangeTellsTheStatusBefore(t *testing.T) {
	d := workOrderDetail{order: core.WorkOrderState{WorkOrder: core.WorkOrder{ID: "7", Status: "Scheduled"}}}
	for _, step := range []struct{ status, body string }{
		{"Scheduled", `{"data":{"previous_status":"Assigned"}}`},
		{"Assigned", `{"data":{"previous_status":7}}`},
		{"New", `{}`},
	} {
		w := core.WorkOrder{ID: "7", Status: step.status}
		d.history = append(d.history, core.Event{OccurredAt: present, Detail: w, Body: []byte(step.body)})
	}
	var got []string
	for _, s := range workOrderSteps(d, present) {
		got = append(got, s.Title)
	}
	want := []string{"New", "Assigned", "Assigned → Scheduled", "Work done", "Completed"}
	if len(got) != len(want) {
		t.Fatalf("steps %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("step %d is %q, want %q", i, got[i], want[i])
		}
	}
}
