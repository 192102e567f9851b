package store

import (
	"os"
	"path/filepath"
	"time"
)

// SeenName is the name of an empty file in a data directory whose time of change
// is when deliveries could last arrive. Setting it is no commit and no sync, and
// it is still there after the process has been killed; losing it costs nothing
// but the exact beginning of a gap.
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

// Touch sets the time. See core.Memo.
func (db *DB) Touch(at time.Time) {
	if os.Chtimes(db.seen.path, at, at) == nil {
		return
	}
	if f, err := os.OpenFile(db.seen.path, os.O_CREATE|os.O_WRONLY, 0o600); err == nil { // a full disk: the next touch comes
		_ = f.Close()                        // nothing was written
		_ = os.Chtimes(db.seen.path, at, at) // as above
	}
}

// Touched is the time found when the store was opened. See core.Memo.
func (db *DB) Touched() time.Time { return db.seen.last }
