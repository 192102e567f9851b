package uitest

import (
	"fmt"
	"time"

	"rentbell/core"
)

// Radar has findings as values, and what they rest on. It is a news.Reader that reads
// nothing else.
type Radar struct {
	core.Reader
	Found  []core.Found
	Stored []core.Concern
	Events map[uint64]core.Event
	Served map[string]core.LeaseTerms
	Offers []core.Offer
}

// NameOffers implements news.Reader.
func (r Radar) NameOffers() ([]core.Offer, error) { return r.Offers, nil }

// Findings implements news.Radar.
func (r Radar) Findings() []core.Found { return r.Found }

// Terms implements news.Radar.
func (r Radar) Terms(lease string) core.LeaseTerms { return r.Served[lease] }

// Event implements core.Reader.
func (r Radar) Event(seq uint64) (core.Event, error) {
	e, ok := r.Events[seq]
	if !ok {
		return e, fmt.Errorf("event %d: %w", seq, core.ErrNotFound)
	}
	return e, nil
}

// Concerns implements core.Reader.
func (r Radar) Concerns(limit int) ([]core.Concern, error) {
	return r.Stored[:min(limit, len(r.Stored))], nil
}

// LateOn returns a finding of a lease that has paid received of expected cents for June.
func LateOn(t Tenancy, expected, received core.Cents) core.Found {
	f := core.Finding{
		Kind: core.FindLate, Lease: t.Lease, Month: core.Month{Year: 2026, Month: time.June},
		Expected: expected, Received: received, SinceDay: On(2026, 6, 7),
	}
	if received > 0 {
		f.Kind = core.FindPartial
	}
	return core.Found{Finding: f, Place: t.Place}
}

// EndsOn returns a finding of a lease that ends on a day, and the step of its countdown.
func EndsOn(t Tenancy, day core.Date, level int) core.Found {
	return core.Found{Place: t.Place, Finding: core.Finding{
		Kind: core.FindLeaseEnds, Lease: t.Lease, Ends: day, Days: core.DateOf(Present).DaysUntil(day), Level: level,
	}}
}

// Stuck returns a finding of a work order that has not changed since a time, or has had
// no vendor since then.
func Stuck(kind core.FindingKind, id, title string, at core.Place, since time.Time) core.Found {
	waited := Present.Sub(since)
	f := core.Finding{Kind: kind, WorkOrder: id, Since: since.UTC(), Seqs: []uint64{1}}
	if kind == core.FindNoVendor {
		f.Hours = int(waited / time.Hour)
	} else {
		f.Days, f.Level = core.WorkOrderClock{}.Ladder()[1], 2
	}
	return core.Found{Finding: f, Place: at, Title: title}
}

// OfficeRadar is what the sample office has to look at.
func OfficeRadar() Radar {
	june := core.Month{Year: 2026, Month: time.June}
	person := func(lease, tenant, property, unit string) Tenancy {
		return Tenancy{Lease: lease, Place: core.Place{Tenant: tenant, Property: property, Unit: unit}}
	}
	payment := func(kind core.FindingKind, t Tenancy, amount core.Cents, since time.Time, seqs ...uint64) core.Found {
		return core.Found{Place: t.Place, Finding: core.Finding{Kind: kind, Lease: t.Lease, Month: june, Amount: amount, Since: since.UTC(), Seqs: seqs}}
	}
	quarantined := core.Quarantined{Seq: 4312, ReceivedAt: Day(17, 9, 58).UTC(), Reason: core.ReasonNoType, Body: []byte(`{"id":"1"}`)}
	r := Radar{
		Found: []core.Found{
			payment(core.FindNotice, person("50011", "Marisol Vega", "Alder Court", "3C"), 1420_00, Day(18, 7, 52), 90),
			payment(core.FindReturned, person("50012", "Omar Haddad", "Birchwood Flats", "3"), 1312_50, Day(16, 9, 0), 20, 80),
			LateOn(person("50013", "Devon Park", "Linden House", "2"), 1450_00, 0),
			LateOn(person("50014", "Wei Castellano", "Harbor Row", "1"), 1475_00, 0),
			LateOn(person("50015", "Ingrid Solberg", "27 Quarry Lane", "House"), 1400_00, 0),
			LateOn(person("50016", "Kofi Mensah", "Alder Court", "1A"), 1400_00, 917_50),
			LateOn(LeaseOf("Terrence Cole"), 1500_00, 1000_00),
			payment(core.FindTwice, person("50017", "Claire Fontenot", "Linden House", "5"), 1010_00, Day(3, 9, 0), 10, 12),
			Stuck(core.FindNoVendor, "1193", "Hallway light flickers", core.Place{Property: "Birchwood Flats", Unit: "Common area"}, Day(17, 8, 40)),
			Stuck(core.FindUntouched, "1182", "Repaint before move-in", core.Place{Property: "Birchwood Flats", Unit: "7"}, Day(9, 10, 12)),
			Stuck(core.FindUntouched, "1184", "Smoke detector chirps", core.Place{Property: "Linden House", Unit: "1"}, Day(11, 9, 0)),
			EndsOn(LeaseOf("Gabriela Fuentes"), On(2026, 7, 2), 30),
			EndsOn(LeaseOf("Terrence Cole"), On(2026, 7, 11), 30),
		},
		Stored: []core.Concern{{ID: 7, Quarantined: &quarantined, Count: 4312}},
		Events: map[uint64]core.Event{
			10: Payment("claire", Day(1, 9, 0), person("50017", "Claire Fontenot", "Linden House", "5"), 1010_00, "echeck"),
			20: Payment("omar", Day(9, 9, 0), person("50012", "Omar Haddad", "Birchwood Flats", "3"), 1312_50, "check"),
		},
		Served: map[string]core.LeaseTerms{"50011": {Notice: Day(12, 9, 0).UTC(), NoticeOn: On(2026, 6, 12)}},
	}
	return r
}
