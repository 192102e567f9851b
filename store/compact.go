package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// wasteLeast is how much must be free before a copy is worth it.
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

// Compact copies the file without its free pages. See core.Keeper.
func (db *DB) Compact(ctx context.Context) (core.Compacted, error) {
	release, err := db.keepHouse(ctx)
	if err != nil {
		return core.Compacted{}, err
	}
	defer release()
	done := core.Compacted{Before: sizeOf(db.path)}
	path := filepath.Join(filepath.Dir(db.path), compactName)
	to, err := createCopy(path)
	if err != nil {
		return done, err
	}
	c := copying{to: to, view: db.view}
	if err := c.prepare(ctx); err != nil {
		dropCopy(to, path)
		return done, err
	}
	if err := to.Sync(); err != nil { // most of it now, so that the exchange need not wait for it
		dropCopy(to, path)
		return done, fmt.Errorf("sync the new file: %w", err)
	}
	done.Held, err = db.exchange(to,
		func() error { return db.bolt.View(func(tx *bbolt.Tx) error { return c.finish(tx) }) },
		func() error { return os.Rename(path, db.path) })
	if err != nil {
		dropCopy(to, path)
		return done, fmt.Errorf("exchange files: %w", err)
	}
	done.After = sizeOf(db.path)
	return done, nil
}

// sizeOf is a file's size; one that cannot be looked at has none.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
