package find

import (
	"context"
	"time"

	"rentbell/core"
)

// grandTotal is the sum of all payments up to an event.
type grandTotal struct {
	total core.Cents
	seen  uint64
}

// total returns the sum of all payments. It adds up the store's totals once,
// and later only what has arrived since.
func (f *Finder) total(ctx context.Context) (core.Cents, error) {
	if f.sum == nil {
		return f.addUp()
	}
	next := *f.sum
	err := f.Reader.Each(ctx, core.Query{AfterSeq: next.seen}, func(e core.Event) error {
		next.seen = e.Seq
		if p, is := e.Detail.(core.Payment); is && p.AmountKnown {
			next.total = next.total.Plus(p.Amount)
		}
		return nil
	})
	if err == nil {
		*f.sum = next
	}
	return f.sum.total, err
}

// addUp sums the store's totals. It remembers the sum only if nothing arrived
// meanwhile, because otherwise it is unknown up to which event the sum goes.
func (f *Finder) addUp() (core.Cents, error) {
	before, err := f.Reader.Summary()
	if err != nil {
		return 0, err
	}
	var total core.Cents
	totals, err := f.Reader.Totals(time.Time{}, endOfTime)
	if err != nil {
		return 0, err
	}
	for _, t := range totals {
		total = total.Plus(t.Amount)
	}
	after, err := f.Reader.Summary()
	if err == nil && before.Events == after.Events {
		f.sum = &grandTotal{total, after.LastSeq}
	}
	return total, err
}
