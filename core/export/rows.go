package export

import (
	"context"
	"time"

	"rentbell/core"
)

// window returns moments that lie around the period in every time zone: none
// is a day away from UTC. For whatever date they are zero, which leaves a Query
// open.
func (q Query) window() (from, to time.Time) {
	if q.always() {
		return time.Time{}, time.Time{}
	}
	return q.From.AddDays(-1).In(time.UTC), q.To.AddDays(2).In(time.UTC)
}

func (q Query) holds(day core.Date) bool {
	return q.always() || !day.Before(q.From) && !q.To.Before(day)
}

// sees reports whether an event was stored when q asks for.
func (q Query) sees(seq uint64) bool {
	return (q.AfterSeq == 0 || seq > q.AfterSeq) && (q.ToSeq == 0 || seq <= q.ToSeq)
}

// seesNothing reports whether no event can lie between AfterSeq and ToSeq.
func (q Query) seesNothing() bool { return q.ToSeq > 0 && q.ToSeq <= q.AfterSeq }

// leftOut counts the payments of a query that are no rows.
type leftOut struct {
	unusable int // the amount was
	zeros    int // the importer refuses them
}

// each calls fn for every payment of the query and counts those left out for
// their amount. It asks for too much and looks at each payment's own day,
// because a day has no certain first moment: where clocks change at midnight,
// midnight is missing or comes twice.
func (q Query) each(ctx context.Context, r Payments, fn func(*row) error) (left leftOut, err error) {
	if q.seesNothing() {
		return left, nil
	}
	layout, row, inside := q.layout(), &row{at: localTime{loc: q.Location}}, false
	from, to := q.window()
	err = r.Skim(ctx, core.Query{From: from, To: to, Whole: layout.arrival}, func(payments []core.Skimmed) error {
		for i := range payments {
			p := &payments[i]
			if !q.sees(p.Seq) {
				continue
			}
			if row.at.move(p.At) {
				inside = q.holds(row.at.day)
			}
			switch {
			case !inside:
				continue
			case !p.AmountKnown:
				left.unusable++
				continue
			case layout.noZeros && p.Amount == 0:
				left.zeros++
				continue
			}
			row.Skimmed = p
			if err := fn(row); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = ctx.Err()
	}
	return left, err
}
