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

// root goes through the buckets that a root page lists, meta first: it tells
// what of the others was deleted.
func (w *walker) root(id uint64) {
	type listed struct {
		name string
		head bucketHead
		at   uint64
	}
	var buckets []listed
	w.descend(id, 0, func(leaf page, items []item) {
		for _, it := range items {
			h, ok := it.head()
			if !ok {
				w.bad(leaf.id)
				continue
			}
			buckets = append(buckets, listed{string(it.key), h, leaf.id})
		}
	})
	if i := slices.IndexFunc(buckets, func(l listed) bool { return l.name == string(bucketMeta) }); i > 0 {
		buckets[0], buckets[i] = buckets[i], buckets[0]
	}
	for _, l := range buckets {
		w.at = l.at
		w.bucket(l.name, l.head)
	}
}

func (w *walker) bucket(name string, h bucketHead) {
	f := w.into
	switch name {
	case string(bucketEvents):
		f.newest = max(f.newest, h.sequence)
		w.leaves(h, func(leaf page, items []item) { f.events = w.spots(f.events, leaf, items, plausibleEvent) })
	case string(bucketQuarantine):
		w.leaves(h, func(leaf page, items []item) {
			f.quarantined = w.spots(f.quarantined, leaf, items, plausibleQuarantined)
		})
	case string(bucketMeta):
		w.leaves(h, func(leaf page, items []item) { w.keep(f.meta, leaf, items) })
	case string(bucketIDs):
		w.leaves(h, func(_ page, items []item) { f.keepIDs(items) })
	case string(bucketConcerns):
		if w.rank != rankPresent {
			return // some of it may have been handled since
		}
		before := len(w.damaged)
		w.small(&f.concerns, h)
		f.concernsWhole = len(w.damaged) == before
	case string(bucketWorkOrders), string(bucketLeases), string(bucketTenants):
		if f.gone(bucketEvents) == 0 {
			w.leaves(h, func(page, []item) {}) // all of it can be derived
			return
		}
		w.small(entry(f.states, name), h)
	default:
		if partOf([]byte(name)).nature == carried {
			w.small(entry(f.carried, name), h)
			return
		}
		w.leaves(h, func(page, []item) {}) // derived: only whether its pages are whole
	}
}

// entry is the bucket of a name, made where it is not there yet.
func entry(all map[string]*kept, name string) *kept {
	if all[name] == nil {
		all[name] = &kept{}
	}
	return all[name]
}

// small keeps a bucket whole.
func (w *walker) small(into *kept, h bucketHead) {
	if into.entries == nil {
		into.entries = map[string][]byte{}
	}
	into.sequence = max(into.sequence, h.sequence)
	w.leaves(h, func(leaf page, items []item) { w.keep(into.entries, leaf, items) })
}

// keepIDs keeps those of events that were deleted; the others tell their own.
func (f *findings) keepIDs(items []item) {
	for _, it := range items {
		if seq := toNumber(it.value); seq > 0 && seq <= f.gone(bucketEvents) {
			f.ids = append(f.ids, it)
		}
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

// keep keeps what no later tree has given. A bucket within a bucket is nothing
// that Rentbell has ever written.
func (w *walker) keep(into map[string][]byte, leaf page, items []item) {
	for _, it := range items {
		if it.bucket {
			w.bad(leaf.id)
			continue
		}
		if _, known := into[string(it.key)]; !known {
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
