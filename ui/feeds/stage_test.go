package feeds

import (
	"slices"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/uitest"
)

func TestStageOf(t *testing.T) {
	lease := func(moveIn core.Date, months int, signed time.Time) core.LeaseState {
		return core.LeaseState{MoveIn: moveIn, Months: months, SignedAt: signed.UTC()}
	}
	old := present.AddDate(-1, 0, 0)
	expired := func(vacate core.Date) core.LeaseState { return core.LeaseState{Expired: true, Vacate: vacate} }
	tests := []struct {
		name  string
		lease core.LeaseState
		want  leaseStage
		ends  string
		left  string
	}{
		{"only known from payments", core.LeaseState{}, activeStage, "", ""},
		{"signed this month", lease(uitest.On(2026, 7, 1), 12, present), signedStage, "Jun 30, 2027", "377"},
		{"signed on the last evening of May", lease(uitest.On(2026, 7, 1), 12, uitest.Day(0, 23, 59)), activeStage, "Jun 30, 2027", "377"},
		{"running", lease(uitest.On(2026, 1, 1), 12, old), activeStage, "Dec 31, 2026", "196"},
		{"month to month", lease(uitest.On(2023, 6, 1), 0, old), activeStage, "None", "No end date"},
		{"ends in sixty days", lease(uitest.On(2025, 8, 18), 12, old), endingStage, "Aug 17, 2026", "60"},
		{"ends in sixty-one", lease(uitest.On(2025, 8, 19), 12, old), activeStage, "Aug 18, 2026", "61"},
		{"ends today", lease(uitest.On(2025, 6, 19), 12, old), endingStage, "Jun 18, 2026", "0"},
		{"ended yesterday", lease(uitest.On(2025, 6, 18), 12, old), endedStage, "Jun 17, 2026", "Over"},
		{"expired", expired(uitest.On(2026, 5, 31)), endedStage, "May 31, 2026", "Over"},
		{"moves out soon", expired(uitest.On(2026, 6, 30)), endingStage, "Jun 30, 2026", "12"},
		{"expired, nobody knows when", expired(core.Date{}), endedStage, "", ""},
	}
	for _, tt := range tests {
		if got := stageOf(tt.lease, present); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, leaseStages[got].name, leaseStages[tt.want].name)
		}
		if ends, left := leaseEnd(tt.lease, present); ends != tt.ends || left != tt.left {
			t.Errorf("%s: ends %q with %q left, want %q and %q", tt.name, ends, left, tt.ends, tt.left)
		}
	}
}

func TestALeaseThatEndsSoonNeedsNoYear(t *testing.T) {
	v := newLeasesView(func() time.Time { return time.Date(2026, 11, 28, 23, 0, 0, 0, newYork) }, nil, nil)
	l := core.LeaseState{Place: core.Place{Tenant: "Mei-Lin Zhou", Property: "Harbor Row", Unit: "2"}, MoveIn: uitest.On(2026, 1, 12), Months: 12}
	if got := uitest.Texts(v.newEnding(l, false)); !slices.Contains(got, "Jan 11") || !slices.Contains(got, "44 days") {
		t.Errorf("in narrow cards it says %q", got)
	}
}

func TestRowsShowNoIDThatTellsNothing(t *testing.T) {
	const id = "8a2bd6d6-8b4d-84cc-8c21-4f5e2d1b0a9c"
	dana := core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"}
	tests := []struct {
		payment core.Payment
		want    string
	}{
		{core.Payment{Place: dana, Lease: id, Memo: "June rent", Reference: "PMT-1"}, "June rent"},
		{core.Payment{Place: dana, Lease: id, Reference: "PMT-1"}, "PMT-1"},
		{core.Payment{Place: dana, Lease: id}, ""},
		{core.Payment{Place: dana, Lease: "20931", Memo: "June rent"}, "Lease 20931"},
		{core.Payment{Lease: id, Memo: "June rent"}, "Name not sent yet"},
	}
	for _, tt := range tests {
		row := newPaymentRow()
		row.show(core.Event{OccurredAt: present, Detail: tt.payment}, present)
		if got := row.lease.Text(); got != tt.want {
			t.Errorf("%+v: below the name stands %q, want %q", tt.payment, got, tt.want)
		}
	}
	row := newTenantRow()
	row.show(core.TenantState{Tenant: core.Tenant{Place: dana, ID: id}}, present)
	if got := row.id.Text(); got != "" {
		t.Errorf("below a tenant's name stands %q", got)
	}
	row.show(core.TenantState{Tenant: core.Tenant{Place: dana, ID: "8812"}}, present)
	if got := row.id.Text(); got != "Tenant 8812" {
		t.Errorf("below a tenant's name stands %q, want Tenant 8812", got)
	}
}
