package find

import (
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/ui/words"
)

// Order is the column by which payments are sorted, and whether the largest
// stands on top. The zero Order is that of time, the newest on top.
type Order struct {
	Column  int
	Falling bool
}

// The columns that payments can be sorted by.
const (
	Received = 1 + iota
	Tenant
	Property
	Method
	Amount
)

// byTime reports whether payments stand in the order in which they happened.
func byTime(o Order) bool { return o.Column == 0 || o.Column == Received }

// latestFirst reports whether the newest payment stands on top, as it does when
// nothing is asked for.
func latestFirst(o Order) bool {
	return o.Column == 0 || o == Order{Column: Received, Falling: true}
}

// byName reports whether payments are sorted by ranks.
func byName(o Order) bool { return !byTime(o) && o.Column != Amount }

// key is a number to sort a payment by. Names get theirs in the order they come
// up; it is replaced by their rank once all are known.
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

// leastAmount stands for one that is not known.
const leastAmount = -1 << 63

// ranks are the names that payments are sorted by. Sorting numbers is many times
// as fast, and a name is kept once.
type ranks struct {
	numbers map[string]int64 // in lower case; after settle, ranks
	order   []int64          // the rank of each number, as they were given
	settled bool
	scratch []byte
}

// unranked is the number of a name that came up after settle.
const unranked = -1

// number is a name's. Parts sort one after the other.
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
	case r.settled:
		return unranked
	}
	n = int64(len(r.numbers))
	r.numbers[string(r.scratch)] = n
	return n
}

// settle gives every name its rank.
func (r *ranks) settle() {
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
	r.settled = true
}

// replace puts ranks in the numbers' places.
func (r *ranks) replace(hits []hit) {
	for i := range hits {
		hits[i].key = r.order[hits[i].key]
	}
}
