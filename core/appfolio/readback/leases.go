package readback

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// recent is for how many days the end of a lease is news, before and after it.
const recent = 90

// leaseFacts compares a lease with what was known of it. The first load tells
// running leases as signed, so that the lists know them and when they end.
func (b *book) leaseFacts(was *records.Lease, is records.Lease, c circumstances) []fact {
	if c.first && was == nil {
		if !runs(is, c.today) || !isSigned(is) && !endsSoon(is, c.today) {
			return nil
		}
		return []fact{b.signedFact(is, c, cmp.Or(is.RenewedOn, is.SignedOn, is.Start))}
	}
	c.first = false // the lease was read before, so this is news
	var before records.Lease
	if was != nil {
		before = *was
	}
	switch {
	case !is.RenewedOn.IsZero() && is.RenewedOn != before.RenewedOn:
		f := b.signedFact(is, c, is.RenewedOn)
		f.Data["renewed"] = true
		return []fact{f}
	case isSigned(is) && !isSigned(before):
		return []fact{b.signedFact(is, c, is.SignedOn)}
	case b.toldEnded(before) && runs(is, c.today):
		f := b.signedFact(is, c, is.End) // somebody changed its end; nobody knows on which day
		f.At = c.now
		f.Data["renewed"] = true
		return []fact{f}
	case isSigned(is) && !leaseFlaw(is).IsZero() && leaseFlaw(is) != leaseFlaw(before):
		f := b.signedFact(is, c, is.SignedOn)
		f.ID += ":" + is.Unread + ":" + is.Updated.UTC().Format(time.RFC3339)
		f.At = c.now
		return []fact{f}
	}
	return nil
}

// isSigned reports whether a lease has a day of signing or of renewal, readable or not.
func isSigned(l records.Lease) bool {
	return !l.SignedOn.IsZero() || !unreadFlaw(l.Unread, "SignedOn", "RenewedOn").IsZero()
}

// leaseFlaw is what could not be read of a lease.
func leaseFlaw(l records.Lease) core.Attention {
	return unreadFlaw(l.Unread, "EndOn", "StartOn", "SignedOn", "RenewedOn", "IsMtm", "OccupancyId")
}

// toldEnded reports whether people were told that the lease ended on its present
// end.
func (b *book) toldEnded(l records.Lease) bool {
	end, told := b.ended[l.ID]
	return told && !l.MonthToMonth && end == l.End
}

func (b *book) signedFact(l records.Lease, c circumstances, on core.Date) fact {
	propertyID, unitID := b.home(l.OccupancyID)
	start := l.Start
	for _, t := range b.occupants(l.OccupancyID) {
		start = cmp.Or(start, t.MoveIn)
	}
	data := fields{"lease_id": l.ID, "term_months": months(l)}
	data.setDate("move_in_date", start)
	data.setDate("end_date", l.End)
	data.set("unit_id", unitID)
	data.set("status", l.Status)
	data.setPlace(b.place(propertyID, unitID, l.OccupancyID))
	at := noon(on, c.now.Location())
	if on.IsZero() {
		at = c.now
	}
	if end, told := b.ended[l.ID]; told {
		at = latest(at, end.AddDays(1).In(c.now.Location())) // this must come after what people were told last
	}
	return fact{ID: "lease.signed:" + l.ID + ":" + on.String(), Type: core.TypeLeaseSigned, At: at, Data: data, Past: c.first, Flaw: leaseFlaw(l)}
}

// months is the term of a lease in whole months, as near as they come to the
// first and last day that AppFolio gives; 0 for month to month.
func months(l records.Lease) int {
	if l.MonthToMonth || l.Start.IsZero() || l.End.Before(l.Start) {
		return 0
	}
	about := (l.End.Year-l.Start.Year)*12 + int(l.End.Month) - int(l.Start.Month)
	off := func(n int) int {
		days := l.Start.AddMonths(n).AddDays(-1).DaysUntil(l.End)
		return max(days, -days)
	}
	best := max(about, 1)
	for _, n := range []int{about - 1, about + 1} {
		if n >= 1 && off(n) < off(best) {
			best = n
		}
	}
	return best
}

func runs(l records.Lease, today core.Date) bool {
	return l.MonthToMonth || l.End.IsZero() || !l.End.Before(today)
}

func endsSoon(l records.Lease, today core.Date) bool {
	return !l.MonthToMonth && !l.End.IsZero() && today.DaysUntil(l.End) <= recent
}

// endFacts finds the leases that have ended and were not told. A lease that ended
// long ago is no news, but counts as told.
func (b *book) endFacts(c circumstances) (facts []fact, told map[string]core.Date) {
	told = map[string]core.Date{}
	for _, id := range slices.Sorted(maps.Keys(b.leases)) {
		l := b.leases[id]
		if runs(l, c.today) || b.ended[id] == l.End {
			continue
		}
		told[id] = l.End
		if l.End.DaysUntil(c.today) <= recent {
			facts = append(facts, b.endFact(l, c))
		}
	}
	return facts, told
}

// endFact happens at the start of the day after the last one.
func (b *book) endFact(l records.Lease, c circumstances) fact {
	propertyID, unitID := b.home(l.OccupancyID)
	data := fields{"lease_id": l.ID}
	data.set("unit_id", unitID)
	data.setDate("vacate_date", l.End)
	data.setPlace(b.place(propertyID, unitID, l.OccupancyID))
	return fact{
		ID: "lease.expired:" + l.ID + ":" + l.End.String(), Type: core.TypeLeaseExpired,
		At: l.End.AddDays(1).In(c.now.Location()), Data: data, Past: c.first,
	}
}

// circumstances of a comparison.
type circumstances struct {
	now   time.Time // in the zone that days are counted in
	today core.Date
	first bool // the portfolio is being read for the first time
	filed bool // what is compared stands in a file, which says which lease it is about
	// undated is when that is said to have happened of which no day can be read.
	undated time.Time
}
