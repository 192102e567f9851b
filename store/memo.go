package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

const (
	memoSettings     = "settings"
	memoRegistration = "registration"
	memoPresence     = "presence"
	memoExports      = "exports"
	memoStatement    = "statement"
	memoBookmark     = "bookmark"
	memoRadar        = "radar"
	memoCalendar     = "calendar"
	memoReports      = "reports"
	memoPublicKeys   = "public-keys"
	memoLayouts      = "layouts"
	memoImport       = "import"
	memoImportChange = "import-change"
	memoUnshared     = "unshared"
	tallyRejected    = "rejected"
	tallyDuplicates  = "duplicates"
)

// Settings returns what was saved; a setting that was not is at its default. See
// core.Memo.
func (db *DB) Settings() (core.Settings, error) {
	s := core.DefaultSettings()
	err := db.view(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketMemo).Get([]byte(memoSettings))
		if b == nil || json.Unmarshal(b, &s) == nil {
			return nil
		}
		s.Welcomed = true // whoever has saved settings has been through that
		return core.ErrSettings
	})
	return s, err
}

// SaveSettings replaces all of them. See core.Memo.
func (db *DB) SaveSettings(s core.Settings) error { return db.remember(memoSettings, s) }

// Registration returns the last that was saved, zero when none was. See core.Memo.
func (db *DB) Registration() (core.Registration, error) {
	var r core.Registration
	err := db.recall(memoRegistration, &r)
	return r, err
}

// SaveRegistration replaces the last one. See core.Memo.
func (db *DB) SaveRegistration(r core.Registration) error { return db.remember(memoRegistration, r) }

// Presence returns what was saved, zero when nothing was. See core.Memo.
func (db *DB) Presence() (core.Presence, error) {
	var p core.Presence
	err := db.recall(memoPresence, &p)
	return p, err
}

// SavePresence replaces it, gaps and all. See core.Memo.
func (db *DB) SavePresence(p core.Presence) error { return db.remember(memoPresence, p) }

// Bookmark returns what was saved. Without one all events that are there count as
// told and seen. See core.Memo.
func (db *DB) Bookmark() (core.Bookmark, error) {
	s, err := db.Summary()
	if err != nil {
		return core.Bookmark{}, err
	}
	m := core.Bookmark{Told: s.LastSeq, Seen: s.LastSeq}
	err = db.recall(memoBookmark, &m)
	return m, err
}

// SaveBookmark replaces both of its numbers. See core.Memo.
func (db *DB) SaveBookmark(m core.Bookmark) error { return db.remember(memoBookmark, m) }

// Exports returns the list that was saved, nil when none was. See core.Memo.
func (db *DB) Exports() ([]core.PastExport, error) {
	var past []core.PastExport
	err := db.recall(memoExports, &past)
	return past, err
}

// SaveExports replaces the list, and drops the renames that no export on it needs. See
// core.Memo.
func (db *DB) SaveExports(past []core.PastExport) error {
	return db.update(func(tx *bbolt.Tx) error {
		return errors.Join(dropRenames(tx.Bucket(bucketRenames), past), rememberIn(tx, memoExports, past))
	})
}

// Calendar returns what was saved, zero when nothing was. See core.Memo.
func (db *DB) Calendar() (core.CalendarMemo, error) {
	var m core.CalendarMemo
	err := db.recall(memoCalendar, &m)
	return m, err
}

// SaveCalendar replaces it. See core.Memo.
func (db *DB) SaveCalendar(m core.CalendarMemo) error { return db.remember(memoCalendar, m) }

// Reports returns what was saved, zero when nothing was. See core.Memo.
func (db *DB) Reports() (core.ReportsMemo, error) {
	var m core.ReportsMemo
	err := db.recall(memoReports, &m)
	return m, err
}

// SaveReports replaces it. See core.Memo.
func (db *DB) SaveReports(m core.ReportsMemo) error { return db.remember(memoReports, m) }

// PublicKeys returns AppFolio's keys as they were saved, nil when none were. See
// core.Backlog.
func (db *DB) PublicKeys() ([]byte, error) {
	var keys []byte
	err := db.recall(memoPublicKeys, &keys)
	return keys, err
}

// SavePublicKeys replaces them. See core.Backlog.
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

// SeenName is an empty file in a data directory. Its time of change says when
// deliveries could last arrive. To set it takes no commit and no sync, and it
// outlives a process that is killed. If it is lost, only the exact beginning of a
// gap is lost.
const SeenName = "rentbell.seen"

type seenFile struct {
	path string
	last time.Time // as found when the store was opened
}

func openSeen(dir string) seenFile {
	s := seenFile{path: filepath.Join(dir, SeenName)}
	if info, err := os.Stat(s.path); err == nil { // else nothing was ever noted
		s.last = info.ModTime()
	}
	return s
}

// Touch notes that deliveries can arrive at this time. See core.Memo.
func (db *DB) Touch(at time.Time) {
	if os.Chtimes(db.seen.path, at, at) == nil {
		return
	}
	if f, err := os.OpenFile(db.seen.path, os.O_CREATE|os.O_WRONLY, 0o600); err == nil { // on a full disk the next touch may succeed
		_ = f.Close()                        // nothing was written
		_ = os.Chtimes(db.seen.path, at, at) // as above
	}
}

// Touched is the time found when the store was opened. See core.Memo.
func (db *DB) Touched() time.Time { return db.seen.last }
