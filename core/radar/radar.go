// Package radar finds what should have come and did not, and what came and should not:
// late rent, a payment that was taken back, a work order that nobody touches, a lease
// that ends.
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
