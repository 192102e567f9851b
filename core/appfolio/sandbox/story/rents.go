package story

import (
	"fmt"
	"time"

	"rentbell/core"
)

const (
	splitOne  = 14 // in so many rents is paid in two parts
	refundOne = 60 // in so many is too much, and some of it goes back
	extras    = 2  // smaller payments a month
	autopayBy = 10 // o'clock

	roundPart = 50_00 // the first part of a split rent is a multiple of it
	deposit   = 500_00
	minRefund = 40_00
	maxRefund = 120_00
)

// planRents plans a month's payments of all who lived here when it began.
func (s *Story) planRents(first core.Date) {
	for _, t := range s.Tenancies {
		due := first.AddDays(t.payday - 1)
		if t.MoveIn.Before(first) && !(t.Leaving && t.Ends.Before(due)) {
			s.planRent(t, due)
		}
	}
	for range extras {
		fee := fees[s.rng.IntN(len(fees))]
		of, at := s.anybody(first), s.moment(first.AddDays(s.days(5, 27)), 8, 21)
		if of.Lease == owing {
			of = s.Tenancies[0]
		}
		s.pay(of, at, fee.amount, fee.memo)
	}
}

var fees = [...]struct {
	memo   string
	amount core.Cents
}{
	{"Parking", 75_00}, {"Pet rent", 35_00}, {"Late fee", 50_00}, {"Storage", 45_00}, {"Key replacement", 28_50},
}

// planRent plans one rent: on the day by eCheck, which pays by itself, and
// within days of it by hand.
func (s *Story) planRent(t *Tenancy, due core.Date) {
	at := s.moment(due, 6, autopayBy)
	if t.Method != "eCheck" {
		at = s.moment(due.AddDays(s.days(0, 2)), 8, 20)
	}
	memo := due.Month.String() + " rent"
	split := s.oneIn(splitOne)
	refund := !split && s.oneIn(refundOne)
	switch {
	case s.mishap(t, due, at, memo):
	case split:
		part := t.Rent * 6 / 10 / roundPart * roundPart
		s.pay(t, at, part, memo+", in part")
		s.pay(t, s.moment(core.DateOf(at).AddDays(s.days(4, 9)), 8, 21), t.Rent-part, memo+", in part")
	case refund:
		back := minRefund + core.Cents(s.rng.IntN(maxRefund-minRefund))
		s.pay(t, at, t.Rent+back, memo)
		s.pay(t, s.moment(core.DateOf(at).AddDays(s.days(2, 6)), 9, 17), -back, "Refund, paid too much")
	default:
		s.pay(t, at, t.Rent, memo)
	}
}

func (s *Story) pay(t *Tenancy, at time.Time, amount core.Cents, memo string) {
	s.add(rents, beat{at, t, core.TypePaymentReceived, func(time.Time) any {
		s.receipt++
		return Payment{
			Receipt: s.receipt, Lease: t.Lease, Amount: amount, Method: t.Method,
			Description: memo, Reference: fmt.Sprintf("PMT-%d", s.receipt), names: t.shown,
		}
	}})
}
