package store

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

const (
	memoSettings     = "settings"
	memoRegistration = "registration"
	memoPresence     = "presence"
	memoExports      = "exports"
	memoBookmark     = "bookmark"
	memoPublicKeys   = "public-keys"
	tallyRejected    = "rejected"
	tallyDuplicates  = "duplicates"
)

// Settings returns what was saved, over the defaults. See core.Memo.
func (db *DB) Settings() (core.Settings, error) {
	s := core.DefaultSettings()
	err := db.recall(memoSettings, &s)
	return s, err
}

// SaveSettings saves them whole. See core.Memo.
func (db *DB) SaveSettings(s core.Settings) error { return db.remember(memoSettings, s) }

// Registration returns the last one, zero when there was none. See core.Memo.
func (db *DB) Registration() (core.Registration, error) {
	var r core.Registration
	err := db.recall(memoRegistration, &r)
	return r, err
}

// SaveRegistration saves the last one. See core.Memo.
func (db *DB) SaveRegistration(r core.Registration) error { return db.remember(memoRegistration, r) }

// Presence returns what was saved. See core.Memo.
func (db *DB) Presence() (core.Presence, error) {
	var p core.Presence
	err := db.recall(memoPresence, &p)
	return p, err
}

// SavePresence saves it whole. See core.Memo.
func (db *DB) SavePresence(p core.Presence) error { return db.remember(memoPresence, p) }

// Bookmark returns what was saved, or the newest event. See core.Memo.
func (db *DB) Bookmark() (core.Bookmark, error) {
	s, err := db.Summary()
	if err != nil {
		return core.Bookmark{}, err
	}
	m := core.Bookmark{Told: s.LastSeq, Seen: s.LastSeq}
	err = db.recall(memoBookmark, &m)
	return m, err
}

// SaveBookmark saves it whole. See core.Memo.
func (db *DB) SaveBookmark(m core.Bookmark) error { return db.remember(memoBookmark, m) }

// Exports returns what was saved, nil when there were none. See core.Memo.
func (db *DB) Exports() ([]core.PastExport, error) {
	var past []core.PastExport
	err := db.recall(memoExports, &past)
	return past, err
}

// SaveExports saves them whole. See core.Memo.
func (db *DB) SaveExports(past []core.PastExport) error { return db.remember(memoExports, past) }

// PublicKeys returns what was saved, nil when nothing was. See core.Backlog.
func (db *DB) PublicKeys() ([]byte, error) {
	var keys []byte
	err := db.recall(memoPublicKeys, &keys)
	return keys, err
}

// SavePublicKeys saves them whole. See core.Backlog.
func (db *DB) SavePublicKeys(keys []byte) error { return db.remember(memoPublicKeys, keys) }

// recall reads a memo into v, which stays as it is when there is none.
func (db *DB) recall(name string, v any) error {
	return db.view(func(tx *bbolt.Tx) error { return recallIn(tx, name, v) })
}

func recallIn(tx *bbolt.Tx, name string, v any) error {
	b := tx.Bucket(bucketMemo).Get([]byte(name))
	if b == nil {
		return nil
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

func (db *DB) remember(name string, v any) error {
	return db.update(func(tx *bbolt.Tx) error { return rememberIn(tx, name, v) })
}

func rememberIn(tx *bbolt.Tx, name string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	return tx.Bucket(bucketMemo).Put([]byte(name), b)
}

// CountRejected notes a forged delivery. See core.Ledger.
func (db *DB) CountRejected(at time.Time) { db.tallies.count(tallyRejected, at) }

// tallies are counted in memory and saved with whatever commit comes next, or
// by Close: a stranger who sends rubbish must not make the disk sync.
type tallies struct {
	mu      sync.Mutex
	values  map[string]core.Tally
	unsaved bool
}

// snapshot is what one commit saves; nil saves nothing.
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
	s := make(snapshot, len(t.values))
	for name, v := range t.values {
		s[name] = v
	}
	return s
}

// giveBack marks a snapshot that could not be saved as still to do.
func (t *tallies) giveBack(s snapshot) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unsaved = t.unsaved || s != nil
}

func (s snapshot) save(tx *bbolt.Tx) error {
	for name, v := range s {
		b, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("encode %s: %w", name, err)
		}
		if err := tx.Bucket(bucketMemo).Put([]byte(name), b); err != nil {
			return err
		}
	}
	return nil
}

// loadTallies begins one anew that cannot be read: a damaged count must not keep
// deliveries out.
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
