package store

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"sync"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// knownIDs says under which numbers an id may be stored, so that a delivery touches no page
// to learn that it is new. It holds a few bits of each id's hash, and so has to be asked
// the bucket of known ids whether it is really the one. It holds what is synced, and
// nothing of a transaction that is running, failed or in doubt.
//
// It is an open-addressed table, about 12 bytes for each id. The first commit fills
// it: a program that only reads needs none.
type knownIDs struct {
	mu     sync.RWMutex
	seed   maphash.Seed // senders cannot choose ids that collide
	slots  []uint64     // bits of the hash, then the number; 0: free
	used   int
	filled bool
}

const (
	seqBits  = 36 // of a slot: 68 billion events
	hashBits = 64 - seqBits
	mostSeq  = 1<<seqBits - 1
)

// fill reads all ids that tx has, once. tx sees nothing that is not synced.
func (s *knownIDs) fill(tx *bbolt.Tx) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.filled {
		return
	}
	known := tx.Bucket(bucketKnown)
	s.reset(tx.Bucket(bucketEvents).Sequence())
	c := known.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		_, id := decodeID(v)
		s.put(s.hash(id), toNumber(k))
	}
	s.filled = true
}

// reset empties the table and makes it large enough for n ids. A file that claims
// more than it has gets no memory for that; the table grows as they come.
func (s *knownIDs) reset(n uint64) {
	const fewest, most = 1 << 10, 1 << 22
	s.seed, s.used = maphash.MakeSeed(), 0
	s.slots = make([]uint64, max(fewest, min(n, most)*3/2))
}

// forget empties the table, for another file's ids.
func (s *knownIDs) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.slots, s.used, s.filled = nil, 0, false
}

// add makes an id known that was synced under a number.
func (s *knownIDs) add(id string, seq uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(s.hash([]byte(id)), seq)
}

// find is the number under which tx has an id; 0: none that this table has.
func (s *knownIDs) find(tx *bbolt.Tx, id string) (seq uint64) {
	var stored *bbolt.Bucket
	for _, candidate := range s.candidates(id) {
		if stored == nil {
			stored = tx.Bucket(bucketKnown)
		}
		if _, is := decodeID(stored.Get(number(candidate))); string(is) == id {
			return candidate
		}
	}
	return 0
}

// candidates are the numbers under which an id may be stored: mostly none or one.
func (s *knownIDs) candidates(id string) (seqs []uint64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if len(s.slots) == 0 {
		return nil
	}
	h := s.hash([]byte(id))
	for at := s.home(h); s.slots[at] != 0; at = s.after(at) {
		if s.slots[at]>>seqBits == h {
			seqs = append(seqs, s.slots[at]&mostSeq)
		}
	}
	return seqs
}

func (s *knownIDs) hash(id []byte) uint64 { return maphash.Bytes(s.seed, id) >> seqBits }

// home is the slot at which the search for a hash begins. Slots are in the order of
// hashes, so that a table of any length can be made of another.
func (s *knownIDs) home(h uint64) uint64 { return h * uint64(len(s.slots)) >> hashBits }

func (s *knownIDs) after(at uint64) uint64 {
	if at++; at == uint64(len(s.slots)) {
		return 0
	}
	return at
}

// put is add with the lock held. What no number of events reaches is damage.
func (s *knownIDs) put(h, seq uint64) {
	if seq == 0 || seq > mostSeq {
		return
	}
	if s.used >= len(s.slots)*3/4 {
		old := s.slots
		s.slots, s.used = make([]uint64, len(old)*3/2), 0
		for _, slot := range old {
			if slot != 0 {
				s.put(slot>>seqBits, slot&mostSeq)
			}
		}
	}
	at := s.home(h)
	for s.slots[at] != 0 {
		at = s.after(at)
	}
	s.slots[at] = h<<seqBits | seq
	s.used++
}

// putID keeps an id, with the number of the event before it that has the same subject.
func putID(tx *bbolt.Tx, seq uint64, id string, earlier uint64) error {
	if seq > mostSeq {
		return fmt.Errorf("%w: event %d", core.ErrDamaged, seq)
	}
	known := tx.Bucket(bucketKnown)
	known.FillPercent = appendFill
	value := binary.AppendUvarint(make([]byte, 0, binary.MaxVarintLen64+len(id)), earlier)
	return known.Put(number(seq), append(value, id...))
}

// decodeID reads what putID wrote; a missing value is no id and no event.
func decodeID(b []byte) (earlier uint64, id []byte) {
	earlier, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil
	}
	return earlier, b[n:]
}
