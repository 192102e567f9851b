package readback

import (
	"context"
	"slices"
	"strconv"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

const (
	daysBack  = 3  // of every report
	monthBack = 30 // once a day: that is when payments are returned
	firstBack = 31 // of the first report, which rings for nothing
)

// receipt is what the store keeps of a receipt.
type receipt struct {
	records.Receipt
	Told    core.Cents // the sum of the events
	Events  int        // how many there were
	Missing bool       // the last report of its days did not have it
	Of      string     // the company: reports of others never have it
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
		back = b.at.today.AddDays(-firstBack)
	}
	if passed(b.at.now, month, deepEvery) {
		if long := b.at.today.AddDays(-monthBack); long.Before(back) {
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
		if !is.Unreadable {
			was, isKnown := known[is.ID]
			b.takeReceipt(was, isKnown, receipt{Receipt: is, Of: owner})
		}
	}
	for id, was := range known {
		if was.Of == owner && !listed[id] && was.Told != 0 && !was.Date.Before(back) && !b.at.today.Before(was.Date) {
			b.missReceipt(was)
		}
	}
	slices.SortStableFunc(b.Events, func(x, y core.Event) int { return x.OccurredAt.Compare(y.OccurredAt) })
	return nil
}

// takeReceipt tells a new receipt, or by how much a known one has changed.
func (b *batch) takeReceipt(was receipt, known bool, is receipt) {
	is.Told, is.Events = was.Told, was.Events
	if is.Amount != is.Told {
		is.Events++
		b.tell([]fact{b.session.book.receiptFact(is, is.Amount-is.Told, b.at)})
		is.Told = is.Amount
	}
	if !known || is != was {
		b.remember(storedReceipt, is.ID, is)
	}
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
func (b *book) receiptFact(r receipt, difference core.Cents, c circumstances) fact {
	lease, found := b.leaseOf(r.Receipt)
	if !found {
		// A payment needs a lease. The place stands for it, so that all payments of
		// one place have one history.
		lease = "receipt-unit:" + r.Property + "/" + r.Unit
	}
	data := fields{"lease_id": lease, "amount_cents": int64(difference), "payment_method": r.Type, "receipt_id": r.ID}
	if r.Type == "" {
		data["payment_method"] = "Receipt" // nothing else is known
	}
	data.set("description", r.Description)
	data.set("reference", r.Reference)
	data.setPlace(core.Place{Tenant: r.Payer, Property: r.Property, Unit: r.Unit})
	f := fact{ID: "receipt:" + r.ID, Type: core.TypePaymentReceived, At: noon(r.Date, c.now.Location()), Data: data, Past: c.first}
	if r.Date.IsZero() {
		f.At = c.now
	}
	if r.Events > 1 {
		f.correct(r, c.now)
	}
	return f
}

// correct turns f into an event of its own about a change. It is dated now, because
// the books of the receipt's month may be closed.
func (f *fact) correct(r receipt, now time.Time) {
	f.ID += ":" + strconv.Itoa(r.Events)
	f.At = now
	f.Data["corrects"] = "receipt:" + r.ID
	f.Data["description"] = "Correction of receipt " + r.ID
	if r.Amount == 0 {
		f.Data["description"] = "Returned: receipt " + r.ID
		if r.Description != "" {
			f.Data["description"] = "Returned: " + r.Description
		}
	}
	if r.Reference == "" {
		f.Data["reference"] = r.ID
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
