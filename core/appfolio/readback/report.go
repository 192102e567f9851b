package readback

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
	"rentbell/core/appfolio/reports"
)

// Ledger is what Take finds and keeps things in: a core.Desk, or a store.
type Ledger interface {
	Known
	// Settle keeps all or nothing. See core.Backlog.
	Settle(core.Settlement) (fresh int, err error)
}

// stale is after how many days a thing is no news, though no report has told it before.
const stale = 31

// Take keeps what a report tells that is not known yet, in one transaction, and counts its
// receipts, leases or work orders. Taking a report again, or one that overlaps, adds
// nothing. past is the import that it is, without counts. now is in the zone that days are
// counted in. One report is taken at a time.
func Take(ctx context.Context, l Ledger, r reports.Report, past core.PastImport, now time.Time) (core.Taken, error) {
	s, taken, err := Weigh(ctx, l, r, now)
	if err != nil || len(s.Events)+len(s.Records)+len(s.Names)+len(s.Imported) == 0 {
		return taken, err
	}
	s.Import, s.Import.Taken = past, taken
	if _, err := l.Settle(s); err != nil {
		return core.Taken{}, fmt.Errorf("keep a report: %w", err)
	}
	return taken, nil
}

// Weigh says what Take would keep, and keeps nothing.
func Weigh(ctx context.Context, k Known, r reports.Report, now time.Time) (core.Settlement, core.Taken, error) {
	f, err := openFiling(ctx, k, now)
	if err != nil {
		return core.Settlement{}, core.Taken{}, err
	}
	if !records.IsPlausible(r.AsOf, f.at.today) {
		r.AsOf = core.Date{}
	}
	switch r.Kind {
	case core.TableIncome:
		err = f.takeRegister(ctx, k, r.Receipts, r.AsOf)
	case core.TableRentRoll:
		f.takeRoll(r.Leases, r.AsOf)
	case core.TableWorkOrders:
		err = f.takeOrders(ctx, k, r)
	}
	slices.SortStableFunc(f.Events, func(x, y core.Event) int { return x.OccurredAt.Compare(y.OccurredAt) })
	return f.Settlement, f.taken, err
}

// filing is a report on its way into the store.
type filing struct {
	*batch
	taken     core.Taken
	tenancies map[string]tenancy
	places    map[string]place     // by reports.Place.Folded
	here      map[string][]tenancy // likewise
}

func openFiling(ctx context.Context, k Known, now time.Time) (*filing, error) {
	book, err := openBook(ctx, k)
	f := &filing{batch: &batch{
		session: &session{book: book},
		at:      circumstances{now: now, today: core.DateOf(now), filed: true, undated: now},
	}}
	return f, errors.Join(err, fill(ctx, k, storedTenancy, &f.tenancies), fill(ctx, k, storedPlace, &f.places))
}

// count counts a thing, by whether it was known and whether it is as it was.
func (f *filing) count(known, same bool) {
	switch {
	case known && same:
		f.taken.Same++
	case known:
		f.taken.Changed++
	default:
		f.taken.Added++
	}
}

// isOlderFile reports whether a file is of an earlier day than one that was taken before.
func isOlderFile(asOf, before core.Date) bool { return !asOf.IsZero() && asOf.Before(before) }

// isStale reports whether something of a day is no news.
func (f *filing) isStale(on core.Date) bool {
	return !on.IsZero() && on.DaysUntil(f.at.today) > stale
}

// noonOf is a day's noon, or now where that has yet to come or the day is not known.
func (f *filing) noonOf(on core.Date) time.Time {
	at := noon(on, f.at.now.Location())
	if on.IsZero() || at.After(f.at.now) {
		return f.at.now
	}
	return at
}
