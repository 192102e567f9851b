package notify

import (
	"testing"

	"rentbell/core"
)

func TestNoticeOfOneFinding(t *testing.T) {
	owed := core.Finding{Lease: "20931", Expected: 139500, Received: 100000}
	of := func(kind core.FindingKind, f core.Finding) core.Finding {
		f.Kind = kind
		return f
	}
	silent := core.Says{}
	for _, tt := range []struct {
		found core.Found
		says  core.Says
		want  Notice
	}{
		{core.Found{Finding: of(core.FindLate, core.Finding{Lease: "20931", Expected: 139500}), Place: dana}, everything, Notice{"Rent is late: $1,395.00 still due", "Dana Whitfield, Alder Court 2A"}},
		{core.Found{Finding: of(core.FindPartial, owed)}, everything, Notice{"Rent paid in part: $395.00 still due", "Lease 20931"}},
		{core.Found{Finding: of(core.FindPartial, owed), Place: dana}, silent, Notice{"Rent paid in part", ""}},
		{core.Found{Finding: of(core.FindReturned, core.Finding{Amount: 131250}), Place: dana}, everything, Notice{"Payment came back: $1,312.50", "Dana Whitfield, Alder Court 2A"}},
		{core.Found{Finding: of(core.FindTwice, core.Finding{Amount: 101000}), Place: dana}, everything, Notice{"Perhaps paid twice: $1,010.00", "Dana Whitfield, Alder Court 2A"}},
		{core.Found{Finding: of(core.FindNotice, core.Finding{Amount: 142000}), Place: dana}, everything, Notice{"Payment although notice was served: $1,420.00", "Dana Whitfield, Alder Court 2A. Look before you accept it."}},
		{core.Found{Finding: core.Finding{Kind: core.FindNoVendor, WorkOrder: "9", Hours: 26}, Place: unit3, Title: "Hallway light flickers"}, everything, Notice{"No vendor for 26 hours", "Hallway light flickers, Alder Court 3B"}},
		{core.Found{Finding: core.Finding{Kind: core.FindUntouched, WorkOrder: "9", Days: 14}, Number: "1182", Title: "Repaint"}, silent, Notice{"Work order untouched for 14 days", "Work order 1182"}},
		{core.Found{Finding: core.Finding{Kind: core.FindLeaseEnds, Lease: "20931", Days: 1}}, everything, Notice{"Lease ends in 1 day", "Lease 20931"}},
	} {
		if got := Of(core.Ring{Found: &tt.found, Count: 1}, tt.says); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.found.Kind, got, tt.want)
		}
	}
}

func TestFindingsBecomeOneDigestAndComeFirst(t *testing.T) {
	late := core.Ring{Count: 3, Findings: map[core.FindingKind]int{core.FindLate: 3}, StillDue: 432500}
	both := core.Ring{Count: 5, Findings: map[core.FindingKind]int{core.FindLate: 3, core.FindUntouched: 2}, StillDue: 432500}
	rent := core.Ring{Count: 1, Event: rentEvent(core.Payment{Place: dana, Amount: 145000, AmountKnown: true}), Feeds: map[core.Feed]int{core.FeedPayments: 1}, Received: 145000}
	for _, tt := range []struct {
		ring core.Ring
		says core.Says
		want Notice
	}{
		{late, everything, Notice{"3 leases are late", "still due: $4,325.00"}},
		{late, core.Says{}, Notice{"3 leases are late", ""}},
		{both, everything, Notice{"3 leases are late", "still due: $4,325.00, and 2 other events"}},
		{merge(rent, late), everything, Notice{"3 leases are late", "still due: $4,325.00, and 1 other event"}},
	} {
		if got := Of(tt.ring, tt.says); got != tt.want {
			t.Errorf("got %+v, want %+v", got, tt.want)
		}
	}
}
