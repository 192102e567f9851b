package export

import (
	"context"
	"errors"
	"fmt"
	"rentbell/core"
)

// survey is what a query holds, found without reading all of it.
type survey struct {
	count  int
	amount core.Cents
	zeros  int // not counted; known for queries by AfterSeq alone
}

// survey counts and adds up the rows of q. For a query by AfterSeq it also brings
// the period down to the days those payments are of, so that writing them need not
// walk through everything ever paid.
func (q Query) survey(ctx context.Context, r Reader) (Query, survey, error) {
	q, err := q.checked()
	if err != nil {
		return q, survey{}, err
	}
	var s survey
	if q.AfterSeq > 0 {
		q, s, err = q.surveyLate(ctx, r)
	} else {
		s, err = q.surveyPeriod(r)
	}
	if err != nil {
		return q, s, fmt.Errorf("count payments: %w", err)
	}
	return q, s, nil
}

func (q Query) surveyPeriod(r Reader) (survey, error) {
	var s survey
	from, to := q.window()
	totals, err := r.Totals(from, to)
	for _, t := range totals {
		if q.holds(core.DateOf(t.Start.In(q.Location))) {
			s.count += t.Count
			s.amount = s.amount.Plus(t.Amount)
		}
	}
	return s, err
}

// surveyLate reads the events after AfterSeq: after an export these are few.
func (q Query) surveyLate(ctx context.Context, r Reader) (Query, survey, error) {
	var s survey
	var first, last core.Date
	err := r.Each(ctx, core.Query{AfterSeq: q.AfterSeq}, func(e core.Event) error {
		if !q.sees(e.Seq) {
			return errEnough // ToSeq is behind us
		}
		p, isPayment := e.Detail.(core.Payment)
		day := core.DateOf(e.OccurredAt.In(q.Location))
		if !isPayment || !q.holds(day) {
			return nil
		}
		if first.IsZero() || day.Before(first) {
			first = day
		}
		if last.Before(day) || last.IsZero() {
			last = day
		}
		s.add(q, p)
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	if first.IsZero() { // no payment: there is nothing to look for
		q.ToSeq = q.AfterSeq
	} else {
		q.From, q.To = first, last
	}
	return q, s, err
}

func (s *survey) add(q Query, p core.Payment) {
	switch {
	case !p.AmountKnown:
	case q.refuses(p.Amount):
		s.zeros++
	default:
		s.count++
		s.amount = s.amount.Plus(p.Amount)
	}
}
