package radar_test

import (
	"fmt"
	"testing"

	"rentbell/core"
)

// step is a work order's event: its status, vendor and priority.
func step(status, vendor, priority string) core.WorkOrder {
	return core.WorkOrder{ID: "1191", Status: status, Vendor: vendor, Priority: priority}
}

func noVendor(hours int, since string, seq int) string {
	return fmt.Sprintf(`{"kind":"no_vendor","work_order_id":"1191","hours":%d,"since":"%s","seqs":[%d]}`, hours, since, seq)
}

func untouched(days int, since string, seq int) string {
	return fmt.Sprintf(`{"kind":"untouched","work_order_id":"1191","days":%d,"since":"%s","seqs":[%d]}`, days, since, seq)
}

func TestAnOpenWorkOrderWithoutAVendor(t *testing.T) {
	const since = "2026-06-01T14:00:00Z"
	l := newLedger(t, "America/Chicago").add("2026-06-01 09:00", step("New", "", "Normal"))
	l.want("2026-06-02 08:59:59")
	l.want("2026-06-02 09:00", noVendor(24, since, 1))
	l.want("2026-06-02 10:59:59", noVendor(25, since, 1))
	l.add("2026-06-02 09:30", step("Estimated", "", "")) // another status: it goes on counting
	l.want("2026-06-02 10:59:59", noVendor(25, since, 1))
	l.add("2026-06-02 10:00", step("Assigned", "Bob", ""))
	l.want("2026-06-02 11:00")
	l.add("2026-06-02 12:00", step("Assigned", "", "")) // taken away
	l.want("2026-06-03 12:00", noVendor(24, "2026-06-02T17:00:00Z", 4))
	l.add("2026-06-03 13:00", step("Completed No Need To Bill", "", ""))
	l.want("2026-06-20")
	l.add("2026-06-20 09:00", step("New", "", "")) // opened again
	l.want("2026-06-21 09:00", noVendor(24, "2026-06-20T14:00:00Z", 6))
}

func TestUrgentOnesHaveLessTime(t *testing.T) {
	const since = "2026-06-01T14:00:00Z"
	for _, priority := range []string{"Urgent", "Emergency", " emergency "} {
		l := newLedger(t, "America/Chicago").add("2026-06-01 09:00", step("New", "", priority))
		l.want("2026-06-01 12:59:59")
		l.want("2026-06-01 13:00", noVendor(4, since, 1))
		l.want("2026-06-08 09:00", noVendor(168, since, 1), untouched(7, since, 1))
	}
	l := newLedger(t, "America/Chicago").add("2026-06-01 09:00", step("New", "", "Urgent")).add("2026-06-01 10:00", step("New", "", ""))
	l.want("2026-06-01 13:00", noVendor(4, since, 1)) // a step that does not say how urgent it is changes nothing
	l.add("2026-06-01 11:00", step("New", "", "Normal"))
	l.want("2026-06-01 13:00")
}

func TestTheClockOfAWorkOrderRunsFromItsLastChange(t *testing.T) {
	const since = "2026-06-01T14:00:00Z"
	l := newLedger(t, "America/Chicago").add("2026-06-01 09:00", step("Assigned", "Bob", "Normal"))
	for _, tt := range []struct {
		at   string
		days int
	}{{"2026-06-04 08:59:59", 0}, {"2026-06-04 09:00", 3}, {"2026-06-08 08:59:59", 3}, {"2026-06-08 09:00", 7}, {"2026-06-15 08:59:59", 7}, {"2026-06-15 09:00", 14}, {"2027-06-15", 14}} {
		var want []string
		if tt.days > 0 {
			want = append(want, untouched(tt.days, since, 1))
		}
		same(t, lines(t, l.book().Findings(l.terms, l.at(tt.at))), want)
	}
	l.add("2026-06-03 09:00", step("Assigned", "Bob", "Low")) // an event, and no change
	l.want("2026-06-04 09:00", untouched(3, since, 1))
	l.add("2026-06-03 10:00", step("Work Done", "Bob", "")) // open still
	l.want("2026-06-04 09:00")
	l.want("2026-06-06 10:00", untouched(3, "2026-06-03T15:00:00Z", 3))
	l.add("2026-06-06 11:00", core.WorkOrder{ID: "1191", Status: "Work Done", Vendor: "Robert", VendorID: "Bob"}) // named here, the same to AppFolio
	l.want("2026-06-06 12:00", untouched(3, "2026-06-03T15:00:00Z", 3))
	l.add("2026-06-06 12:00", step("Canceled", "Bob", ""))
	l.want("2026-07-20")
}

func TestDaysOfAWorkOrderAreElapsedTime(t *testing.T) {
	for _, tt := range []struct{ zone, from, to string }{
		{"America/Chicago", "2026-03-07 12:00", "2026-03-10 13:00"},
		{"America/Chicago", "2026-10-31 12:00", "2026-11-03 11:00"},
		{"Australia/Lord_Howe", "2026-10-03 12:00", "2026-10-06 12:30"},
		{"America/Phoenix", "2026-03-07 12:00", "2026-03-10 12:00"},
		{"America/Chicago", "2028-02-27 12:00", "2028-03-01 12:00"}, // over a leap day
	} {
		l := newLedger(t, tt.zone).add(tt.from, step("Assigned", "Bob", ""))
		if got := len(l.book().Findings(l.terms, l.at(tt.to).Add(-1))); got != 0 {
			t.Errorf("%s: before %s, %d findings", tt.zone, tt.to, got)
		}
		if got := len(l.book().Findings(l.terms, l.at(tt.to))); got != 1 {
			t.Errorf("%s: at %s, %d findings", tt.zone, tt.to, got)
		}
	}
}

func TestWhatAStepDoesNotTellStays(t *testing.T) {
	l := newLedger(t, "America/Chicago").add("2026-06-01 09:00", step("Assigned", "Bob", ""))
	l.add("2026-06-03 09:00", step("", "", ""))
	l.events[1].Attention = core.Attention{Reason: core.ReasonMissing, Field: "assigned_vendor"}
	l.want("2026-06-04 09:00", untouched(3, "2026-06-01T14:00:00Z", 1))
}

func TestStepsOutOfOrder(t *testing.T) {
	l := newLedger(t, "America/Chicago")
	l.add("2026-06-03 09:00", step("New", "", "")).add("2026-06-01 09:00", step("New", "", ""))
	l.want("2026-06-04 09:00", noVendor(72, "2026-06-01T14:00:00Z", 2), untouched(3, "2026-06-01T14:00:00Z", 2))
	l.add("2026-06-02 09:00", step("Completed", "", "")) // late news: it was closed between
	l.want("2026-06-04 09:00", noVendor(24, "2026-06-03T14:00:00Z", 1))
}

func TestClockOfAWorkOrder(t *testing.T) {
	l := newLedger(t, "UTC").add("2026-06-01 09:00", step("New", "", "Urgent")).add("2026-06-02 09:00", step("Estimated", "", ""))
	if _, known := l.book().Clock("1191", l.at("2026-06-01")); known {
		t.Error("it has a clock before anything happened")
	}
	got, _ := l.book().Clock("1191", l.at("2026-06-05 09:00"))
	if want := (core.WorkOrderClock{Changed: l.at("2026-06-02 09:00"), NoVendor: l.at("2026-06-01 09:00"), Urgent: true, Untouched: 3}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	l.add("2026-06-06 09:00", step("Completed", "", ""))
	got, _ = l.book().Clock("1191", l.at("2026-06-20"))
	if want := (core.WorkOrderClock{Changed: l.at("2026-06-06 09:00"), Urgent: true}); got != want {
		t.Errorf("closed: got %+v, want %+v", got, want)
	}
}
