package readback

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/space"
	"rentbell/core/appfolio/sandbox/story"
)

// openOffice is the AppFolio of a small office, which nobody has read yet.
func openOffice(t *testing.T, c space.Config) *playedDay {
	d := &playedDay{T: t, dir: t.TempDir(), clock: &clock{now: time.Date(2026, 6, 18, 15, 0, 0, 0, time.Local)}}
	c.Seed, c.Units, c.Past, c.Now = 7, 40, 60*24*time.Hour, d.clock.Now
	c.Interval, c.RepeatEvery, c.Attempts, c.Backoff = -1, -1, 3, time.Millisecond
	c.DatabaseLimits, c.ReportsLimits = []space.Limit{}, []space.Limit{}
	d.open(c)
	return d
}

// look has everything that is due read.
func (d *playedDay) look() {
	d.Helper()
	d.turn()
	if d.session.database.err != nil || d.session.reports.err != nil {
		d.Fatal(d.session.database.err, d.session.reports.err)
	}
}

// paymentsOf are the payments told of a receipt, oldest first.
func (d *playedDay) paymentsOf(receipt int) (all []string) {
	d.Helper()
	d.each(func(e core.Event) {
		p, ok := e.Detail.(core.Payment)
		if id := "receipt:" + strconv.Itoa(receipt); !ok || e.ID != id && e.ID != id+":2" && e.ID != id+":3" {
			return
		}
		amount := "no amount"
		if p.AmountKnown {
			amount = p.Amount.Decimal()
		}
		line := fmt.Sprint(core.DateOf(e.OccurredAt.In(time.Local)), " ", amount)
		if !e.Attention.IsZero() {
			line += fmt.Sprint(" ", e.Attention.Field, " ", e.Attention.Reason)
		}
		all = append(all, line)
	})
	return all
}

func TestHousesWithoutANameAndTenantsWithoutAnAddressAreListed(t *testing.T) {
	t.Parallel()
	d := openOffice(t, space.Config{Plain: true})
	d.look()
	tenants, err := d.db.Tenants()
	if err != nil {
		t.Fatal(err)
	}
	listed := 0
	for _, is := range d.space.Truth().Tenants {
		if is.Status != "Past" {
			listed++
		}
	}
	if len(tenants) != listed || listed == 0 {
		t.Errorf("%d tenants are listed, want %d", len(tenants), listed)
	}
	for _, tenant := range tenants {
		if tenant.Email != "" || !strings.HasPrefix(tenant.Property, "1 ") || tenant.Tenant.Tenant == "" {
			t.Errorf("listed as %+v, want a name and the address", tenant.Tenant)
		}
	}
	d.each(func(e core.Event) {
		if !e.Attention.IsZero() {
			t.Errorf("%s is flagged: %v", e.ID, e.Attention)
		}
	})
}

func TestWorkOrdersGoByTheirNumbers(t *testing.T) {
	t.Parallel()
	d := openOffice(t, space.Config{})
	d.look()
	numbers := map[string]string{}
	for _, w := range d.space.Truth().WorkOrders {
		numbers[w.ID] = w.Number
	}
	orders, err := d.db.WorkOrders()
	if err != nil || len(orders) == 0 {
		t.Fatalf("%d work orders, %v", len(orders), err)
	}
	for _, w := range orders {
		if w.Number == "" || w.Called() != numbers[w.ID] {
			t.Errorf("work order %s is called %q, want %q", w.ID, w.Called(), numbers[w.ID])
		}
	}
}

func TestTenantsWhoComeAndGoAreFacts(t *testing.T) {
	t.Parallel()
	d := openOffice(t, space.Config{})
	d.look()
	d.clock.advance(40 * 24 * time.Hour)
	for range 400 { // facts, among them a month's decisions to stay or to leave
		d.space.Happen()
	}
	d.look()
	steps := map[core.MoveStep]int{}
	d.each(func(e core.Event) {
		m, ok := e.Detail.(core.Move)
		if !ok {
			return
		}
		steps[m.Step]++
		if m.ID == "" || m.PropertyID == "" || m.Tenant == "" || m.Property == "" || m.Unit == "" || m.On.IsZero() || !e.Attention.IsZero() {
			t.Errorf("%s: %+v, %v, want who, where and from when", e.ID, m, e.Attention)
		}
	})
	if steps[core.MovedIn] == 0 || steps[core.NoticeGiven] == 0 {
		t.Errorf("told %v, want that tenants moved in and gave notice", steps)
	}
}

func TestReceiptsAreReadHoweverAnOfficeWritesThem(t *testing.T) {
	t.Parallel()
	for _, report := range []space.Config{{}, {ReportWrapped: true, ReportByGet: true, ReportPage: 7}} {
		d := openOffice(t, report)
		receipts := d.space.Truth().Receipts
		cases := []struct {
			amount, date any
			want         string
		}{
			{"(500.00)", "06/10/2026", "2026-06-10 -500.00"},
			{"$-1,250.00", "2026-06-11", "2026-06-11 -1250.00"},
			{"1,250", "June 12, 2026", "2026-06-12 1250.00"},
			{nil, "2026-06-12", "2026-06-12 no amount amount_cents missing"},
			{"", "2026-06-12", "2026-06-12 no amount amount_cents missing"},
			{"12.345", "2026-06-12", "2026-06-12 no amount amount_cents wrong-kind"},
			{"75.00", nil, "2026-06-18 75.00 receipt_date missing"},
			{"75.00", "02/30/2026", "2026-06-18 75.00 receipt_date wrong-kind"},
		}
		idOf := func(i int) int {
			id, err := strconv.Atoi(receipts[len(receipts)-1-i].ID)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		for i, tt := range cases {
			if err := d.space.Spell(idOf(i), tt.amount, tt.date); err != nil {
				t.Fatal(err)
			}
		}
		d.look()
		d.clock.advance(20 * time.Minute)
		d.look()
		for i, tt := range cases {
			if got := d.paymentsOf(idOf(i)); len(got) != 1 || got[0] != tt.want {
				t.Errorf("%v of %v: got %q, want %q", tt.amount, tt.date, got, tt.want)
			}
		}
	}
}

// TestRentsOfRecordsAreKept compares them with the portfolio, name by name.
func TestRentsOfRecordsAreKept(t *testing.T) {
	d := openOffice(t, space.Config{})
	d.look()
	rents := map[string]core.Cents{}
	for _, l := range story.Lettings(40) {
		rents[l.Tenant] = l.Rent
	}
	terms, err := d.db.Terms()
	if err != nil {
		t.Fatal(err)
	}
	leases, err := d.db.Leases()
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, l := range leases {
		want, known := rents[l.Tenant]
		if !known { // somebody new, who pays something else
			continue
		}
		if told++; terms[l.ID].Told == nil || *terms[l.ID].Told != want {
			t.Errorf("%s: %v, want %s", l.Tenant, terms[l.ID].Told, want.Decimal())
		}
	}
	if told < 20 {
		t.Errorf("only %d of %d leases are of the portfolio", told, len(leases))
	}
}
