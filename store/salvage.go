package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"rentbell/core"
)

// findings are what a file holds, damaged or not, found page by page: where its
// events and quarantined deliveries are, and the small things themselves.
type findings struct {
	pages       *pages
	events      []spot
	quarantined []spot
	meta        map[string][]byte
	carried     map[string]*kept // buckets that are nobody's sum
	ids         []item           // of events that were deleted
	states      map[string]*kept // where events were deleted, which are not there to tell of them
	concerns    kept             // as they are listed
	// concernsWhole: no page of theirs is damaged, so that what is not there was handled.
	concernsWhole bool
	newest        uint64   // the last event's number, as far as is known
	damaged       []uint64 // pages of the present tree
}

// kept is a small bucket as it was found.
type kept struct {
	entries  map[string][]byte
	sequence uint64
}

// spot is where a record is.
type spot struct {
	seq   uint64
	page  uint64
	n     int
	rank  int    // how far to trust it: less is better, where two have a number
	value []byte // the record itself, where its page is within another
}

// Ranks of a spot.
const (
	rankPresent = iota // in the tree of the last commit
	rankBefore         // in that of the commit before
	rankLost           // on a page that no tree leads to, and that is not free
)

// survey looks through a file. Where the tree of the last commit is whole, that
// is all there is. Where it is not, the commit before, whose tree bbolt still
// keeps, and pages without a way to them make up for it.
func survey(p *pages) *findings {
	f := &findings{pages: p, meta: map[string][]byte{}, carried: map[string]*kept{}, states: map[string]*kept{}}
	seen := map[uint64]bool{}
	for rank, root := range p.roots() {
		w := walker{pages: p, seen: map[uint64]bool{}, into: f, rank: rank}
		w.root(root)
		for id := range w.seen {
			seen[id] = true
		}
		if rank == rankPresent {
			f.damaged = w.damaged
			if len(f.damaged) == 0 && len(p.metas) > 0 {
				return f.sorted()
			}
		}
	}
	f.gatherLost(seen)
	return f.sorted()
}

// roots are the pages that trees begin with, newest first: what the metas name,
// or, without any, the one page that looks like a root and speaks of most events.
func (p *pages) roots() []uint64 {
	var roots []uint64
	for _, m := range p.metas {
		roots = append(roots, m.root)
	}
	if len(roots) > 0 {
		return roots
	}
	spokenOf := map[uint64]uint64{} // of pages that list buckets, how many events
	p.each(kindLeaf, func(leaf page, items []item) {
		for _, it := range items {
			if h, ok := it.head(); ok && string(it.key) == string(bucketEvents) {
				spokenOf[leaf.id] = h.sequence
			}
		}
	})
	p.each(kindBranch, func(branch page, items []item) { // above pages that do, where one is too small
		for _, it := range items {
			if n, lists := spokenOf[it.child]; lists {
				spokenOf[branch.id] = n
				delete(spokenOf, it.child)
			}
		}
	})
	for id, n := range spokenOf {
		if roots == nil || n > spokenOf[roots[0]] || n == spokenOf[roots[0]] && id > roots[0] {
			roots = []uint64{id}
		}
	}
	return roots
}

// each calls fn for every page of a kind that can be read.
func (p *pages) each(kind uint16, fn func(found page, items []item)) {
	for id := uint64(2); id < p.count; id++ {
		found, err := p.page(id)
		if err != nil || found.kind != kind {
			continue
		}
		if items, err := found.items(); err == nil {
			fn(found, items)
		}
	}
}

// gatherLost looks at the pages that no tree led to.
func (f *findings) gatherLost(seen map[uint64]bool) {
	free := map[uint64]bool{}
	if len(f.pages.metas) > 0 {
		if known, err := f.pages.free(f.pages.metas[0]); err == nil {
			free = known // what is on it is old, and may have been taken back
		}
	}
	f.pages.each(kindLeaf, func(leaf page, items []item) {
		if seen[leaf.id] || free[leaf.id] {
			return
		}
		for i, it := range items {
			s := spot{page: leaf.id, n: i, rank: rankLost, seq: toNumber(it.key)}
			switch {
			case it.bucket || len(it.key) != 8:
			case plausibleEvent(it):
				f.events = append(f.events, s)
			case plausibleQuarantined(it):
				f.quarantined = append(f.quarantined, s)
			}
		}
	})
}

func plausibleEvent(it item) bool {
	e, err := decodeEvent(toNumber(it.key), it.value)
	return err == nil && e.ID != "" && e.Type != "" && json.Valid(e.Body)
}

func plausibleQuarantined(it item) bool {
	var q quarantined
	return cbor.Unmarshal(it.value, &q) == nil && q.Reason != ""
}

// sorted puts records into the order in which they were stored, the more
// trusted first where two have one number, without those that were deleted.
func (f *findings) sorted() *findings {
	f.events = f.notDeleted(bucketEvents, f.events)
	f.quarantined = f.notDeleted(bucketQuarantine, f.quarantined)
	order := func(a, b spot) int { return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.rank, b.rank)) }
	slices.SortFunc(f.events, order)
	slices.SortFunc(f.quarantined, order)
	if n := len(f.events); n > 0 {
		f.newest = max(f.newest, f.events[n-1].seq)
	}
	return f
}

// notDeleted leaves out what is found only because a deleted record stays on its
// page for a while. What the present tree has was not deleted, whatever the count
// says, which may be on a page that is damaged without showing it.
func (f *findings) notDeleted(bucket []byte, records []spot) []spot {
	gone := f.gone(bucket)
	for _, s := range records {
		if s.rank == rankPresent && s.seq <= gone {
			gone = s.seq - 1
			f.meta[string(goneKey(bucket))] = number(gone)
		}
	}
	return slices.DeleteFunc(records, func(s spot) bool { return s.seq <= gone })
}

// read calls fn with the records of spots. Neighbours share the reading of a page.
func (f *findings) read(spots []spot, fn func(s spot, value []byte) error) error {
	var last uint64
	var items []item
	for _, s := range spots {
		if s.value != nil {
			if err := fn(s, s.value); err != nil {
				return err
			}
			continue
		}
		if s.page != last {
			leaf, err := f.pages.page(s.page)
			if err != nil {
				return err
			}
			if items, err = leaf.items(); err != nil {
				return err
			}
			last = s.page
		}
		if s.n >= len(items) {
			return fmt.Errorf("page %d: %w: %w", s.page, errBadPage, io.ErrUnexpectedEOF)
		}
		if err := fn(s, items[s.n].value); err != nil {
			return err
		}
	}
	return nil
}

// gone is how many entries were deleted from the front of a dense bucket.
func (f *findings) gone(bucket []byte) uint64 { return toNumber(f.meta[string(goneKey(bucket))]) }

// schema is the version of the layout, 0 where it cannot be read.
func (f *findings) schema() uint64 { return toNumber(f.meta[string(keySchema)]) }

// checkSchema refuses a file of a later version, damaged or not.
func (f *findings) checkSchema() error {
	if found := f.schema(); found > schema {
		return fmt.Errorf("%w: schema %d, this version knows %d", core.ErrNewer, found, schema)
	}
	return nil
}
