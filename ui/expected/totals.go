package expected

import (
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/words"
)

// totals are the figures of a month. A lease whose rent is not known is in none of
// them but notKnown.
type totals struct {
	known, paid, notKnown int // leases
	owing                 int // leases of which something is still due

	expected, received, due, above core.Cents
}

// totalsOf sums up leases of one month.
func totalsOf(leases []core.LeaseMonth) totals {
	var t totals
	for _, l := range leases {
		if !l.Expected.Known() {
			t.notKnown++
			continue
		}
		t.known++
		switch l.State {
		case core.RentPaid, core.RentEarly, core.RentTwice:
			t.paid++
		}
		if l.StillDue() > 0 {
			t.owing++
		}
		t.expected = t.expected.Plus(l.Expected.Amount)
		t.received = t.received.Plus(l.Received)
		t.due = t.due.Plus(l.StillDue())
		t.above = t.above.Plus(above(l))
	}
	return t
}

// head is the summary beside the page's title: "37 of 43 paid, 4 not known".
func (t totals) head() string {
	paid, unknown := "", ""
	if t.known > 0 {
		paid = words.Say("%s of %s paid", explain.Number(t.paid), explain.Number(t.known))
	}
	if t.notKnown > 0 {
		unknown = words.Say("%s not known", explain.Number(t.notKnown))
	}
	return words.Joined(paid, unknown)
}

// done is how much of what is expected has come, from 0 to 1.
func (t totals) done() float32 {
	if t.expected <= 0 {
		return 0
	}
	return float32(float64(t.expected-t.due) / float64(t.expected)) // pixels, not money
}

// dueWords says what is still due: the sum, and from how many leases.
func (t totals) dueWords() (sum, rest string) {
	switch {
	case t.known == 0:
		return "", ""
	case t.paid == t.known:
		return words.Say("Everything expected has come"), ""
	}
	return words.Say("%s still due", words.Dollars(t.due)), words.SayN(t.owing, "from %s lease", "from %s leases", explain.Number(t.owing))
}

// receivedWords says what has come, and what of it is more than the rent.
func (t totals) receivedWords() string {
	if t.known == 0 {
		return ""
	}
	more := ""
	if t.above > 0 {
		more = words.Say("+%s above rent", words.Dollars(t.above))
	}
	return words.Joined(words.Say("%s of %s received", words.Dollars(t.received), words.Dollars(t.expected)), more)
}
