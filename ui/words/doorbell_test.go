package words

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
		if got := EventTitle(e); got != tt.title {
			t.Errorf("%+v: title %q, want %q", tt.bell, got, tt.title)
		}
		if got := EventNote(e, present); got != tt.note {
			t.Errorf("%+v: note %q, want %q", tt.bell, got, tt.note)
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
		if got := EventTitle(core.Event{Type: name}); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestDoorbellsAreCounted(t *testing.T) {
	tests := []struct {
		topics []string
		more   bool
		want   string
	}{
		{[]string{"charges"}, false, "1 doorbell: charges"},
		{[]string{"work_orders", "charges", "work_order_updates", "owner_groups"}, true, "4 doorbells or more: work orders, charges, owner groups"},
	}
	for _, tt := range tests {
		if got := Doorbells(len(tt.topics), tt.more) + ": " + TopicsOf(tt.topics); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.topics, got, tt.want)
		}
	}
}
