package readback

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

var june18 = circumstances{now: time.Date(2026, 6, 18, 15, 4, 5, 0, time.UTC), today: day("2026-06-18")}

func day(text string) core.Date {
	d, err := core.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func mapleCourt() *book {
	return &book{
		properties: map[string]records.Property{"p": {ID: "p", Name: "Maple Court"}},
		units:      map[string]records.Unit{"u": {ID: "u", PropertyID: "p", Name: "4B", OccupancyID: "o"}},
		tenants:    map[string]records.Tenant{"t": {ID: "t", FirstName: "Dana", LastName: "Whitfield", OccupancyID: "o", UnitID: "u", PropertyID: "p"}},
		leases:     map[string]records.Lease{},
		vendors:    map[string]records.Vendor{"v": {ID: "v", Name: "Oak Line"}},
		ended:      map[string]core.Date{},
	}
}

// told are facts in short, each of which must need no attention.
func told(t *testing.T, facts []fact) string {
	t.Helper()
	var all []string
	for _, f := range facts {
		e, usable := f.event(june18.now)
		if !usable || !e.Attention.IsZero() {
			t.Errorf("%s: usable %v, attention %v", f.ID, usable, e.Attention)
		}
		past := ""
		if e.Past {
			past = "past "
		}
		all = append(all, past+brief(e))
	}
	return strings.Join(all, ", ")
}

func TestWorkOrderFacts(t *testing.T) {
	order := func(status, vendor, priority string) *records.WorkOrder {
		return &records.WorkOrder{ID: "w", Status: status, VendorID: vendor, Priority: priority, UnitID: "u", Updated: june18.now}
	}
	first := june18
	first.first = true
	tests := []struct {
		name    string
		was, is *records.WorkOrder
		c       circumstances
		want    string
	}{
		{"new", nil, order("New", "", "Normal"), june18, "order w New"},
		{"new and done", nil, order("Completed", "v", "Normal"), june18, "order w Completed"},
		{"open at first", nil, order("Waiting", "v", "Low"), first, "past order w Waiting"},
		{"done at first", nil, order("Completed No Need To Bill", "v", "Low"), first, ""},
		{"canceled at first", nil, order("Canceled", "", "Low"), first, ""},
		{"changed while loading", order("New", "", ""), order("Assigned", "v", ""), first, "order w Assigned"},
		{"nothing", order("New", "", "Normal"), order("New", "", "Normal"), june18, ""},
		{"state", order("Assigned", "v", ""), order("Scheduled", "v", ""), june18, "order w Scheduled"},
		{"vendor", order("Assigned", "v", ""), order("Assigned", "v2", ""), june18, "order w Assigned"},
		{"urgent", order("New", "", "Normal"), order("New", "", "Urgent"), june18, "order w New"},
		{"emergency", order("New", "", "High"), order("New", "", "Emergency"), june18, "order w New"},
		{"urgent already", order("New", "", "Urgent"), order("New", "", "Emergency"), june18, ""},
		{"less urgent", order("New", "", "Urgent"), order("New", "", "Low"), june18, ""},
	}
	ids := map[string]bool{}
	for _, tt := range tests {
		facts := mapleCourt().orderFacts(tt.was, *tt.is, tt.c)
		if got := told(t, facts); got != tt.want {
			t.Errorf("%s: told %q, want %q", tt.name, got, tt.want)
		}
		for _, f := range facts {
			ids[f.ID] = true
		}
	}
	if len(ids) != 8 { // as many as there are different states told of
		t.Errorf("%d ids: %v", len(ids), ids)
	}
}

func TestLeaseFacts(t *testing.T) {
	lease := func(start, end, signed, renewed string) *records.Lease {
		parse := func(text string) core.Date {
			if text == "" {
				return core.Date{}
			}
			return day(text)
		}
		return &records.Lease{ID: "l", OccupancyID: "o", Start: parse(start), End: parse(end), SignedOn: parse(signed), RenewedOn: parse(renewed)}
	}
	monthly := lease("2025-01-01", "2026-01-01", "2024-12-01", "")
	monthly.MonthToMonth = true
	first := june18
	first.first = true
	tests := []struct {
		name    string
		was, is *records.Lease
		c       circumstances
		want    string
	}{
		{"draft", nil, lease("2026-07-01", "2027-06-30", "", ""), june18, ""},
		{"new and signed", nil, lease("2026-07-01", "2027-06-30", "2026-06-17", ""), june18, "signed l 12"},
		{"signed", lease("2026-07-01", "2027-06-30", "", ""), lease("2026-07-01", "2027-06-30", "2026-06-17", ""), june18, "signed l 12"},
		{"signed before", lease("2026-07-01", "2027-06-30", "2026-06-17", ""), lease("2026-07-01", "2027-07-31", "2026-06-17", ""), june18, ""},
		{"renewed", lease("2025-07-01", "2026-06-30", "2025-06-17", ""), lease("2026-07-01", "2026-12-31", "2025-06-17", "2026-06-18"), june18, "signed l 6"},
		{"signed and renewed at once", lease("2025-07-01", "", "", ""), lease("2026-07-01", "2027-06-30", "2026-06-17", "2026-06-18"), june18, "signed l 12"},
		{"runs at first", nil, lease("2025-12-01", "2026-11-30", "2025-11-01", ""), first, "past signed l 12"},
		{"on paper, ends soon, at first", nil, lease("2025-07-01", "2026-06-30", "", ""), first, "past signed l 12"},
		{"on paper, at first", nil, lease("2026-01-01", "2026-12-31", "", ""), first, ""},
		{"month to month at first", nil, monthly, first, "past signed l 0"},
		{"extended after it ran out", lease("2025-06-11", "2026-06-10", "2025-06-01", ""), lease("2025-06-11", "2026-09-10", "2025-06-01", ""), june18, "signed l 15"},
		{"ended earlier", lease("2025-06-11", "2026-06-10", "2025-06-01", ""), lease("2025-06-11", "2026-06-01", "2025-06-01", ""), june18, ""},
		{"over at first", nil, lease("2024-01-01", "2024-12-31", "2023-11-01", ""), first, ""},
	}
	for _, tt := range tests {
		b := mapleCourt()
		b.ended["l"] = day("2026-06-10")
		if got := told(t, b.leaseFacts(tt.was, *tt.is, tt.c)); got != tt.want {
			t.Errorf("%s: told %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestTermsAreTheNearestMonths(t *testing.T) {
	for _, tt := range []struct {
		start, end string
		want       int
	}{
		{"2026-01-01", "2026-12-31", 12}, {"2026-01-15", "2027-01-14", 12}, {"2026-01-31", "2026-02-27", 1}, {"2026-06-18", "2026-06-20", 1},
		{"2026-01-01", "2027-01-01", 12}, {"2026-01-01", "2026-06-28", 6}, {"2026-01-01", "2025-01-01", 0},
	} {
		if got := months(records.Lease{Start: day(tt.start), End: day(tt.end)}); got != tt.want {
			t.Errorf("%s to %s: %d months, want %d", tt.start, tt.end, got, tt.want)
		}
	}
}

func TestTenantFacts(t *testing.T) {
	tenant := func(status, in, out string) *records.Tenant {
		r := &records.Tenant{ID: "t", FirstName: "Dana", LastName: "Whitfield", Email: "d@example.com", Status: status, PropertyID: "p", UnitID: "u", Updated: june18.now}
		if in != "" {
			r.MoveIn = day(in)
		}
		if out != "" {
			r.MoveOut = day(out)
		}
		return r
	}
	first := june18
	first.first = true
	tests := []struct {
		name    string
		was, is *records.Tenant
		c       circumstances
		want    string
	}{
		{"new", nil, tenant("Future", "2026-07-01", ""), june18, "tenant t"},
		{"new and in", nil, tenant("Current", "2026-06-01", ""), june18, "tenant t, tenant.moved_in"},
		{"left long ago", nil, tenant("Past", "2020-06-01", "2021-06-01"), june18, ""},
		{"there at first", nil, tenant("Current", "2026-06-01", ""), first, "past tenant t"},
		{"there at first, without e-mail", nil, &records.Tenant{ID: "t", Status: "Current", PropertyID: "p1"}, first, "past tenant t"},
		{"there at first, without a property", nil, &records.Tenant{ID: "t", Status: "Current", Email: "d@example.com"}, first, "past tenant t"},
		{"gone before the first time", nil, tenant("Past", "2020-06-01", "2021-06-01"), first, ""},
		{"moves in", tenant("Future", "2026-06-01", ""), tenant("Current", "2026-06-01", ""), june18, "tenant.moved_in"},
		{"gives notice", tenant("Current", "2026-06-01", ""), tenant("Notice", "2026-06-01", "2026-07-31"), june18, "tenant.notice"},
		{"will leave", tenant("Current", "2026-06-01", ""), tenant("Current", "2026-06-01", "2026-07-31"), june18, "tenant.notice"},
		{"said so before", tenant("Current", "2026-06-01", "2026-07-31"), tenant("Notice", "2026-06-01", "2026-07-31"), june18, ""},
		{"moves out", tenant("Notice", "2026-06-01", "2026-07-31"), tenant("Past", "2026-06-01", "2026-07-31"), june18, "tenant.moved_out"},
		{"leaves without a word", tenant("Current", "2026-06-01", ""), tenant("Past", "2026-06-01", "2026-06-18"), june18, "tenant.moved_out"},
		{"came and went", tenant("Future", "2026-06-01", ""), tenant("Past", "2026-06-01", "2026-06-18"), june18, "tenant.moved_in, tenant.moved_out"},
		{"new address", tenant("Current", "2026-06-01", ""), tenant("Current", "2026-06-02", ""), june18, ""},
	}
	for _, tt := range tests {
		if got := told(t, mapleCourt().tenantFacts(tt.was, *tt.is, tt.c)); got != tt.want {
			t.Errorf("%s: told %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLeaseThatRunsOutIsToldTheDayAfter(t *testing.T) {
	t.Parallel()
	work(t, func(w *atWork) {
		ends := date(time.Now().AddDate(0, 0, 3))
		put(w.office, w.office.leases, "l1", records.Lease{ID: "l1", OccupancyID: "o1", Start: ends.AddMonths(-12), End: ends,
			SignedOn: ends.AddMonths(-12), Updated: time.Now().UTC()})
		long := ends.AddDays(-recent - 10)
		put(w.office, w.office.leases, "old", records.Lease{ID: "old", Start: long.AddMonths(-12), End: long, SignedOn: long, Updated: time.Now().UTC()})
		put(w.office, w.office.leases, "monthly", records.Lease{ID: "monthly", End: ends, MonthToMonth: true, Updated: time.Now().UTC()})
		w.later(time.Until(ends.AddDays(1).In(time.Local)) - time.Second)
		if got := w.news(); slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "expired") }) {
			t.Errorf("told %q too early", got)
		}
		w.later(lookEvery + 2*time.Second)
		w.later(3 * 24 * time.Hour)
		w.stop()
		w.start()
		want := fmt.Sprint("expired l1 ", ends)
		if got := w.news(); len(got) == 0 || got[len(got)-1] != want || slices.Index(got, want) != len(got)-1 {
			t.Errorf("told %q, want it to end with %q, once", got, want)
		}
		last := w.events()[len(w.events())-1]
		if d := last.Detail.(core.LeaseExpired); d.UnitID != "u1" || d.Tenant != "Dana Whitfield" || !last.Attention.IsZero() {
			t.Errorf("got %+v, %v", d, last.Attention)
		}
	})
}

func TestRenewedWhileAwayIsNotRunOut(t *testing.T) {
	t.Parallel()
	work(t, func(w *atWork) {
		soon := w.office.leases["l1"][0].value
		soon.End, soon.Updated = date(time.Now().AddDate(0, 0, 2)), time.Now().UTC()
		w.ring("leases", "l1", "update", soon.Updated)
		put(w.office, w.office.leases, "l1", soon)
		w.later(time.Hour)
		w.office.fail("leases", &core.Refused{Status: 503})
		end := soon.End
		renewed := soon
		renewed.Start, renewed.End, renewed.RenewedOn = end.AddDays(1), end.AddMonths(12), end.AddDays(-1)
		w.later(time.Until(end.In(time.Local)))
		renewed.Updated = time.Now().UTC()
		put(w.office, w.office.leases, "l1", renewed)
		w.later(5 * 24 * time.Hour)
		w.want()
		w.office.fail("leases", nil)
		w.later(mostPause)
		w.want("signed l1 12")
	})
}

func TestVendorNobodyRangForIsLookedUp(t *testing.T) {
	work(t, func(w *atWork) {
		put(w.office, w.office.vendors, "v9", records.Vendor{ID: "v9", Name: "Bright Electric"})
		now := time.Now().UTC()
		put(w.office, w.office.orders, "w1", records.WorkOrder{ID: "w1", Status: "Assigned", VendorID: "v9", Updated: now})
		put(w.office, w.office.orders, "w2", records.WorkOrder{ID: "w2", Status: "Assigned", VendorID: "nobody", Updated: now})
		w.ring("work_orders", "w1", "update", now)
		w.ring("work_orders", "w2", "update", now)
		w.later(gather)
		for i, want := range []string{"Bright Electric", "nobody"} {
			if d := w.events()[i+2].Detail.(core.WorkOrder); d.Vendor != want {
				t.Errorf("vendor %q, want %q", d.Vendor, want)
			}
		}
	})
}

// flaws are the attention that facts need.
func flaws(facts []fact) (all []core.Attention) {
	for _, f := range facts {
		e, _ := f.event(june18.now)
		all = append(all, e.Attention)
	}
	return all
}

func TestWhatIsUnreadableInARecordNeedsAttention(t *testing.T) {
	first, time18 := june18, june18.now
	first.first = true
	end := day("2027-06-30")
	order := records.WorkOrder{ID: "w", Status: "New", Updated: time18}
	lease := records.Lease{ID: "l", OccupancyID: "o", Start: day("2026-07-01"), End: end, SignedOn: day("2026-06-17"), Updated: time18}
	tenant := records.Tenant{ID: "t", FirstName: "Dana", Email: "d@example.com", Status: "Current", PropertyID: "p", MoveIn: day("2026-06-01"), Updated: time18}
	odd := func(field string) core.Attention { return core.Attention{Reason: core.ReasonWrongKind, Field: field} }
	late := core.Attention{Reason: core.ReasonTime, Field: "created_at"}
	for _, tt := range []struct {
		name   string
		unread string
		c      circumstances
		known  bool
		want   core.Attention
	}{
		{"order", "VendorId", june18, false, odd("assigned_vendor")}, {"order", "JobDescription", first, false, odd("JobDescription")},
		{"order", "VendorId", june18, true, odd("assigned_vendor")}, {"order", "LastUpdatedAt", june18, true, late}, {"order", "CreatedAt", june18, true, core.Attention{}},
		{"lease", "EndOn", june18, false, odd("end_date")}, {"lease", "EndOn", first, false, odd("end_date")}, {"lease", "EndOn", june18, true, odd("end_date")},
		{"lease", "SignedOn", june18, false, odd("SignedOn")}, {"lease", "SignedOn", first, false, odd("SignedOn")}, {"lease", "LastUpdatedAt", june18, true, core.Attention{}},
		{"lease", "EndOn,SignedOn", june18, true, odd("end_date")},
		{"tenant", "FirstName", june18, false, odd("tenant_name")}, {"tenant", "FirstName", first, false, odd("tenant_name")}, {"tenant", "MoveInOn", june18, true, odd("move_in_date")},
		{"tenant", "MoveOutOn", june18, true, odd("vacate_date")}, {"tenant", "LastUpdatedAt", june18, false, late}, {"tenant", "Phone", june18, true, core.Attention{}},
	} {
		var facts []fact
		b := mapleCourt()
		switch w, l, r := order, lease, tenant; tt.name {
		case "order":
			var was *records.WorkOrder
			if w.Unread = tt.unread; tt.known {
				was = &order
			}
			facts = b.orderFacts(was, w, tt.c)
		case "lease":
			var was *records.Lease
			if l.Unread = tt.unread; tt.known {
				was = &lease
			}
			if strings.Contains(tt.unread, "SignedOn") {
				l.SignedOn = core.Date{}
			}
			facts = b.leaseFacts(was, l, tt.c)
		case "tenant":
			var was *records.Tenant
			if r.Unread = tt.unread; tt.known {
				was = &tenant
			}
			facts = b.tenantFacts(was, r, tt.c)
		}
		got := flaws(facts)
		if tt.want.IsZero() && len(got) > 0 || !tt.want.IsZero() && !slices.Contains(got, tt.want) {
			t.Errorf("%s with unreadable %s, known %v: %v, want %v", tt.name, tt.unread, tt.known, got, tt.want)
		}
		for _, f := range facts {
			if e, _ := f.event(time18); e.OccurredAt.Year() < 2026 {
				t.Errorf("%s with unreadable %s: happened at %v", tt.name, tt.unread, e.OccurredAt)
			}
		}
	}
}

func TestRecordsWithoutAUsableIDAreToldOnceAndFlagged(t *testing.T) {
	work(t, func(w *atWork) {
		now := time.Now().UTC()
		put(w.office, w.office.orders, "", records.WorkOrder{Number: "1191", Status: "New", Updated: now})
		put(w.office, w.office.leases, "", records.Lease{Start: date(now), Updated: now})
		put(w.office, w.office.tenants, "", records.Tenant{FirstName: "Pat", Email: "p@example.com", PropertyID: "p1", Updated: now})
		long := strings.Repeat("w", 600)
		put(w.office, w.office.orders, long, records.WorkOrder{ID: long, Status: "New", Updated: now})
		w.later(4 * lookEvery)
		found := map[core.Attention]int{}
		for _, e := range w.events()[2:] {
			found[e.Attention]++
			if !e.ReadBack() {
				t.Errorf("%s claims a signature", e.ID)
			}
		}
		for _, field := range []string{"work_order_id", "lease_id", "tenant_id"} {
			if found[core.Attention{Reason: core.ReasonMissing, Field: field}] != 1 {
				t.Errorf("told %v, want one without %s", found, field)
			}
		}
		if found[core.Attention{Reason: core.ReasonWrongKind, Field: "work_order_id"}] != 1 || len(w.events()) != 6 {
			t.Errorf("told %v, want one with too long an id", found)
		}
	})
}

func TestRecordWithoutATimeOfChangeIsNoOldOne(t *testing.T) {
	work(t, func(w *atWork) {
		w.order("1", "New")
		w.later(lookEvery)
		for i, ahead := range []int{-1, 7000, 0} {
			updated := time.Now().UTC().AddDate(ahead, 0, 0)
			if ahead < 0 {
				updated = time.Time{}
			}
			w.ring("work_orders", "1", "update", time.Now())
			put(w.office, w.office.orders, "1", records.WorkOrder{ID: "1", Status: fmt.Sprint("Waiting ", i), Updated: updated})
			w.later(time.Hour)
		}
		w.want("order 1 New", "order 1 Waiting 0", "order 1 Waiting 1", "order 1 Waiting 2")
	})
}

func TestDaysOfRecordsMayBeOldOrAheadButNotAbsurd(t *testing.T) {
	for at, right := range map[string]bool{
		"1996-07-01T12:00:00Z": true, "2026-06-25T12:00:00Z": true,
		"0001-01-01T00:00:00Z": false, "1900-01-01T12:00:00Z": false, "2062-06-18T12:00:00Z": false, "9999-12-31T12:00:00Z": false,
	} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		f := fact{ID: "f", Type: core.TypeLeaseSigned, At: when, Data: fields{"lease_id": "1", "move_in_date": "1996-07-01", "term_months": 12}}
		want, flaw := when, core.Attention{}
		if !right {
			want, flaw = june18.now, core.Attention{Reason: core.ReasonTime, Field: "created_at"}
		}
		if e, _ := f.event(june18.now); !e.OccurredAt.Equal(want) || e.Attention != flaw {
			t.Errorf("%s: happened at %v, %v", at, e.OccurredAt, e.Attention)
		}
	}
}
