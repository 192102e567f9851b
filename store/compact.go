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

	"rentbell/core"
)

// wasteLeast is how many bytes must be free before a copy is worth its time.
const wasteLeast = 4 << 20

// Wasteful reports whether more than half of the file is free. See core.Keeper.
func (db *DB) Wasteful() (bool, error) {
	db.gate.RLock()
	defer db.gate.RUnlock()
	if db.bolt == nil {
		return false, errClosed
	}
	info, err := os.Stat(db.path)
	if err != nil {
		return false, fmt.Errorf("look at store: %w", err)
	}
	stats := db.bolt.Stats()
	free := int64(stats.FreePageN+stats.PendingPageN) * int64(db.pageSize)
	return free > wasteLeast && free > info.Size()/2, nil
}

// Compact copies the file without its free pages, and goes on with the copy.
// Deliveries wait only for the last step. See core.Keeper.
func (db *DB) Compact(ctx context.Context) (core.Compacted, error) {
	release, err := db.keepHouse(ctx)
	if err != nil {
		return core.Compacted{}, err
	}
	defer release()
	done := core.Compacted{Before: sizeOf(db.path)}
	if done.Held, err = db.goOnWithCopy(ctx, nil, func(_, _ *bbolt.Tx) error { return nil }); err != nil {
		return done, err
	}
	done.After = sizeOf(db.path)
	return done, nil
}

// goOnWithCopy copies the file, has the copy made sure of, and goes on with it. held is
// how long deliveries waited.
func (db *DB) goOnWithCopy(ctx context.Context, progress func(done, total int), sure func(from, to *bbolt.Tx) error) (held time.Duration, err error) {
	path := filepath.Join(filepath.Dir(db.path), compactName)
	to, err := createCopy(path)
	if err != nil {
		return 0, err
	}
	c := copying{to: to, view: db.view, progress: progress}
	if err := c.prepare(ctx); err != nil {
		dropCopy(to, path)
		return 0, err
	}
	if err := to.Sync(); err != nil { // most of it now, so that the exchange need not wait for it
		dropCopy(to, path)
		return 0, fmt.Errorf("sync the new file: %w", err)
	}
	held, err = db.exchange(to,
		func() error {
			return db.bolt.View(func(from *bbolt.Tx) error {
				if err := c.finish(from); err != nil {
					return err
				}
				return to.Update(func(to *bbolt.Tx) error { return sure(from, to) })
			})
		},
		func() error { return os.Rename(path, db.path) })
	if err != nil {
		dropCopy(to, path)
		return 0, fmt.Errorf("exchange files: %w", err)
	}
	return held, nil
}

// keepHouse waits until no other goroutine deletes from the file or copies it.
func (db *DB) keepHouse(ctx context.Context) (release func(), err error) {
	select {
	case db.house <- struct{}{}:
		return func() { <-db.house }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// createCopy makes an empty file to copy into. It is synced only when it is whole.
func createCopy(path string) (*bbolt.DB, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("clear %s: %w", path, err)
	}
	to, err := openFile(context.Background(), path)
	if err != nil {
		return nil, err
	}
	to.NoSync = true
	return to, nil
}

// dropCopy deletes a copy that is not wanted.
func dropCopy(to *bbolt.DB, path string) {
	_ = to.Close()      // it is thrown away
	_ = os.Remove(path) // as above
}

// exchange makes next the store's file. It holds the gate, so that no delivery is
// acknowledged and nothing is read meanwhile. last may complete next; place gives
// it the store's name. After an error the old file is still there and in use.
// held is how long deliveries waited.
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
	_ = keepName(db.path) // there is no way back; a disk that fails tells so at the next commit
	db.begin()
	return 0, nil
}

// renamesOpenFiles: Windows renames no file that is open. There both files are
// closed for a moment, and the seat keeps other processes out.
const renamesOpenFiles = runtime.GOOS != "windows"

func (db *DB) placeClosed(next *bbolt.DB, place func() error) error {
	_ = db.bolt.Close() // everything in it was synced
	db.bolt = nil
	if err := next.Close(); err != nil {
		return fmt.Errorf("close the new file: %w", err)
	}
	placed := place()
	bolt, err := openFile(context.Background(), db.path)
	if err != nil {
		return errors.Join(placed, err)
	}
	db.bolt = bolt
	return placed
}

// begin forgets what was known of a file that was just exchanged. The caller holds
// the gate.
func (db *DB) begin() {
	db.pageSize = db.bolt.Info().PageSize
	db.floods.forget()
	db.ids.forget()
}
