package feeds

import (
	"testing"

	"rentbell/core"
)

func TestAStatusChangeTellsTheStatusBefore(t *testing.T) {
	d := story[order]{of: order{WorkOrderState: core.WorkOrderState{WorkOrder: core.WorkOrder{ID: "7", Status: "Scheduled"}}}}
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
	want := []string{"New", "Assigned", "Scheduled (was Assigned)", "Work done", "Completed"}
	if len(got) != len(want) {
		t.Fatalf("steps %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("step %d is %q, want %q", i, got[i], want[i])
		}
	}
}
