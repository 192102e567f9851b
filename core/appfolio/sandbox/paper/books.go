package paper

import (
	"math/rand/v2"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/story"
)

// receiptsAnHour keeps the numbers of a Printer that is started again later apart.
const receiptsAnHour = 1000

// books hold what AppFolio knows of the portfolio.
type books struct {
	lettings     []story.Letting // the units, in order
	from         time.Time       // of the first fact
	firstReceipt int             // added to the numbers of the story

	leases   []*lease // in the order of signing
	receipts []*receipt
	orders   []*order
}

// lease is a tenancy as AppFolio has it.
type lease struct {
	*story.Tenancy
	since      core.Date // the first day of its first term
	start, end core.Date // of the term signed last; month to month has no end
	over       bool      // the tenant has left
}

// receipt is money that was received. Its rows in the report follow from it.
type receipt struct {
	id       int
	date     core.Date
	returned bool // taken back later: its rows sum to zero
	paid     story.Payment
	of       *lease
}

// total is what the rows sum to.
func (r *receipt) total() core.Cents {
	if r.returned {
		return 0
	}
	return r.paid.Amount
}

// order is a work order.
type order struct {
	story.WorkOrder
	of                 *lease
	created, scheduled core.Date
}

func openBooks(of []story.Letting, from, now time.Time) *books {
	return &books{lettings: of, from: from, firstReceipt: int(now.Unix()/int64(time.Hour/time.Second)) * receiptsAnHour}
}

// apply writes down a fact. A new tenant shows in no report before the lease is signed.
func (b *books) apply(f story.Fact) {
	switch d := f.Data.(type) {
	case story.LeaseSigned:
		b.sign(f.Of, d)
	case story.LeaseExpired:
		l := b.lease(f.Of)
		l.over, l.end = true, core.DateOf(f.At)
	case story.Payment:
		b.receipts = append(b.receipts, &receipt{id: b.firstReceipt + d.Receipt, date: core.DateOf(f.At), paid: d, of: b.lease(f.Of)})
	case story.WorkOrder:
		b.repair(f.Of, d, core.DateOf(f.At))
	}
}

func (b *books) sign(t *story.Tenancy, d story.LeaseSigned) {
	l := b.lease(t)
	if l.start.IsZero() {
		l.since = d.Start
	}
	l.start, l.end = d.Start, core.LeaseState{MoveIn: d.Start, Months: d.Months}.Ends()
}

// lease finds a tenancy, or writes it down: a live story may tell of a payment before
// the lease is signed.
func (b *books) lease(t *story.Tenancy) *lease {
	for _, l := range b.leases {
		if l.Tenancy == t {
			return l
		}
	}
	l := &lease{Tenancy: t, since: t.MoveIn}
	b.leases = append(b.leases, l)
	return l
}

func (b *books) repair(t *story.Tenancy, d story.WorkOrder, day core.Date) {
	o := b.order(d.ID)
	if o == nil {
		o = &order{of: b.lease(t), created: day}
		b.orders = append(b.orders, o)
	}
	o.WorkOrder = d
	if d.Status == "Scheduled" {
		o.scheduled = day.AddDays(1)
	}
}

func (b *books) order(id string) *order {
	for _, o := range b.orders {
		if o.ID == id {
			return o
		}
	}
	return nil
}

// takeBack has a bank take back one of the payments since a day. It reports whether
// there is one.
func (b *books) takeBack(dice *rand.Rand, since core.Date) bool {
	var recent []*receipt
	for _, r := range b.receipts {
		if !r.date.Before(since) && r.paid.Amount > 0 && !r.returned {
			recent = append(recent, r)
		}
	}
	if len(recent) == 0 {
		return false
	}
	recent[dice.IntN(len(recent))].returned = true
	return true
}

// forRent reports whether a payment is about the rent, by its memo: the others are fees
// and deposits, which are charged when they are paid.
func forRent(p story.Payment) bool {
	word, _, _ := strings.Cut(p.Description, " ")
	_, notMonth := time.Parse("January", word)
	return p.Amount < 0 || notMonth == nil || strings.HasPrefix(p.Description, "Rent")
}
