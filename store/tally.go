package store

import (
	"maps"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// CountRejected counts a forged delivery, in memory only for now. See core.Ledger.
func (db *DB) CountRejected(at time.Time) { db.tallies.count(tallyRejected, at) }

// tallies are counted in memory, and saved with the next commit or by Close: a
// stranger who sends forged deliveries must not make the disk sync.
type tallies struct {
	mu      sync.Mutex
	values  map[string]core.Tally
	unsaved bool
}

// snapshot is the tallies that one commit saves; nil when there is nothing to save.
type snapshot map[string]core.Tally

func (t *tallies) count(name string, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.values[name], t.unsaved = t.values[name].Add(at), true
}

func (t *tallies) get(name string) core.Tally {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.values[name]
}

// take returns what has changed since the last save.
func (t *tallies) take() snapshot {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.unsaved {
		return nil
	}
	t.unsaved = false
	return maps.Clone(t.values)
}

// giveBack takes a snapshot back that could not be saved.
func (t *tallies) giveBack(s snapshot) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unsaved = t.unsaved || s != nil
}

func (s snapshot) save(tx *bbolt.Tx) error {
	for name, v := range s {
		if err := rememberIn(tx, name, v); err != nil {
			return err
		}
	}
	return nil
}

// loadTallies reads both counts. One that cannot be read begins at zero: a damaged
// count must not keep deliveries out.
func (db *DB) loadTallies() {
	db.tallies.values = map[string]core.Tally{}
	for _, name := range []string{tallyRejected, tallyDuplicates} {
		var v core.Tally
		if db.recall(name, &v) == nil {
			db.tallies.values[name] = v
		}
	}
}

func (db *DB) flushTallies() error {
	unsaved := db.tallies.take()
	if unsaved == nil {
		return nil
	}
	return db.update(unsaved.save)
}
