package find

import (
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/ui/words"
)

// Order is the column that payments are sorted by, and the direction. The zero
// Order has the newest first.
type Order struct {
	Column  int
	Falling bool
}

// The columns.
const (
	Received = 1 + iota
	Tenant
	Property
	Method
	Amount
)

// byTime reports whether the order is by time, in either direction.
func byTime(o Order) bool { return o.Column == 0 || o.Column == Received }

// latestFirst reports whether the newest payment is first, as in the zero
// Order.
func latestFirst(o Order) bool {
	return o.Column == 0 || o == Order{Column: Received, Falling: true}
}

// byName reports whether the order uses ranks.
func byName(o Order) bool { return !byTime(o) && o.Column != Amount }

// key returns the value to sort a payment by. For names it is a number in order
// of appearance, which rank replaces by the name's rank.
func (f *finding) key(p *core.Skimmed) int64 {
	switch f.query.Order.Column {
	case Tenant:
		name, _ := words.NameOr(p.Tenant, p.Lease, "Lease", "Lease %s")
		return f.ranks.number(name)
	case Property:
		return f.ranks.number(p.Property, p.Unit)
	case Method:
		return f.ranks.number(f.match.method(p.Method).name)
	case Amount:
		if !p.AmountKnown {
			return leastAmount
		}
		return int64(p.Amount)
	}
	return p.At.Unix()
}

// leastAmount is the key of an unknown amount.
const leastAmount = -1 << 63

// ranks numbers the names that payments are sorted by. Sorting numbers is many
// times as fast as sorting names, and each name is stored once.
type ranks struct {
	numbers  map[string]int64 // by folded name; after assign, its rank
	order    []int64          // rank of each number given before assign
	assigned bool
	scratch  []byte
}

// unranked is returned for a name that first appears after assign.
const unranked = -1

// number returns the number of a name. A name may have several parts, the first
// of which sorts first.
func (r *ranks) number(parts ...string) int64 {
	r.scratch = r.scratch[:0]
	for i, part := range parts {
		if i > 0 {
			r.scratch = append(r.scratch, 0)
		}
		r.scratch = words.AppendFolded(r.scratch, part)
	}
	n, known := r.numbers[string(r.scratch)]
	switch {
	case known:
		return n
	case r.assigned:
		return unranked
	}
	n = int64(len(r.numbers))
	r.numbers[string(r.scratch)] = n
	return n
}

// assign gives every name its rank.
func (r *ranks) assign() {
	names := make([]string, 0, len(r.numbers))
	for name := range r.numbers {
		names = append(names, name)
	}
	slices.SortFunc(names, strings.Compare)
	r.order = make([]int64, len(names))
	for rank, name := range names {
		r.order[r.numbers[name]] = int64(rank)
		r.numbers[name] = int64(rank)
	}
	r.assigned = true
}

// replace replaces the numbers in hits by ranks.
func (r *ranks) replace(hits []hit) {
	for i := range hits {
		hits[i].key = r.order[hits[i].key]
	}
}
