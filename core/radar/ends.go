package radar

import (
	"cmp"
	"slices"
	"time"

	"rentbell/core"
)

// Ends is every lease that ends or once was to end, by id, from what happened until now.
// Of the Place it tells what its signings and expiries say.
func (b *Book) Ends(now time.Time) []core.LeaseEnd {
	var list []core.LeaseEnd
	for id, l := range b.leases {
		if e := l.end(momentOf(now)); !e.Ends.IsZero() {
			e.Lease, e.Place = id, b.place(l, nil, momentOf(now))
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b core.LeaseEnd) int { return cmp.Compare(a.Lease, b.Lease) })
	return list
}

// end follows the end of a lease through its steps.
func (l *lease) end(now moment) (e core.LeaseEnd) {
	var told told
	for _, s := range l.steps {
		if s.at > now {
			break
		}
		told.take(s)
		ends := told.stay().ends
		if ends == e.Ends && !e.Gone || ends.IsZero() && (e.Gone || e.Ends.IsZero()) {
			continue
		}
		if !e.Ends.IsZero() {
			e.Changes++
		}
		e.Changed = s.at.time()
		if e.Gone = ends.IsZero(); !e.Gone {
			e.Ends = ends
		}
	}
	return e
}
