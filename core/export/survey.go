package export

import (
	"context"
	"errors"
	"fmt"

	"rentbell/core"
)

// mostSurveyed is how many events or payments are looked at before an export or a
// preview begins: some tens of milliseconds.
const mostSurveyed = 10_000

// errEnough ends the reading of payments.
var errEnough = errors.New("enough payments")

// sums counts and adds up the payments of a period, those that the importer refuses
// included. It reads none of them.
func (q Query) sums(r Reader) (count int, amount core.Cents, err error) {
	from, to := q.window()
	totals, err := r.Totals(from, to)
	if err != nil {
		return 0, 0, fmt.Errorf("count payments: %w", err)
	}
	for _, t := range totals {
		if q.holds(core.DateOf(t.Start.In(q.Location))) {
			count += t.Count
			amount = amount.Plus(t.Amount)
		}
	}
	return count, amount, nil
}

// narrow brings the period of a query by AfterSeq down to the days that its payments
// are of, so that an export need not walk through everything ever paid. Mostly these
// are few; else the query stays as it is.
func (q Query) narrow(ctx context.Context, r Reader) (Query, error) {
	var first, last core.Date
	seen, all := 0, true
	err := r.Each(ctx, core.Query{AfterSeq: q.AfterSeq}, func(e core.Event) error {
		seen++
		if all = seen <= mostSurveyed; !all || !q.sees(e.Seq) {
			return errEnough // of a bounded query the rest is behind us
		}
		day := core.DateOf(e.OccurredAt.In(q.Location))
		if _, isPayment := e.Detail.(core.Payment); !isPayment || !q.holds(day) {
			return nil
		}
		if first.IsZero() || day.Before(first) {
			first = day
		}
		if last.Before(day) || last.IsZero() {
			last = day
		}
		return nil
	})
	switch {
	case err != nil && !errors.Is(err, errEnough):
		return q, fmt.Errorf("find what is new: %w", err)
	case !all:
	case first.IsZero(): // no payment: there is nothing to look for
		q.ToSeq = q.AfterSeq
	default:
		q.From, q.To = first, last
	}
	return q, nil
}
