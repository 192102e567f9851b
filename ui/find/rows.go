package find

import (
	"slices"
	"sort"

	"rentbell/core"
)

// Rows is a list of payments, read from the store when they come into view. It
// does not change; payments that arrive later are in the next Answer.
type Rows interface {
	Len() int
	// Key returns the number of a row's event. For a row that cannot be read at
	// the moment it returns a number that no event has.
	Key(row int) uint64
	// Find returns the row with a key, or -1. near is its last known row, or
	// -1.
	Find(key uint64, near int) int
	// At returns the event of a row. ok is false if it cannot be read at the
	// moment.
	At(row int) (e core.Event, ok bool)
}

// Limits of what is kept in memory around the view.
const (
	blockRows  = 64
	mostBlocks = 16
	mostCached = 512
)

// feedRows is a whole feed of any length. It reads rows in blocks. Blocks are
// counted from the oldest event, so new events do not move them.
type feedRows struct {
	reader core.Reader
	feed   core.Feed
	length int
	gone   int                  // rows deleted before the oldest, when feedRows was made
	blocks map[int][]core.Event // keyed by their first row from the oldest; oldest event first
}

// newFeedRows returns the rows of a feed that has length events now.
func newFeedRows(r core.Reader, feed core.Feed, length int) *feedRows {
	return &feedRows{reader: r, feed: feed, length: length, blocks: map[int][]core.Event{}}
}

func (f *feedRows) Len() int { return f.length }

func (f *feedRows) At(row int) (core.Event, bool) {
	fromOldest := f.length - 1 - row
	first := fromOldest - fromOldest%blockRows
	block, cached := f.blocks[first]
	if !cached {
		if block = f.read(first); block == nil {
			return core.Event{}, false
		}
		if len(f.blocks) >= mostBlocks {
			clear(f.blocks)
		}
		f.blocks[first] = block
	}
	if i := fromOldest - first; i >= 0 && i < len(block) {
		return block[i], true
	}
	return core.Event{}, false
}

// read reads the block that begins first events after the oldest. If the feed
// grows while it reads, all positions counted from the newest have moved, and
// it tries again.
func (f *feedRows) read(first int) []core.Event {
	const attempts = 3
	for range attempts {
		before, err := f.reader.Summary()
		if err != nil {
			return nil
		}
		total := before.Gone[f.feed] + before.Feeds[f.feed] - f.gone // deletions at the end do not move the other rows
		size := min(blockRows, f.length-first)
		if total < first+size {
			return nil // a backup with fewer events was restored
		}
		page, err := f.reader.Page(f.feed, total-first-size, size)
		if err != nil {
			return nil
		}
		after, err := f.reader.Summary()
		if err == nil && after.Gone[f.feed]+after.Feeds[f.feed]-f.gone == total {
			if len(page) < size {
				return nil // events of this block were deleted
			}
			slices.Reverse(page)
			return page
		}
	}
	return nil
}

func (f *feedRows) Key(row int) uint64 {
	e, _ := f.At(row)
	return keyOf(e, row)
}

// keyOf returns the key of an event. Rows that could not be read get keys that
// no event has.
func keyOf(e core.Event, row int) uint64 {
	if e.Seq == 0 {
		return 1<<63 + uint64(row)
	}
	return e.Seq
}

// Find looks at near first, and then searches by bisection, because event
// numbers fall from row to row.
func (f *feedRows) Find(key uint64, near int) int {
	if near >= 0 && near < f.length && f.Key(near) == key {
		return near
	}
	row := sort.Search(f.length, func(i int) bool {
		e, ok := f.At(i)
		return ok && e.Seq <= key
	})
	if row < f.length && f.Key(row) == key {
		return row
	}
	return -1
}

// foundRows is the result of a search.
type foundRows struct {
	reader   core.Reader
	hits     []hit
	backward bool // the last hit is the first row
	cache    map[uint64]core.Event
}

func newFoundRows(r core.Reader, hits []hit, backward bool) *foundRows {
	return &foundRows{reader: r, hits: hits, backward: backward, cache: map[uint64]core.Event{}}
}

func (f *foundRows) Len() int { return len(f.hits) }

// place converts a row to the index of its hit, and back.
func (f *foundRows) place(row int) int {
	if f.backward {
		return len(f.hits) - 1 - row
	}
	return row
}

func (f *foundRows) At(row int) (core.Event, bool) {
	if row < 0 || row >= len(f.hits) {
		return core.Event{}, false
	}
	seq := f.Key(row)
	e, cached := f.cache[seq]
	if cached {
		return e, true
	}
	e, err := f.reader.Event(seq)
	if err != nil {
		return core.Event{}, false
	}
	if len(f.cache) >= mostCached {
		clear(f.cache)
	}
	f.cache[seq] = e
	return e, true
}

func (f *foundRows) Key(row int) uint64 { return f.hits[f.place(row)].seq }

func (f *foundRows) Find(key uint64, near int) int {
	if near >= 0 && near < len(f.hits) && f.Key(near) == key {
		return near
	}
	i := slices.IndexFunc(f.hits, func(h hit) bool { return h.seq == key })
	if i < 0 {
		return -1
	}
	return f.place(i)
}
