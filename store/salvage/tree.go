package salvage

// Tree is what a commit has left: its buckets, as far as their pages can be read.
// It is walked once, Buckets first and then Each of every bucket: a page that it
// leads to a second time counts as damaged.
type Tree struct {
	file    *File
	root    uint64
	guessed bool // no meta names it
	seen    bits // pages it has led to so far
	damaged map[uint64]bool
}

// Bucket is one of a tree's. What is in it is read by Each alone.
type Bucket struct {
	Name     string
	Sequence uint64 // the last number that NextSequence gave
	tree     *Tree
	head     bucketHead
	listed   uint64 // the page that lists the bucket, and holds a small one whole
}

// maxDepth is far more levels than a tree can have: a page that leads back to
// itself must end somewhere.
const maxDepth = 64

// Trees are those that the metas name, newest first: the last commit's and that
// of the one before. Where both metas are damaged there is one at most: of the
// roots that list a bucket called growing, that in which it has come furthest.
func (f *File) Trees(growing string) []*Tree {
	var trees []*Tree
	for _, m := range f.metas {
		trees = append(trees, f.tree(m.root))
	}
	if len(trees) > 0 {
		return trees
	}
	if root, found := f.likelyRoot(growing); found {
		guess := f.tree(root)
		guess.guessed = true
		return []*Tree{guess}
	}
	return nil
}

func (f *File) tree(root uint64) *Tree {
	return &Tree{file: f, root: root, seen: newBits(f.count), damaged: map[uint64]bool{}}
}

// likelyRoot finds the page that speaks of most entries in a bucket.
func (f *File) likelyRoot(growing string) (root uint64, found bool) {
	entries, begins := map[uint64]uint64{}, map[uint64]string{} // by page that lists the bucket
	f.each(kindLeaf, func(leaf page, items []item) {
		for _, it := range items {
			if h, ok := it.head(); ok && string(it.key) == growing {
				entries[leaf.id], begins[leaf.id] = h.sequence, string(items[0].key)
			}
		}
	})
	f.each(kindBranch, func(branch page, items []item) { // where one page is too small for the list
		for _, it := range items {
			// A page that was given up may lead to what has since become a list.
			if n, lists := entries[it.child]; lists && begins[it.child] == string(it.key) {
				entries[branch.id] = n
				delete(entries, it.child)
			}
		}
	})
	for id, n := range entries {
		if !found || n > entries[root] || n == entries[root] && id > root {
			root, found = id, true
		}
	}
	return root, found
}

// Whole reports that no damaged page was met so far, in a tree that a meta names.
func (t *Tree) Whole() bool { return !t.guessed && len(t.damaged) == 0 }

// Damaged is how many damaged pages were met so far.
func (t *Tree) Damaged() int { return len(t.damaged) }

// Buckets lists those of the root. A tree has only these: Rentbell writes no
// bucket within a bucket, and one that is found there counts as damage.
func (t *Tree) Buckets() []Bucket {
	var buckets []Bucket
	t.descend(t.root, 0, func(leaf page, items []item) {
		for _, it := range items {
			h, ok := it.head()
			if !ok {
				t.bad(leaf.id)
				continue
			}
			buckets = append(buckets, Bucket{string(it.key), h.sequence, t, h, leaf.id})
		}
	})
	return buckets
}

// Each calls fn for every entry that can be read, in order, and reports whether
// all of the bucket's pages are whole. Where fn finds an entry implausible its
// page counts as damaged, and the next entry follows all the same.
func (b Bucket) Each(fn func(Entry) (plausible bool)) (whole bool) {
	t := b.tree
	whole = true
	entries := func(leaf page, items []item) {
		for i, it := range items {
			if it.bucket || !fn(leaf.entry(i, it)) {
				t.bad(leaf.id)
				whole = false
			}
		}
	}
	if b.head.root != 0 {
		return t.descend(b.head.root, 0, entries) && whole
	}
	leaf, err := parsePage(b.listed, b.head.inline)
	if err == nil {
		leaf.inline = true
		var items []item
		if items, err = leaf.items(); err == nil && leaf.kind == kindLeaf {
			entries(leaf, items)
			return whole
		}
	}
	t.bad(b.listed)
	return false
}

// descend calls fn for every leaf below a page that can be read, and reports
// whether all of them can.
func (t *Tree) descend(id uint64, depth int, fn func(leaf page, items []item)) (whole bool) {
	if t.file.ctx.Err() != nil {
		return false
	}
	if depth > maxDepth || t.seen.has(id) { // before it is read: a thousand ways to a page read it once
		t.bad(id)
		return false
	}
	p, err := t.file.page(id)
	if err != nil {
		t.bad(id)
		return false
	}
	for i := range uint64(len(p.data) / t.file.pageSize) {
		t.seen.add(id + i)
	}
	items, err := p.items()
	if err != nil {
		t.bad(id)
		return false
	}
	if p.kind == kindLeaf {
		fn(p, items)
		return true
	}
	whole = true
	for _, it := range items {
		whole = t.descend(it.child, depth+1, fn) && whole
	}
	return whole
}

func (t *Tree) bad(id uint64) { t.damaged[id] = true }
