package store

import (
	"hash/maphash"
	"sync"
)

// recentIDs is how many ids are remembered at least: more than a sender can
// still be repeating, and in all less than a megabyte.
const recentIDs = 1 << 14

// recent remembers which ids came lately. An id that is not among them is most
// likely new, and is not looked up before its transaction does so; one that is
// has only the same hash, perhaps, and still has to be looked up.
type recent struct {
	mu          sync.Mutex
	now, before map[uint64]struct{} // before is forgotten when now is full
}

var recentSeed = maphash.MakeSeed() // senders cannot choose ids that collide

func (r *recent) note(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now == nil || len(r.now) >= recentIDs {
		r.now, r.before = make(map[uint64]struct{}), r.now
	}
	r.now[maphash.String(recentSeed, id)] = struct{}{}
}

func (r *recent) has(id string) bool {
	h := maphash.String(recentSeed, id)
	r.mu.Lock()
	defer r.mu.Unlock()
	_, known := r.now[h]
	if !known {
		_, known = r.before[h]
	}
	return known
}
