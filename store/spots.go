package store

import (
	"cmp"
	"iter"
	"slices"

	"rentbell/store/salvage"
)

// spot is where a record is.
type spot struct {
	seq  uint64
	rank rank
	at   salvage.Place
}

// rank is how far to trust a record: where two have one number, less is better.
type rank int

const (
	rankPresent rank = iota // in the tree of the last commit
	rankLive                // on a page that the last commit uses, without a way to it
	rankBefore              // in the tree of the commit before, whose pages may be free by now
	rankLost                // on a page that no tree leads to
)

// spots is a list of them. Those that stand side by side on a page, with numbers in
// turn, are kept as one: of a file in order that is less than a tenth.
type spots struct {
	runs []run
	n    int
}

// run is so many spots from its own on.
type run struct {
	spot
	length int
}

// at is spot i of a run.
func (r run) at(i int) spot { return spot{r.seq + uint64(i), r.rank, r.spot.at.After(i)} }

func (s *spots) add(next spot) {
	s.n++
	if last := len(s.runs) - 1; last >= 0 {
		r := &s.runs[last]
		if due := r.at(r.length); next.seq == due.seq && next.rank == due.rank && next.at.Is(due.at) {
			r.length++
			return
		}
	}
	s.runs = append(s.runs, run{next, 1})
}

func (s *spots) all() iter.Seq[spot] {
	return func(yield func(spot) bool) {
		for _, r := range s.runs {
			for i := range r.length {
				if !yield(r.at(i)) {
					return
				}
			}
		}
	}
}

// last is the number of the last one; 0: there is none.
func (s *spots) last() uint64 {
	if len(s.runs) == 0 {
		return 0
	}
	r := s.runs[len(s.runs)-1]
	return r.at(r.length - 1).seq
}

// distinct counts numbers: where a tree is damaged, the tree before it has most of
// them a second time. The list is sorted.
func (s *spots) distinct() (n int) {
	last := uint64(0)
	for x := range s.all() {
		if n == 0 || x.seq != last {
			n++
		}
		last = x.seq
	}
	return n
}

// sort puts records into the order in which they were stored, the more trusted first
// where two have one number. A file in order is so already, and nothing is unpacked.
func (s *spots) sort() {
	order := func(a, b spot) int { return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.rank, b.rank)) }
	if slices.IsSortedFunc(s.runs, func(later, earlier run) int { return order(later.spot, earlier.at(earlier.length-1)) }) {
		return
	}
	sorted := slices.SortedStableFunc(s.all(), order)
	*s = spots{}
	for _, x := range sorted {
		s.add(x)
	}
}

// drop leaves out those up to a number.
func (s *spots) drop(upTo uint64) {
	kept := spots{}
	for x := range s.all() {
		if x.seq > upTo {
			kept.add(x)
		}
	}
	*s = kept
}
