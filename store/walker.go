package store

import "slices"

// walker goes through one tree of a file and notes the pages that are damaged.
type walker struct {
	pages   *pages
	seen    map[uint64]bool
	damaged []uint64
	into    *findings
	rank    int
	at      uint64 // the root page, which holds the small buckets whole
}

// maxDepth is far more levels than a tree can have: a page that leads back to
// itself must end somewhere.
const maxDepth = 64

// root goes through the buckets that a root page lists.
func (w *walker) root(id uint64) {
	w.descend(id, 0, func(leaf page, items []item) {
		w.at = leaf.id
		for _, it := range items {
			h, ok := it.head()
			if !ok {
				w.bad(w.at)
				continue
			}
			w.bucket(string(it.key), h)
		}
	})
}

func (w *walker) bucket(name string, h bucketHead) {
	f, before := w.into, len(w.damaged)
	switch name {
	case string(bucketEvents):
		f.newest = max(f.newest, h.sequence)
		w.leaves(h, func(leaf page, items []item) { f.events = w.spots(f.events, leaf, items, plausibleEvent) })
	case string(bucketQuarantine):
		w.leaves(h, func(leaf page, items []item) {
			f.quarantined = w.spots(f.quarantined, leaf, items, plausibleQuarantined)
		})
	case string(bucketMemo):
		w.leaves(h, func(_ page, items []item) { keepNew(f.memo, items) })
	case string(bucketMeta):
		w.leaves(h, func(_ page, items []item) { keepNew(f.meta, items) })
	case string(bucketNames):
		w.leaves(h, func(_ page, items []item) { keepNew(f.names, items) })
	case string(bucketReads):
		w.leaves(h, func(_ page, items []item) { keepNew(f.reads, items) })
	case string(bucketRecords):
		w.leaves(h, func(_ page, items []item) { keepNew(f.records, items) })
	case string(bucketConcerns):
		if w.rank == rankPresent {
			w.leaves(h, func(_ page, items []item) { f.concerns = append(f.concerns, items...) })
			f.concernsWhole = len(w.damaged) == before
			return
		}
		fallthrough
	default:
		w.leaves(h, func(page, []item) {}) // derived: only whether its pages are whole
	}
}

// leaves calls fn for every leaf of a bucket that can be read.
func (w *walker) leaves(h bucketHead, fn func(leaf page, items []item)) {
	if h.root != 0 {
		w.descend(h.root, 0, fn)
		return
	}
	leaf, err := parsePage(w.at, h.inline)
	if err == nil {
		leaf.inline = true
		var items []item
		if items, err = leaf.items(); err == nil && leaf.kind == kindLeaf {
			fn(leaf, items)
			return
		}
	}
	w.bad(w.at)
}

func (w *walker) descend(id uint64, depth int, fn func(leaf page, items []item)) {
	p, err := w.pages.page(id)
	if err != nil || w.seen[id] || depth > maxDepth {
		w.bad(id)
		return
	}
	for i := range uint64(len(p.data) / w.pages.pageSize) {
		w.seen[id+i] = true
	}
	items, err := p.items()
	switch {
	case err != nil:
		w.bad(id)
	case p.kind == kindLeaf:
		fn(p, items)
	default:
		for _, it := range items {
			w.descend(it.child, depth+1, fn)
		}
	}
}

// keepNew keeps what no later tree has given.
func keepNew(into map[string][]byte, items []item) {
	for _, it := range items {
		if _, known := into[string(it.key)]; !known && !it.bucket {
			into[string(it.key)] = slices.Clone(it.value)
		}
	}
}

// spots adds the records of a leaf. One that is no record makes its page a
// damaged one, and its neighbours count.
func (w *walker) spots(list []spot, leaf page, items []item, plausible func(item) bool) []spot {
	for i, it := range items {
		if len(it.key) != 8 || it.bucket || !plausible(it) {
			w.bad(leaf.id)
			continue
		}
		s := spot{seq: toNumber(it.key), page: leaf.id, n: i, rank: w.rank}
		if leaf.inline {
			s.value = it.value
		}
		list = append(list, s)
	}
	return list
}

func (w *walker) bad(id uint64) {
	if !slices.Contains(w.damaged, id) {
		w.damaged = append(w.damaged, id)
	}
}
