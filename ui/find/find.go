// Package find searches payments. It is made for a million of them: it reads
// each payment once, keeps sixteen bytes of each that matches, and reads a
// row's details only when it comes into view. It knows nothing of the window
// and starts no goroutine.
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

// Query selects and sorts payments. The zero Query selects all, the newest
// first.
type Query struct {
	Month    core.Date // first day of the month; zero: all months
	Method   string    // a result of words.MethodName; empty: all
	Search   string    // words that must all occur in a payment's texts
	Property string    // empty: all
	Order    Order
}

// wholeFeed reports whether the query selects all payments in the order of the
// feed. The feed can then be shown without a search.
func (q Query) wholeFeed() bool {
	return q == Query{Order: q.Order} && latestFirst(q.Order)
}

// endOfTime is later than any payment, because RFC 3339 has no year 10000.
var endOfTime = time.Date(10_000, time.January, 2, 0, 0, 0, 0, time.UTC)

// timeSpan returns the query's month as a range of time.
func (q Query) timeSpan(zone *time.Location) core.Query {
	var span core.Query
	if !q.Month.IsZero() {
		span.From, span.To = q.Month.In(zone), q.Month.AddMonths(1).In(zone)
	}
	return span
}

// Answer is the result of a query.
type Answer struct {
	Rows  Rows
	Total core.Cents // sum of the known amounts in all rows
	Any   bool       // whether there are any payments, even if the query selects none

	// Methods and Properties occur in the payments of the query's month, in no
	// particular order. They are empty if the whole feed is shown, because it
	// is not searched.
	Methods, Properties []string
	// Searching is true for an intermediate answer: more rows follow.
	Searching bool
	// Elsewhere is the number of matches in other months. FindNear sets it if
	// the query's month has no match.
	Elsewhere int
}

// Finder answers queries. It remembers its last answer, and if the same query
// comes again it reads only payments that have arrived since. It is not safe
// for concurrent use.
type Finder struct {
	Reader core.Reader
	Names  func() *names.Table // present names; a restored backup changes them too

	last    *finding // valid while names and deletions are as in named and deleted
	sum     *grandTotal
	named   *names.Table
	deleted int // payments that had been deleted
}

// FindNear is Find. If a search text has no match in the query's month, it
// counts the matches in all other months as well.
func (f *Finder) FindNear(ctx context.Context, q Query, now time.Time, tell func(Answer)) (Answer, error) {
	found, err := f.Find(ctx, q, now, tell)
	if err != nil || q.Month.IsZero() || q.Search == "" || !found.Any || found.Rows.Len() > 0 {
		return found, err
	}
	q.Month = core.Date{}
	everywhere := Finder{Reader: f.Reader, Names: f.Names} // a second Finder, so that f keeps its last answer
	all, err := everywhere.Find(ctx, q, now, nil)
	if err == nil {
		found.Elsewhere = all.Rows.Len()
	}
	return found, err
}

// Find answers a query, with months in the time zone of now. While it searches,
// it calls tell with the rows found so far, unless tell is nil. If ctx ends, it
// returns the error of ctx.
func (f *Finder) Find(ctx context.Context, q Query, now time.Time, tell func(Answer)) (Answer, error) {
	summary, err := f.Reader.Summary()
	if err != nil {
		return Answer{}, err
	}
	all, gone := summary.Feeds[core.FeedPayments], summary.Gone[core.FeedPayments]
	if names := f.Names(); names != f.named || gone != f.deleted {
		f.last, f.sum, f.named, f.deleted = nil, nil, names, gone
	}
	if q.wholeFeed() {
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

// hit is a payment that was found. key is the value to sort by: its time, its
// amount, or the rank of its name.
type hit struct {
	seq uint64
	key int64
}

// finding is the search for a query, and its result.
type finding struct {
	query  Query
	zone   *time.Location
	match  *matcher
	ranks  ranks
	hits   []hit // in the order of compare; earlier answers share the array, so it is only appended to
	total  core.Cents
	places map[string]bool // properties of all payments in the query's month
	seen   uint64          // the newest event that was read
}

func newFinding(q Query, zone *time.Location) *finding {
	return &finding{query: q, zone: zone, match: newMatcher(q.Search), ranks: ranks{numbers: map[string]int64{}}, places: map[string]bool{}}
}

// How often a search reports the rows found so far.
const (
	firstReport = 40 * time.Millisecond // after the start
	nextReport  = 150 * time.Millisecond
)

// search reads all payments of the query's month up to an event.
func (f *finding) search(ctx context.Context, r core.Reader, upTo uint64, tell func(Answer)) error {
	f.seen = upTo
	span := f.query.timeSpan(f.zone)
	span.Newest = latestFirst(f.query.Order)
	span.Whole = f.match.digits // a receipt's number is part of the event's id
	due := time.Now().Add(firstReport)
	err := r.Skim(ctx, span, func(batch []core.Skimmed) error {
		for i := range batch {
			if batch[i].Seq <= upTo {
				f.visit(&batch[i])
			}
		}
		if tell != nil && byTime(f.query.Order) && len(f.hits) > 0 && time.Now().After(due) {
			due = time.Now().Add(nextReport)
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

// visit records a payment's method and property, and adds it to the hits if it
// matches.
func (f *finding) visit(p *core.Skimmed) {
	method := f.match.method(p.Method).name
	if !f.places[p.Property] {
		f.places[strings.Clone(p.Property)] = true // the string shares memory with its whole batch
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

// compare orders hits. Among equal keys the newest is first on screen.
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

// rank sorts the hits once all are found. It sorts a copy, because intermediate
// answers share f.hits.
func (f *finding) rank() {
	f.ranks.assign()
	hits := slices.Clone(f.hits)
	if latestFirst(f.query.Order) {
		slices.Reverse(hits) // oldest first, so that later payments are appended
	}
	if byName(f.query.Order) {
		f.ranks.replace(hits)
	}
	if !slices.IsSortedFunc(hits, f.compare) {
		slices.SortFunc(hits, f.compare)
	}
	f.hits = hits
}

// errNewName says that a new payment has a name that was not ranked, so the
// search has to start again.
var errNewName = errors.New("a name without a rank")

// follow adds the payments that have arrived since the search.
func (f *finding) follow(ctx context.Context, r core.Reader) error {
	next := *f
	next.hits = nil
	from, to := next.span()
	err := r.Each(ctx, core.Query{AfterSeq: f.seen}, func(e core.Event) error {
		next.seen = e.Seq
		p, is := e.Detail.(core.Payment)
		if is && !e.OccurredAt.Before(from) && e.OccurredAt.Before(to) {
			next.visit(&core.Skimmed{Seq: e.Seq, At: e.OccurredAt, Payment: p, Arrival: core.Arrival{ID: e.ID}})
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

// span returns the query's time with a definite end.
func (f *finding) span() (from, to time.Time) {
	q := f.query.timeSpan(f.zone)
	if q.To.IsZero() {
		return q.From, endOfTime
	}
	return q.From, q.To
}

// merged returns the hits with newer ones sorted into them.
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

// page returns the answer with all hits.
func (f *finding) page(r core.Reader, any bool) Answer {
	return Answer{
		Any: any, Total: f.total, Methods: f.match.names(), Properties: slices.Collect(maps.Keys(f.places)),
		Rows: newFoundRows(r, f.hits, latestFirst(f.query.Order)),
	}
}

// part returns an intermediate answer. Its rows are in the order in which they
// were found.
func (f *finding) part(r core.Reader) Answer {
	return Answer{Any: true, Searching: true, Total: f.total, Rows: newFoundRows(r, f.hits, false)}
}
