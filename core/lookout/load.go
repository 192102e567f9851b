package lookout

import (
	"context"
	"errors"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

// Payments is where payments are skimmed.
type Payments interface {
	Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error
}

// Steps calls fn for the events of leases and work orders, in no certain order, until fn
// returns an error or ctx ends.
type Steps func(ctx context.Context, fn func(core.Event) error) error

// rows is how many events are read at a time.
const rows = 200

// StepsOf reads them in short reads. What deleted events said of a lease or an open work
// order stands in its state, which then takes their place.
func StepsOf(r core.Reader) Steps {
	return func(ctx context.Context, fn func(core.Event) error) error {
		told := map[core.Subject]bool{}
		for _, feed := range []core.Feed{core.FeedLeases, core.FeedWorkOrders} {
			// Events that arrive meanwhile push the others back, so some come twice and none is missed.
			for from := 0; ; from += rows {
				page, err := r.Page(feed, from, rows)
				if err != nil || ctx.Err() != nil {
					return errors.Join(err, ctx.Err())
				}
				for _, e := range page {
					told[e.Detail.Subject()] = true
					if err := fn(e); err != nil {
						return err
					}
				}
				if len(page) < rows {
					break
				}
			}
		}
		leases, err := r.Leases()
		if err != nil {
			return err
		}
		for _, l := range leases {
			for _, e := range eventsOfLease(l) {
				if told[e.Detail.Subject()] {
					continue
				}
				if err := fn(e); err != nil {
					return err
				}
			}
		}
		orders, err := r.WorkOrders()
		if err != nil {
			return err
		}
		for _, w := range orders {
			if !w.Open() || told[w.Subject()] {
				continue
			}
			if err := fn(core.Event{Seq: w.LastSeq, OccurredAt: w.Updated, Type: core.TypeWorkOrderUpdated, Detail: w.WorkOrder}); err != nil {
				return err
			}
		}
		return nil
	}
}

// eventsOfLease are those that would make a lease what it is.
func eventsOfLease(l core.LeaseState) (events []core.Event) {
	if !l.SignedAt.IsZero() {
		signed := core.LeaseSigned{Place: l.Place, Lease: l.ID, MoveIn: l.MoveIn, Months: l.Months}
		events = append(events, core.Event{Seq: l.LastSeq, OccurredAt: l.SignedAt, Type: core.TypeLeaseSigned, Detail: signed})
	}
	if l.Expired {
		expired := core.LeaseExpired{Place: l.Place, Lease: l.ID, UnitID: l.UnitID, Vacate: l.Vacate}
		events = append(events, core.Event{Seq: l.LastSeq, OccurredAt: l.Updated, Type: core.TypeLeaseExpired, Detail: expired})
	}
	return events
}

// endOfTime is later than any payment: RFC 3339 has no year 10000.
var endOfTime = time.Date(10000, time.January, 1, 0, 0, 0, 0, time.UTC)

// fill makes a book of what happened before a time. It forgets what no finding at upTo
// or later needs, on the way and at the end.
func fill(ctx context.Context, payments Payments, steps Steps, t radar.Terms, before, upTo time.Time) (*radar.Book, error) {
	book := radar.New(upTo.Location())
	if err := steps(ctx, func(e core.Event) error { book.Add(e); return nil }); err != nil {
		return nil, err
	}
	err := payments.Skim(ctx, core.Query{Payments: true, To: before}, func(some []core.Skimmed) error {
		for _, p := range some {
			book.AddPayment(p)
		}
		if n := len(some); n > 0 && some[n-1].At.Before(upTo) { // later ones are of a clock that is wrong
			book.Forget(t, some[n-1].At.In(upTo.Location()))
		}
		return nil
	})
	book.Forget(t, upTo)
	return book, err
}

// Find is what holds at a time, from what happened until then. Days are those of at's
// location.
func Find(ctx context.Context, payments Payments, steps Steps, t radar.Terms, at time.Time) ([]core.Finding, error) {
	book, err := fill(ctx, payments, steps, t, at.Add(time.Second), at) // what comes after at does not count
	if err != nil {
		return nil, err
	}
	return book.Findings(t, at), nil
}

// Load fills the book, unless it is filled. Deliveries go on meanwhile.
func (l *Lookout) Load(ctx context.Context) error {
	l.changing.Lock()
	defer l.changing.Unlock()
	l.mu.Lock()
	done := l.watch != nil
	t := l.terms
	l.mu.Unlock()
	if done {
		return nil
	}
	summary, err := l.cfg.Reader.Summary()
	if err != nil {
		return err
	}
	now := l.cfg.Now()
	book, err := fill(ctx, l.cfg.Reader, StepsOf(l.cfg.Reader), t, endOfTime, now)
	if err != nil {
		return err
	}
	watch := radar.NewWatch(book, t, now)
	l.mu.Lock()
	l.watch, l.book, l.cursor, l.seen = watch, book, summary.LastSeq, map[core.FindingKey]time.Time{}
	for _, f := range watch.Findings() {
		l.seen[f.Key()] = f.Begins(now.Location())
	}
	l.uncounted = true
	close(l.loaded)
	l.mu.Unlock()
	return l.firstLook(now)
}

// firstLook marks all that was so before anybody looked as told. The caller holds
// changing.
func (l *Lookout) firstLook(now time.Time) error {
	if l.cfg.Faceless || !l.since.IsZero() {
		return nil
	}
	if err := l.mark(l.asTold(l.findings())); err != nil {
		return err
	}
	if err := l.cfg.Store.SaveToldSince(now); err != nil {
		return err
	}
	l.since = now
	return nil
}

// asTold are the marks with which findings count as told.
func (l *Lookout) asTold(findings []core.Finding) map[core.FindingKey]core.Mark {
	told := map[core.FindingKey]core.Mark{}
	for _, f := range findings {
		if m := l.marks[f.Key()]; !m.Told {
			m.Told = true
			told[f.Key()] = m
		}
	}
	return told
}

// followBatch is how many new events are looked at together. In a flood many of them are
// about the same few hundred leases.
const followBatch = 2048

var errFull = errors.New("batch is full")

// follow takes in what has arrived. The caller holds changing.
func (l *Lookout) follow(ctx context.Context) error {
	for {
		var fresh []core.Event
		err := l.cfg.Reader.Each(ctx, core.Query{AfterSeq: l.cursor}, func(e core.Event) error {
			e.Body = nil // which takes most of the memory
			if fresh = append(fresh, e); len(fresh) == followBatch {
				return errFull
			}
			return nil
		})
		if err != nil && !errors.Is(err, errFull) {
			return err
		}
		if len(fresh) > 0 {
			if err := l.take(fresh); err != nil {
				return err
			}
		}
		if len(fresh) < followBatch {
			return nil
		}
	}
}

// take adds events. What they show that was so before Rentbell could know of it counts as
// told: what a first load brings, and a month whose rent was not known until now.
func (l *Lookout) take(fresh []core.Event) error {
	now := l.cfg.Now()
	l.mu.Lock()
	was := known(l.watch.Findings())
	before := map[string][]core.LeaseMonth{} // the months that are looked at, of leases without a rent that somebody told
	old := map[core.Subject]bool{}
	for _, e := range fresh {
		if e.Detail == nil {
			continue
		}
		s := e.Detail.Subject()
		if e.Past {
			old[s] = true
		}
		if p, is := e.Detail.(core.Payment); is && before[p.Lease] == nil && !toldRent(l.terms.Leases[p.Lease]) {
			before[p.Lease] = l.book.Lease(p.Lease, core.MonthOf(now), monthsLookedAt, l.terms, now)
		}
	}
	l.watch.Add(now, fresh...)
	var silent []core.Finding
	for _, f := range l.watch.Findings() {
		if !was[f.Key()] && (old[subjectOf(f)] || unknownBefore(f, before[f.Lease])) {
			silent = append(silent, f)
		}
	}
	l.cursor, l.uncounted = fresh[len(fresh)-1].Seq, true
	told := l.asTold(silent)
	l.mu.Unlock()
	return l.mark(told)
}

// toldRent reports whether the rent of every month is known, whatever is paid.
func toldRent(t core.LeaseTerms) bool { return t.Imported != nil || t.Told != nil }

// monthsLookedAt are the present month and those before it that can be late.
const monthsLookedAt = 3

// unknownBefore reports whether a finding is about a month whose rent was not known.
func unknownBefore(f core.Finding, before []core.LeaseMonth) bool {
	if f.Kind != core.FindLate && f.Kind != core.FindPartial && f.Kind != core.FindTwice {
		return false
	}
	for _, m := range before {
		if m.Month == f.Month {
			return !m.Expected.Known()
		}
	}
	return false
}

func subjectOf(f core.Finding) core.Subject {
	if f.WorkOrder != "" {
		return core.WorkOrder{ID: f.WorkOrder}.Subject()
	}
	return core.Payment{Lease: f.Lease}.Subject()
}
