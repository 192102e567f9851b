package ui

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"rentbell/core"
)

// finder answers what the payments page asks. It remembers its last answer: when
// payments have arrived since, it looks at those alone. One read at a time.
type finder struct {
	reader core.Reader
	names  func() *core.NameTable // in force; a restored backup has others, too
	last   *finding               // of the names and the records of named and gone
	sum    *grandTotal
	named  *core.NameTable
	gone   int // payments that were deleted
}

// find answers a query, in the time zone of now. tell, which may be nil, gets the
// first rows while the search goes on.
func (f *finder) find(ctx context.Context, q paymentsQuery, now time.Time, tell func(paymentsPage)) (paymentsPage, error) {
	summary, err := f.reader.Summary()
	if err != nil {
		return paymentsPage{}, err
	}
	all, gone := summary.Feeds[core.FeedPayments], summary.Gone[core.FeedPayments]
	if names := f.names(); names != f.named || gone != f.gone {
		f.last, f.sum, f.named, f.gone = nil, nil, names, gone
	}
	if q.everything() {
		total, err := f.total(ctx)
		rows := newFeedRows(f.reader, core.FeedPayments, all)
		rows.gone = gone
		return paymentsPage{any: all > 0, rows: rows, total: total}, err
	}
	zone := now.Location()
	if f.last != nil && f.last.query == q && f.last.zone == zone {
		if err := f.last.follow(ctx, f.reader); !errors.Is(err, errNewName) {
			return f.last.page(f.reader, all > 0), err
		}
	}
	found := newFinding(q, zone)
	if err := found.search(ctx, f.reader, summary.LastSeq, tell); err != nil {
		return paymentsPage{}, err
	}
	f.last = found
	return found.page(f.reader, all > 0), nil
}

// hit is a payment that was found. Eight bytes say where it stands: its time, its
// amount, or the rank of its name.
type hit struct {
	seq uint64
	key int64
}

// finding is the answer to a query.
type finding struct {
	query  paymentsQuery
	zone   *time.Location
	match  *matcher
	ranks  ranks
	hits   []hit // in the order of compare; only ever appended to, as pages look at it
	total  core.Cents
	places map[string]bool // the properties of all payments of the query's time
	seen   uint64          // the newest event that was looked at
}

func newFinding(q paymentsQuery, zone *time.Location) *finding {
	return &finding{query: q, zone: zone, match: newMatcher(q.search), ranks: ranks{numbers: map[string]int64{}}, places: map[string]bool{}}
}

// How a search tells of what it has found so far.
const (
	firstTold = 40 * time.Millisecond // after it began
	laterTold = 150 * time.Millisecond
)

// search looks at all payments of the query's time up to an event.
func (f *finding) search(ctx context.Context, r core.Reader, upTo uint64, tell func(paymentsPage)) error {
	f.seen = upTo
	span := f.query.stretch(f.zone)
	span.Newest = latestFirst(f.query.order)
	due := time.Now().Add(firstTold)
	err := r.Skim(ctx, span, func(batch []core.Skimmed) error {
		for i := range batch {
			if batch[i].Seq <= upTo {
				f.look(&batch[i])
			}
		}
		if tell != nil && byTime(f.query.order) && len(f.hits) > 0 && time.Now().After(due) {
			due = time.Now().Add(laterTold)
			tell(f.part(r))
		}
		return nil
	})
	if err != nil {
		return err
	}
	f.rank()
	return nil
}

// look adds a payment that matches.
func (f *finding) look(p *core.Skimmed) {
	method := f.match.method(p.Method).name
	if !f.places[p.Property] {
		f.places[strings.Clone(p.Property)] = true // a piece of its whole batch
	}
	if f.wants(p, method) {
		f.hits = append(f.hits, hit{p.Seq, f.key(p)})
		f.add(p)
	}
}

func (f *finding) wants(p *core.Skimmed, method string) bool {
	q := &f.query
	return (q.method == "" || q.method == method) && (q.property == "" || q.property == p.Property) && f.match.matches(&p.Payment)
}

func (f *finding) add(p *core.Skimmed) {
	if p.AmountKnown {
		f.total = f.total.Plus(p.Amount)
	}
}

// compare sorts hits. What is equal stands with the newest on top.
func (f *finding) compare(a, b hit) int {
	switch o := f.query.order; {
	case byTime(o):
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.seq, b.seq))
	case o.Falling:
		return cmp.Or(cmp.Compare(b.key, a.key), cmp.Compare(b.seq, a.seq))
	default:
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(b.seq, a.seq))
	}
}

// rank sorts the hits when all are found. Pages may look at them as they were
// found, so that these stay.
func (f *finding) rank() {
	f.ranks.settle()
	hits := slices.Clone(f.hits)
	if latestFirst(f.query.order) {
		slices.Reverse(hits) // kept oldest first: what comes later is appended
	}
	if byName(f.query.order) {
		f.ranks.replace(hits)
	}
	if !slices.IsSortedFunc(hits, f.compare) {
		slices.SortFunc(hits, f.compare)
	}
	f.hits = hits
}

// errNewName: a name has come up that has no rank.
var errNewName = errors.New("a name without a rank")

// follow looks at the payments that have arrived since.
func (f *finding) follow(ctx context.Context, r core.Reader) error {
	next := *f
	next.hits = nil
	from, to := next.span()
	err := r.Each(ctx, core.Query{AfterSeq: f.seen}, func(e core.Event) error {
		next.seen = e.Seq
		p, is := e.Detail.(core.Payment)
		if is && !e.OccurredAt.Before(from) && e.OccurredAt.Before(to) {
			next.look(&core.Skimmed{Seq: e.Seq, At: e.OccurredAt, Payment: p})
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case byName(f.query.order) && slices.ContainsFunc(next.hits, func(h hit) bool { return h.key == unranked }):
		return errNewName
	}
	next.hits = f.merged(next.hits)
	*f = next
	return nil
}

// span is the query's time, without an open end.
func (f *finding) span() (from, to time.Time) {
	q := f.query.stretch(f.zone)
	if q.To.IsZero() {
		return q.From, endOfTime
	}
	return q.From, q.To
}

// merged is the hits with newer ones among them.
func (f *finding) merged(newer []hit) []hit {
	slices.SortFunc(newer, f.compare)
	n := len(f.hits)
	if n == 0 || len(newer) == 0 || f.compare(f.hits[n-1], newer[0]) < 0 {
		return append(f.hits, newer...)
	}
	all := make([]hit, 0, n+len(newer))
	for older := f.hits; ; {
		switch {
		case len(newer) == 0:
			return append(all, older...)
		case len(older) == 0:
			return append(all, newer...)
		case f.compare(older[0], newer[0]) < 0:
			all, older = append(all, older[0]), older[1:]
		default:
			all, newer = append(all, newer[0]), newer[1:]
		}
	}
}

// page is what has been found, as the page shows it.
func (f *finding) page(r core.Reader, any bool) paymentsPage {
	return paymentsPage{
		any: any, total: f.total, methods: f.match.names(), properties: slices.Collect(maps.Keys(f.places)),
		rows: newFoundRows(r, f.hits, latestFirst(f.query.order)),
	}
}

// part is what has been found so far, in the order it was.
func (f *finding) part(r core.Reader) paymentsPage {
	return paymentsPage{any: true, searching: true, total: f.total, rows: newFoundRows(r, f.hits, false)}
}
