package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
	"rentbell/core/owner"
)

const memoBackup = "backup"

// backupMade is what is remembered of a backup.
type backupMade struct {
	At time.Time `json:"at"` // UTC
}

// Holdings says how much is kept, from when to when, and when the last backup was
// made. See core.Keeper.
func (db *DB) Holdings() (core.Holdings, error) {
	var made backupMade
	if err := db.recall(memoBackup, &made); err != nil {
		return core.Holdings{}, err
	}
	h := core.Holdings{Bytes: sizeOf(db.path), Backup: made.At}
	err := db.view(func(tx *bbolt.Tx) error { return hold(tx, &h) })
	return h, err
}

// hold counts what a file holds.
func hold(tx *bbolt.Tx, h *core.Holdings) error {
	h.Events, h.Quarantined = held(tx, bucketEvents), held(tx, bucketQuarantine)
	h.Removed = int(gone(tx, bucketEvents))
	if h.Events == 0 {
		return nil
	}
	oldest, err := readEvent(tx, gone(tx, bucketEvents)+1)
	if err != nil {
		return err
	}
	newest, err := readEvent(tx, tx.Bucket(bucketEvents).Sequence())
	h.Oldest, h.Newest = oldest.ReceivedAt, newest.ReceivedAt
	return err
}

// Backup copies everything into one file, which replaces an earlier one only when
// it is whole and synced. See core.Keeper.
func (db *DB) Backup(ctx context.Context, path string, at time.Time, progress func(done, total int)) error {
	if err := db.copyTo(ctx, path, progress, func(*bbolt.Tx) error { return nil }); err != nil {
		return err
	}
	if db.reader {
		return nil // the file is as good; only that it was made is not noted
	}
	return db.remember(memoBackup, backupMade{at.UTC()})
}

// copyTo copies everything into one file, as Backup does. edit changes the copy before it
// gets its name.
func (db *DB) copyTo(ctx context.Context, path string, progress func(done, total int), edit func(*bbolt.Tx) error) error {
	release, err := db.keepHouse(ctx)
	if err != nil {
		return err
	}
	defer release()
	target, err := owner.Follow(path) // as an export does: the user's own link stays one, and leads to the new file
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	path = target
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("write %s: %w", path, core.ErrNotFile)
	} else if err == nil && sameFile(path, db.path) {
		return fmt.Errorf("write %s: %w", path, core.ErrInUse)
	}
	temp, err := freshName(filepath.Dir(path), ".rentbell-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	to, err := createCopy(temp)
	if err != nil {
		return err
	}
	err = db.copyAll(ctx, to, progress)
	if err == nil {
		err = to.Update(edit) // only a whole copy has what edit looks for
	}
	if err != nil {
		dropCopy(to, temp)
		return err
	}
	if err := errors.Join(to.Sync(), to.Close(), ctx.Err()); err != nil {
		dropCopy(to, temp)
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Rename(temp, path); err != nil {
		dropCopy(to, temp)
		return fmt.Errorf("write %s: %w", path, err)
	}
	_ = keepName(path) // the file is whole either way
	return nil
}

// copyAll copies what is there at the moment of its last step.
func (db *DB) copyAll(ctx context.Context, to *bbolt.DB, progress func(done, total int)) error {
	c := copying{to: to, view: db.view, progress: progress}
	if err := c.prepare(ctx); err != nil {
		return err
	}
	return db.view(c.finish)
}
