package readback

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

const (
	daysBack = 3 // of every report
	// monthsBack is how many months before the present one the first report tells, which
	// rings for nothing, and one a day: their rents may still be late, and their payments
	// be returned.
	monthsBack = 2
)

// receipt is what the store keeps of a receipt.
type receipt struct {
	records.Receipt
	Told    core.Cents // the sum of the events
	Events  int        // how many there were
	Missing bool       // the last report of its days did not have it
	Of      string     // the company: reports of others never have it; empty: only files had it
	// AsOf is the day of the newest file that had it and says its day; zero: none did.
	AsOf core.Date `json:",omitzero"`
	// Undated is the day on which it counts while its date cannot be read; zero: it
	// has a date.
	Undated core.Date
	// Lease is the one it was first told of. Its corrections are for that one, whoever
	// lives there by then.
	Lease string `json:",omitempty"`
	// Doubt is what the last report changed so that it cannot be read; empty: nothing.
	Doubt string `json:",omitempty"`
}

// readReceipts reads a report when a charge rang, every lookEvery, and when asked.
func (s *session) readReceipts(ctx context.Context) error {
	charges := s.queue.charges(s.desk.Now())
	if !s.account.Space.Receipts() {
		return s.settleCharges(charges)
	}
	last, err := s.bookmark(markReceipts)
	if err != nil {
		return err
	}
	now := s.desk.Now()
	rang := len(charges) > 0 && passed(now, last, gatherCharges)
	if !rang && s.receiptsRead && !passed(now, last, lookEvery) {
		return nil
	}
	if s.book == nil {
		if s.book, err = openBook(ctx, s.desk); err != nil {
			return err
		}
	}
	b := s.begin(last.IsZero())
	back, err := b.receiptsFrom(last)
	if err != nil {
		return err
	}
	list, err := s.api.Receipts(ctx, s.account, back, b.at.today)
	if err != nil {
		return err
	}
	s.heardBack()
	if err := b.takeReceipts(ctx, list, back); err != nil {
		return err
	}
	b.Done = charges
	if err := b.settle(); err != nil {
		return err
	}
	s.receiptsRead = true
	return nil
}

// receiptsFrom returns the first day to read, and sets the bookmarks that go with
// it. last is when receipts were last read.
func (b *batch) receiptsFrom(last time.Time) (core.Date, error) {
	month, err := b.session.bookmark(markReceiptMonth)
	if err != nil {
		return core.Date{}, err
	}
	b.bookmark(markReceipts, b.at.now)
	back := core.DateOf(last.In(b.at.now.Location())).AddDays(-daysBack) // and all days since then
	if b.at.first {
		back = b.at.today.InMonth().Add(-monthsBack).First()
	}
	if passed(b.at.now, month, deepEvery) {
		if long := b.at.today.InMonth().Add(-monthsBack).First(); long.Before(back) {
			back = long
		}
		b.bookmark(markReceiptMonth, b.at.now)
	}
	return back, nil
}

// settleCharges takes the doorbells of charges off the queue.
func (s *session) settleCharges(charges []core.Lookup) error {
	if len(charges) == 0 {
		return nil
	}
	b := s.begin(false)
	b.Done = charges
	return b.settle()
}

// takeReceipts compares a report of the days from back to today with what was told
// before.
func (b *batch) takeReceipts(ctx context.Context, list []records.Receipt, back core.Date) error {
	owner := b.session.account.Space.ReportsURL + b.session.account.Space.Company
	var known map[string]receipt
	if err := fill(ctx, b.session.desk, storedReceipt, &known); err != nil {
		return err
	}
	listed := map[string]bool{}
	for _, is := range list {
		listed[is.ID] = true
		was, isKnown := known[is.ID]
		b.takeReceipt(was, isKnown, receipt{Receipt: is, Of: owner})
	}
	for id, was := range known {
		if was.Of == owner && !listed[id] && was.Told != 0 && !was.Date.Before(back) && !b.at.today.Before(was.Date) {
			b.missReceipt(was)
		}
	}
	slices.SortStableFunc(b.Events, func(x, y core.Event) int { return x.OccurredAt.Compare(y.OccurredAt) })
	return nil
}

// takeReceipt tells a new receipt, or by how much a known one has changed. What cannot
// be read of it any more stays what it was, and is told once.
func (b *batch) takeReceipt(was receipt, known bool, is receipt) {
	sent := is.Receipt
	if known && is.Unreadable {
		is.Receipt = was.Receipt
	}
	is.Told, is.Events, is.Undated = was.Told, was.Events, was.Undated
	if known && !was.Unreadable { // that one may have come without its names, too
		is.Lease = was.Lease
	}
	if is.Date.IsZero() && !was.Date.IsZero() {
		is.Date, is.DateSaid = was.Date, ""
	}
	late := b.moveReceipt(was, known, &is)
	if !known && is.Unreadable || is.Amount != is.Told {
		b.tellReceipt(&is, late)
	}
	if known {
		b.doubtReceipt(was, &is, sent)
	}
	if !known || is != was {
		b.remember(storedReceipt, is.ID, is)
	}
}

// moveReceipt has a receipt count on another day than it was told of. late reports that
// what is not told yet belongs to the day of the receipt: nothing told before has an
// amount there, so no books have any of it.
func (b *batch) moveReceipt(was receipt, known bool, is *receipt) (late bool) {
	switch {
	case is.Date.IsZero() && !known:
		is.Undated = b.at.today
	case !is.Date.IsZero() && !is.Undated.IsZero():
		counted := is.Undated
		is.Undated = core.Date{}
		late = b.redate(is, counted)
	case known && !was.Date.IsZero() && is.Date != was.Date && is.Amount != 0:
		late = is.Told == 0 || b.redate(is, was.Date)
	}
	return late || was.Unreadable
}

// doubtReceipt tells of a known receipt that AppFolio has changed it, but not readably
// to what.
func (b *batch) doubtReceipt(was receipt, is *receipt, sent records.Receipt) {
	var flaw core.Attention
	said := sent.DateSaid
	switch {
	case sent.Unreadable && !was.Unreadable:
		flaw, said = core.Attention{Reason: core.ReasonWrongKind, Field: "amount_cents"}, sent.AmountSaid
		if said == "" {
			flaw.Reason = core.ReasonMissing
		}
	case sent.Date.IsZero() && said != "" && !was.Date.IsZero():
		flaw = core.Attention{Reason: core.ReasonWrongKind, Field: "receipt_date"}
	default:
		return
	}
	is.Doubt = flaw.Field + " " + said
	if is.Doubt == was.Doubt {
		return
	}
	is.Events++
	f := b.session.book.receiptFact(is, 0, b.at)
	f.correct(*is)
	f.amend(*is, b.at.now)
	f.Flaw = flaw
	delete(f.Data, flaw.Field)
	f.Data.set(flaw.Field, said)
	b.tell([]fact{f})
}

// tellReceipt tells what is not told yet. A change is dated now, because the books of
// the receipt's month may be closed; late, they cannot have it, and the day is that of
// the receipt.
func (b *batch) tellReceipt(r *receipt, late bool) {
	r.Events++
	f := b.session.book.receiptFact(r, r.Amount-r.Told, b.at)
	if r.Events > 1 {
		f.correct(*r)
		if !late {
			f.amend(*r, b.at.now)
		}
	}
	b.tell([]fact{f})
	r.Told = r.Amount
}

// redate takes back what was told of a receipt on the day on which it has counted,
// unless that was the right one.
func (b *batch) redate(r *receipt, counted core.Date) (moved bool) {
	if r.Told == 0 || counted == r.Date {
		return false
	}
	r.Events++
	f := b.session.book.receiptFact(r, -r.Told, b.at)
	f.correct(*r)
	f.amend(*r, noon(counted, b.at.now.Location()))
	b.tell([]fact{f})
	r.Told = 0
	return true
}

// missReceipt takes a receipt that is no longer in the report for returned, once
// two reports in a row miss it: a single report may be incomplete.
func (b *batch) missReceipt(was receipt) {
	if !was.Missing {
		was.Missing = true
		b.remember(storedReceipt, was.ID, was)
		return
	}
	is := was
	is.Amount, is.Missing = 0, false
	b.takeReceipt(was, true, is)
}

// receiptFact is a payment of difference: the whole amount for a new receipt, the
// change for a known one.
func (b *book) receiptFact(r *receipt, difference core.Cents, c circumstances) fact {
	if r.Lease == "" && !c.filed {
		var found bool
		if r.Lease, found = b.leaseOf(r.Receipt); !found {
			// A payment needs a lease. The place stands for it, so that all payments of
			// one place have one history.
			r.Lease = "receipt-unit:" + r.Property + "/" + r.Unit
		}
	}
	data := fields{"lease_id": r.Lease, "amount_cents": int64(difference), "payment_method": r.Type}
	data.set("receipt_id", core.ReceiptNumber("receipt:"+r.ID))
	if r.Type == "" {
		data["payment_method"] = "Receipt" // nothing else is known
	}
	data.set("description", r.Description)
	data.set("reference", r.Reference)
	data.setPlace(core.Place{Tenant: b.payer(r.Payer), Property: r.Property, Unit: r.Unit})
	f := fact{ID: "receipt:" + r.ID, Type: core.TypePaymentReceived, At: noon(r.Date, c.now.Location()), Data: data, Past: c.first}
	if r.Unreadable {
		delete(data, "amount_cents")
		data.set("amount_cents", r.AmountSaid) // text is no number of cents, so it is flagged
	}
	f.Flaw = flawOf(r.Receipt)
	if c.filed && f.Flaw == noNumber {
		f.Flaw = core.Attention{} // many a file has none
	}
	if r.Date.IsZero() {
		f.At, f.Settled = c.undated, r.isHeld()
		data.set("receipt_date", r.DateSaid)
	}
	return f
}

// flawOf is what a person has to look up of a receipt, its amount aside.
func flawOf(r records.Receipt) core.Attention {
	unread, _, _ := strings.Cut(r.Unread, ",")
	switch {
	case r.Date.IsZero() && r.DateSaid != "":
		return core.Attention{Reason: core.ReasonWrongKind, Field: "receipt_date"}
	case r.Date.IsZero():
		return core.Attention{Reason: core.ReasonMissing, Field: "receipt_date"}
	case unread != "":
		return core.Attention{Reason: core.ReasonWrongKind, Field: unread}
	case strings.HasPrefix(r.ID, core.NoNumber):
		return noNumber
	}
	return core.Attention{}
}

var noNumber = core.Attention{Reason: core.ReasonMissing, Field: "receipt_id"}

// correct turns f into an event of its own, after the first one of its receipt.
func (f *fact) correct(r receipt) {
	f.ID += ":" + strconv.Itoa(r.Events)
	f.Data["corrects"] = "receipt:" + r.ID
	if r.Reference == "" && !strings.HasPrefix(r.ID, core.NoNumber) {
		f.Data["reference"] = r.ID
	}
}

// amend makes f say that something has changed, and count at a time.
func (f *fact) amend(r receipt, at time.Time) {
	f.At = at
	name := "receipt " + r.ID
	if strings.HasPrefix(r.ID, core.NoNumber) {
		name = "a receipt without a number"
	}
	f.Data["description"] = "Correction of " + name
	if r.Amount == 0 {
		f.Data["description"] = "Returned: " + name
		if r.Description != "" {
			f.Data["description"] = "Returned: " + r.Description
		}
	}
}

// nextReceipts is when the Reports API is to be asked again.
func (s *session) nextReceipts() time.Time {
	charges := s.queue.next(true)
	if !s.reports.until.IsZero() {
		return s.reports.until
	}
	if !s.account.Space.Receipts() {
		return charges
	}
	last, err := s.bookmark(markReceipts)
	if err != nil {
		return s.desk.Now().Add(firstPause)
	}
	if next := last.Add(gatherCharges); !charges.IsZero() && charges.Before(next) {
		charges = next // at most one report a minute
	}
	return earliest(charges, last.Add(lookEvery))
}
