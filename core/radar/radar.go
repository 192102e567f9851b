// Package radar finds what should have come and did not, and what came and should not.
// It is pure: findings follow from events, Terms and a time, and nothing else. It has no
// clock, no store and no float.
//
// Expected rent of a lease and month is what somebody typed, or a table told, or AppFolio
// told, or what is learned: the most frequent sum of the six months before, if three of
// them have it. A learned month is what came in it, payments that were taken back left
// out. Otherwise the rent is unknown, and nothing is late, partial or twice.
//
// A payment counts for the month in which it came in. From the 25th on it counts for the
// next one if its month had its rent by then, or if the lease pays ahead. A negative
// payment takes back the latest earlier one of its size, of at most 60 days before, and
// counts where that one does; one that finds none is a refund, in its own month. A lease
// counts in a month if it has begun on the due day and not ended before the month.
//
// What is found, and from when on:
//
//   - late, partial: from the day after due day and grace, nothing or less than the rent
//     has come. A dollar less is enough. This month and the two before it are looked at.
//   - returned, refund: money was taken back in the last 60 days.
//   - twice: in the last 60 days a payment came within 72 hours of another one of the
//     same month, amount and method, and the month has got more than its rent.
//   - notice: money came in the last 60 days, after "Notice served" was switched on.
//   - no_vendor: an open work order is without a vendor for 24 hours; an urgent one for 4.
//   - untouched: status and vendor of an open work order are the same for 3, 7, 14 days;
//     of an urgent one for 1, 3, 7.
//   - lease_ends: a lease ends in at most 90 days, today included.
//
// Hours and days that count from a moment are elapsed time. Due days and lease ends are
// days of the calendar in the Book's time zone, where a month may be 743 hours long.
package radar

import (
	"math"
	"time"

	"rentbell/core"
)

// Terms are what the rules go by besides events. A Book only reads them.
type Terms struct {
	Default    core.DueRule            // where neither the lease nor its property has a rule
	Properties map[string]core.DueRule // by the property's name
	Leases     map[string]core.LeaseTerms
}

// rule is the one of a lease: its own, or its property's, or the default. One that
// cannot be used counts as none.
func (t Terms) rule(lease core.LeaseTerms, property string) core.DueRule {
	if lease.Rule != nil && lease.Rule.Valid() {
		return *lease.Rule
	}
	if r := t.Properties[property]; r.Valid() {
		return r
	}
	if t.Default.Valid() {
		return t.Default
	}
	return core.DefaultDueRule()
}

// Lengths that count from a moment are elapsed time, whatever the clocks on the wall do.
const (
	recent    = 60 * day // how long what came in is looked at, and how late a return may be
	twiceSpan = 72 * time.Hour
	day       = 24 * time.Hour
)

// monthsBack is how many months before the present one can be late or partial.
const monthsBack = 2

// enough is by how much less than the rent is the rent.
const enough core.Cents = 100

// moment is a time in nanoseconds since 1970, UTC. It ends in 2262: what is later, a
// clock that has lost its battery may say, has never happened yet.
type moment int64

// never is the last moment.
const never moment = math.MaxInt64

func momentOf(t time.Time) moment {
	const perSecond = int64(time.Second)
	switch s := t.Unix(); {
	case s <= math.MinInt64/perSecond:
		return math.MinInt64
	case s >= math.MaxInt64/perSecond:
		return never
	}
	return moment(t.UnixNano())
}

func (m moment) time() time.Time { return time.Unix(0, int64(m)).UTC() }

// since is how long before m another one was; where that is too long to say, the longest.
func (m moment) since(other moment) time.Duration { return m.time().Sub(other.time()) }

// month counts months, so that they can be compared and added to at no cost.
type month int32

func monthOf(m core.Month) month { return month(m.Year*12 + int(m.Month) - 1) }

func (m month) core() core.Month {
	return core.Month{Year: int(m) / 12, Month: time.Month(int(m)%12 + 1)}
}

// startOf is the first moment of a day or, where clocks skip that day, after it.
func startOf(d core.Date, loc *time.Location) moment {
	const step = 15 * time.Minute // offsets are whole quarters of an hour
	t := d.In(loc)                // where midnight does not exist or comes twice, either side of it
	for core.DateOf(t).Before(d) {
		t = t.Add(step)
	}
	for !core.DateOf(t.Add(-step)).Before(d) {
		t = t.Add(-step)
	}
	return momentOf(t)
}
