package space

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/story"
)

// destroyOne in so many charges that are paid off is destroyed instead of kept.
const destroyOne = 6

// charge is what a tenant still owes or, below zero, is owed.
type charge struct {
	id  string
	due core.Cents
}

// receipt is money that was received. Its rows in the report follow from it.
type receipt struct {
	id                      int
	date                    core.Date
	amount                  core.Cents // what was paid
	returned                bool       // and taken back: its rows sum to zero
	memo, method, reference string
	of                      *home
	spelling                *spelling
}

// total is what the rows sum to.
func (r receipt) total() core.Cents {
	if r.returned {
		return 0
	}
	return r.amount
}

// pay writes down a payment: less is due, and a receipt follows.
func (b *books) pay(h *home, d story.Payment, at time.Time) {
	b.announce(h, at)
	if h.status == tenantFuture {
		b.moveIn(h, at)
	}
	b.settle(h, d, at)
	b.receive(receipt{
		id: b.firstReceipt + d.Receipt, date: core.DateOf(at), amount: d.Amount,
		memo: d.Description, method: d.Method, reference: d.Reference, of: h,
	}, at)
}

func (b *books) receive(r receipt, at time.Time) {
	b.receipts.put(strconv.Itoa(r.id), version[receipt]{value: r, changed: at, seen: at.Add(b.receiptLag)})
}

// settle lessens the charge that a payment is for. When a rent is paid in parts, the
// first part makes the charge. What is paid too much stays as a credit until a refund
// uses it up.
func (b *books) settle(h *home, d story.Payment, at time.Time) {
	memo, part := strings.CutSuffix(d.Description, ", in part")
	key, credit, due := h.occupancy+memo, h.occupancy+"credit", d.Amount
	switch {
	case d.Amount < 0 && b.open[credit] != nil:
		key = credit
	case part || d.Amount > h.Rent && strings.HasSuffix(memo, " rent"):
		due = h.Rent
	}
	c := b.open[key]
	if c == nil {
		c = b.bill(h, memo, due, at)
	}
	delete(b.open, key)
	c.due -= d.Amount
	switch {
	case c.due == 0 && c.id[0]%destroyOne == 0:
		b.destroy(topicCharges, c.id, at)
		return
	case c.due < 0:
		b.open[credit] = c
	case c.due > 0:
		b.open[key] = c
	}
	b.change(topicCharges, c.id, at, fields{"AmountDue": c.due.Decimal()})
}

// bill makes a charge, of the first of the month.
func (b *books) bill(h *home, memo string, due core.Cents, at time.Time) *charge {
	b.charges++
	c := &charge{id: uuid("charge", b.story.Name, b.charges), due: due}
	first := core.DateOf(at)
	first.Day = 1
	b.change(topicCharges, c.id, at, fields{
		"OccupancyId": h.occupancy, "PropertyId": h.property, "AmountDue": due.Decimal(),
		"ChargedOn": first.String(), "Description": memo, "GlAccountId": uuid("gl", "4100"),
	})
	return c
}

// ErrNoReceipt: there is no receipt with the id.
var ErrNoReceipt = errors.New("no such receipt")

// Return takes a payment back, as a bank does: the rows of its receipt sum to
// zero from now on, and the amount is due again. It returns the doorbells to ring.
func (s *Space) Return(receiptID int) ([]Doorbell, error) {
	return s.correct(receiptID, "Returned payment", func(r *receipt) { r.returned = true })
}

// Change corrects the amount of a receipt. It returns the doorbells to ring.
func (s *Space) Change(receiptID int, amount core.Cents) ([]Doorbell, error) {
	return s.correct(receiptID, "Corrected payment", func(r *receipt) { r.amount = amount })
}

func (s *Space) correct(receiptID int, memo string, correct func(*receipt)) ([]Doorbell, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.config.Now()
	r, found := s.books.receipts.last(strconv.Itoa(receiptID))
	if !found {
		return nil, fmt.Errorf("correct receipt %d: %w", receiptID, ErrNoReceipt)
	}
	before := r.total()
	correct(&r)
	s.books.receive(r, now)
	s.books.bill(r.of, memo, before-r.total(), now)
	return s.books.takeRung(), nil
}
