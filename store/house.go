package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"go.etcd.io/bbolt"
)

// What the file's own keeping leaves beside it, should the process end midway.
const (
	// compactName is a copy that was not finished. Open deletes it.
	compactName = FileName + ".compact"
	// examinedName is a backup that was being checked. Open deletes it.
	examinedName = FileName + ".examined"
	// restoreName is a checked backup in the moment in which the old file has
	// been moved aside. Open puts it in place if there is no other.
	restoreName = FileName + ".restore"
)

// keepHouse waits until nobody else deletes from the file or copies it.
func (db *DB) keepHouse(ctx context.Context) (release func(), err error) {
	select {
	case db.house <- struct{}{}:
		return func() { <-db.house }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// tidyUp completes or clears away what a process that ended midway has left. It
// changes nothing that another process may be working on: who restores holds
// the lock of the very file that would be moved.
func tidyUp(dir string) error {
	path, restore := filepath.Join(dir, FileName), filepath.Join(dir, restoreName)
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err := os.Rename(restore, path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("finish a restore: %w", err)
	}
	return nil
}

// clearAway deletes what is left over, once the file is locked.
func clearAway(dir string) {
	entries, _ := os.ReadDir(dir) // it takes room and does no harm; mostly there is none
	for _, e := range entries {
		if isLeft(e.Name()) {
			_ = os.Remove(filepath.Join(dir, e.Name())) // as above
		}
	}
}

func isLeft(name string) bool {
	for _, pattern := range []string{compactName, examinedName, restoreName, scratchName, repairName} {
		if left, _ := filepath.Match(pattern, name); left { // the patterns are ours, and good
			return true
		}
	}
	return false
}

// createCopy makes an empty file to copy into. It is not synced until it is whole.
func createCopy(path string) (*bbolt.DB, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("clear %s: %w", path, err)
	}
	to, err := openFile(path)
	if err != nil {
		return nil, err
	}
	to.NoSync = true
	return to, nil
}

// dropCopy gives a copy up.
func dropCopy(to *bbolt.DB, path string) {
	_ = to.Close()      // it is thrown away
	_ = os.Remove(path) // as above
}

// exchange goes on with another file. While it holds the gate no delivery is
// acknowledged, nothing is read, and every reader before has finished. last may
// complete next; place puts it under the store's name. After an error the old
// file is still there and still in use. held is for how long deliveries waited.
func (db *DB) exchange(next *bbolt.DB, last func() error, place func() error) (held time.Duration, err error) {
	began := time.Now()
	db.gate.Lock()
	defer db.gate.Unlock()
	defer func() { held = time.Since(began) }()
	if err := db.settle(); err != nil {
		return 0, err
	}
	if db.bolt == nil {
		return 0, errClosed
	}
	if err := last(); err != nil {
		return 0, err
	}
	if err := next.Sync(); err != nil {
		return 0, fmt.Errorf("sync the new file: %w", err)
	}
	next.NoSync = false
	if renamesOpenFiles {
		err = place()
		if err == nil {
			_ = db.bolt.Close() // everything in it was synced; only now is its lock let go
			db.bolt = next
		}
	} else {
		err = db.placeClosed(next, place)
	}
	if err != nil {
		return 0, err
	}
	_ = syncDir(filepath.Dir(db.path)) // the file is whole either way
	db.begin()
	return 0, nil
}

// renamesOpenFiles: elsewhere a file that is open keeps its name. There both
// are closed for a moment, in which another process could open the file; it
// would find it whole, and this one would refuse deliveries.
const renamesOpenFiles = runtime.GOOS != "windows"

func (db *DB) placeClosed(next *bbolt.DB, place func() error) error {
	_ = db.bolt.Close() // everything in it was synced
	db.bolt = nil
	if err := next.Close(); err != nil {
		return fmt.Errorf("close the new file: %w", err)
	}
	placed := place()
	bolt, err := openFile(db.path)
	if err != nil {
		return errors.Join(placed, err)
	}
	db.bolt = bolt
	return placed
}

// begin counts transactions anew: another file has its own. The caller holds
// the gate.
func (db *DB) begin() {
	db.pageSize = db.bolt.Info().PageSize
	_ = db.bolt.View(func(tx *bbolt.Tx) error { // fails only where the function does
		db.confirmed.Store(int64(tx.ID()))
		return nil
	})
}
