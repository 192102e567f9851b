// Package find is the search of payments, as quick as it can be among a million of
// them: it looks at each once, remembers eight bytes of what it found, and reads
// the rows that come into view. It knows no window and starts nothing: who asks
// brings the goroutine.
package find

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/names"
)

// Query is a question about payments. The zero Query is all of them, the newest
// on top.
type Query struct {
	Month    core.Date // its first day; zero: all time
	Method   string    // as words.MethodName spells it; empty: all
	Search   string    // words that all have to stand in one payment's texts
	Property string    // empty: all
	Order    Order
}

// everything reports whether nothing is filtered or sorted, so that the feed
// itself can be shown, however long.
func (q Query) everything() bool {
	return q == Query{Order: q.Order} && latestFirst(q.Order)
}

// endOfTime is later than any payment: RFC 3339 has no year 10000.
var endOfTime = time.Date(10_000, time.January, 2, 0, 0, 0, 0, time.UTC)

// stretch is the query's span of time.
func (q Query) stretch(zone *time.Location) core.Query {
	var span core.Query
	if !q.Month.IsZero() {
		span.From, span.To = q.Month.In(zone), q.Month.AddMonths(1).In(zone)
	}
	return span
}

// Answer is what was found.
type Answer struct {
	Rows  Rows
	Total core.Cents // of all rows whose amount is known
	Any   bool       // there are payments at all, whatever the query

	// Methods and Properties are those among all payments of the query's time, in
	// no order. The whole feed is not searched for them.
	Methods, Properties []string
	// Searching: these are the first rows, more will be found.
	Searching bool
	// Elsewhere is how many payments of other months match, where none of the query's
	// month does.
	Elsewhere int
}

// Finder answers queries. It remembers its last answer: when payments have
// arrived since, it looks at those alone. It does one search at a time.
type Finder struct {
	Reader core.Reader
	Names  func() *names.Table // in force; a restored backup has others, too

	last  *finding // of the names and the records of named and gone
	sum   *grandTotal
	named *names.Table
	gone  int // payments that were deleted
}

// FindNear is Find, and looks in all other months too when a search finds nothing in
// its own.
func (f *Finder) FindNear(ctx context.Context, q Query, now time.Time, tell func(Answer)) (Answer, error) {
	found, err := f.Find(ctx, q, now, tell)
	if err != nil || q.Month.IsZero() || q.Search == "" || !found.Any || found.Rows.Len() > 0 {
		return found, err
	}
	q.Month = core.Date{}
	everywhere := Finder{Reader: f.Reader, Names: f.Names} // what f remembers stays
	all, err := everywhere.Find(ctx, q, now, nil)
	if err == nil {
		found.Elsewhere = all.Rows.Len()
	}
	return found, err
}

// Find answers a query, in the time zone of now. tell, which may be nil, gets the
// first rows while the search goes on. An ended ctx ends the search with its error.
func (f *Finder) Find(ctx context.Context, q Query, now time.Time, tell func(Answer)) (Answer, error) {
	summary, err := f.Reader.Summary()
	if err != nil {
		return Answer{}, err
	}
	all, gone := summary.Feeds[core.FeedPayments], summary.Gone[core.FeedPayments]
	if names := f.Names(); names != f.named || gone != f.gone {
		f.last, f.sum, f.named, f.gone = nil, nil, names, gone
	}
	if q.everything() {
		total, err := f.total(ctx)
		rows := newFeedRows(f.Reader, core.FeedPayments, all)
		rows.gone = gone
		return Answer{Any: all > 0, Rows: rows, Total: total}, err
	}
	zone := now.Location()
	if f.last != nil && f.last.query == q && f.last.zone == zone {
		if err := f.last.follow(ctx, f.Reader); !errors.Is(err, errNewName) {
			return f.last.page(f.Reader, all > 0), err
		}
	}
	found := newFinding(q, zone)
	if err := found.search(ctx, f.Reader, summary.LastSeq, tell); err != nil {
		return Answer{}, err
	}
	f.last = found
	return found.page(f.Reader, all > 0), nil
}

// hit is a payment that was found. Eight bytes say where it stands: its time, its
// amount, or the rank of its name.
type hit struct {
	seq uint64
	key int64
}

// finding is the answer to a query.
type finding struct {
	query  Query
	zone   *time.Location
	match  *matcher
	ranks  ranks
	hits   []hit // in the order of compare; only ever appended to, as pages look at it
	total  core.Cents
	places map[string]bool // the properties of all payments of the query's time
	seen   uint64          // the newest event that was looked at
}

func newFinding(q Query, zone *time.Location) *finding {
	return &finding{query: q, zone: zone, match: newMatcher(q.Search), ranks: ranks{numbers: map[string]int64{}}, places: map[string]bool{}}
}

// How a search tells of what it has found so far.
const (
	firstTold = 40 * time.Millisecond // after it began
	laterTold = 150 * time.Millisecond
)

// search looks at all payments of the query's time up to an event.
func (f *finding) search(ctx context.Context, r core.Reader, upTo uint64, tell func(Answer)) error {
	f.seen = upTo
	span := f.query.stretch(f.zone)
	span.Newest = latestFirst(f.query.Order)
	span.Whole = f.match.digits // for the ids of receipts
	due := time.Now().Add(firstTold)
	err := r.Skim(ctx, span, func(batch []core.Skimmed) error {
		for i := range batch {
			if batch[i].Seq <= upTo {
				f.look(&batch[i])
			}
		}
		if tell != nil && byTime(f.query.Order) && len(f.hits) > 0 && time.Now().After(due) {
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
	return (q.Method == "" || q.Method == method) && (q.Property == "" || q.Property == p.Property) && f.match.matches(&p.Payment, core.ReceiptNumber(p.ID))
}

func (f *finding) add(p *core.Skimmed) {
	if p.AmountKnown {
		f.total = f.total.Plus(p.Amount)
	}
}

// compare sorts hits. What is equal stands with the newest on top.
func (f *finding) compare(a, b hit) int {
	switch o := f.query.Order; {
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
	if latestFirst(f.query.Order) {
		slices.Reverse(hits) // kept oldest first: what comes later is appended
	}
	if byName(f.query.Order) {
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
			next.look(&core.Skimmed{Seq: e.Seq, At: e.OccurredAt, Payment: p, Arrival: core.Arrival{ID: e.ID}})
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case byName(f.query.Order) && slices.ContainsFunc(next.hits, func(h hit) bool { return h.key == unranked }):
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

// page is all that has been found.
func (f *finding) page(r core.Reader, any bool) Answer {
	return Answer{
		Any: any, Total: f.total, Methods: f.match.names(), Properties: slices.Collect(maps.Keys(f.places)),
		Rows: newFoundRows(r, f.hits, latestFirst(f.query.Order)),
	}
}

// part is what has been found so far, in the order it was.
func (f *finding) part(r core.Reader) Answer {
	return Answer{Any: true, Searching: true, Total: f.total, Rows: newFoundRows(r, f.hits, false)}
}
