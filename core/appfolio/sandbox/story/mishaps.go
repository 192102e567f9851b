package story

import (
	"strconv"
	"time"

	"rentbell/core"
)

// What an office has trouble with every month. Each befalls one lease in the last weeks of
// the past, on whatever day that ends.
const (
	owing    = "43834" // pays nothing
	short    = "45869" // pays a part
	bouncing = "44023" // has a payment taken back
	doubling = "43958" // pays twice
	// Served is the lease on which notice was served, NoticeDays before the past ends. A
	// part of its rent comes after that.
	Served = "43640"
)

// NoticeDays is how many days before the end of the past notice is served.
const NoticeDays = 5

const (
	arrears = 38 // days before the end of the past in which rent is not paid
	settled = 7  // days before it by which other trouble has begun: between the two there is one rent
)

// mishap plans the rent of a lease that has trouble, and reports whether it has.
func (s *Story) mishap(t *Tenancy, due core.Date, at time.Time, memo string) bool {
	ago := due.DaysUntil(core.DateOf(s.to))
	unpaid := ago >= 0 && ago < arrears
	once := unpaid && ago >= settled
	switch {
	case t.Lease == owing && unpaid, t.Lease == Served && unpaid:
	case t.Lease == short && once:
		s.pay(t, at, t.Rent*6/10/roundPart*roundPart, memo+", in part")
	case t.Lease == bouncing && once:
		s.pay(t, at, t.Rent, memo)
		s.pay(t, at.Add(99*time.Hour), -t.Rent, "Returned payment")
	case t.Lease == doubling && once:
		s.pay(t, at, t.Rent, memo)
		s.pay(t, at.Add(26*time.Hour), t.Rent, memo)
	default:
		return false
	}
	return true
}

// planStuck plans what comes late in the past and is left lying: a part of a rent after
// notice was served, and work orders that nobody touches.
func (s *Story) planStuck() {
	for _, t := range s.Tenancies {
		if t.Lease == Served {
			s.pay(t, s.to.Add(-28*time.Hour), t.Rent*4/10/roundPart*roundPart, "Rent, in part")
		}
	}
	for range max(1, s.units/Units) {
		s.leaveLying("Hallway light flickers", "New", nil, 51*time.Hour)
		s.leaveLying("Repaint before move-in", "Scheduled", &jobs[0].vendor, 9*24*time.Hour)
		s.leaveLying("Garage door opener", "Waiting", &jobs[1].vendor, 15*24*time.Hour)
	}
}

// leaveLying plans a work order of which nothing is heard any more.
func (s *Story) leaveLying(title, status string, vendor *string, ago time.Duration) {
	at := s.to.Add(-ago)
	of := s.anybody(core.DateOf(at))
	s.order++
	order := WorkOrder{ID: strconv.Itoa(s.order), Status: status, Vendor: vendor, Title: title, Priority: "Normal", names: of.shown}
	s.add(repairs, beat{at, of, core.TypeWorkOrderUpdated, func(time.Time) any { return order }})
}
