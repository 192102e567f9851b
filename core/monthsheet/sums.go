package monthsheet

import (
	"fmt"
	"strings"

	"rentbell/core"
)

// sums add up leases. What came for a lease whose rent is not known is received, and
// neither due nor above a rent.
type sums struct {
	leases, paid, owing, unknown  int
	expected, received, due, more core.Cents
	unasked                       core.Cents // received for leases whose rent is not known
}

func (s *sums) add(l core.LeaseReceipts) {
	s.leases++
	s.received = s.received.Plus(l.Received)
	if !l.Expected.Known() {
		s.unknown++
		s.unasked = s.unasked.Plus(l.Received)
		return
	}
	switch l.State {
	case core.RentPaid, core.RentEarly, core.RentTwice:
		s.paid++
	}
	if l.StillDue() > 0 {
		s.owing++
	}
	s.expected = s.expected.Plus(l.Expected.Amount)
	s.due = s.due.Plus(l.StillDue())
	s.more = s.more.Plus(above(l))
}

// What the form asks for.

func (s sums) Expected() string { return dollars(s.expected) }
func (s sums) Received() string { return dollars(s.received) }
func (s sums) Due() string      { return dollars(s.due) }
func (s sums) Owes() bool       { return s.due > 0 }
func (s sums) Unknown() int     { return s.unknown }

func (s sums) Above() string {
	if s.more == 0 {
		return ""
	}
	return "+" + dollars(s.more) + " above rent"
}

// Unasked goes on where Unknown ends.
func (s sums) Unasked() string {
	switch s.unknown {
	case 0:
		return "leases"
	case 1:
		return "lease, " + dollars(s.unasked) + " received"
	}
	return "leases, " + dollars(s.unasked) + " received"
}

func (s sums) Leases() string { return leases(s.leases) }
func (s sums) Known() string  { return leases(s.leases - s.unknown) }
func (s sums) Paid() string   { return leases(s.paid) + " paid" }
func (s sums) Owing() string  { return leases(s.owing) }

func leases(n int) string {
	if n == 1 {
		return "1 lease"
	}
	return fmt.Sprint(n, " leases")
}

// dollars writes an amount for people: "$1,450.00", "-$50.00".
func dollars(c core.Cents) string {
	digits, negative := strings.CutPrefix(c.Decimal(), "-")
	whole, cents, _ := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if negative {
		return "-$" + whole + "." + cents
	}
	return "$" + whole + "." + cents
}
