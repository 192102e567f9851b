package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"rentbell/core"
)

// ours are the memos about this computer rather than its records. A restore leaves
// them as they are.
var ours = []string{memoSettings, memoRegistration, memoPresence, memoBackup, tallyRejected, tallyDuplicates}

// candidate is a checked copy of a backup, beside the data. Every entry was written
// anew, so that none of the backup's own pages is trusted.
type candidate struct {
	db       *DB
	bolt     *bbolt.DB
	path     string
	holdings core.Holdings
	end      sync.Once
	release  func()
}

// Examine checks a backup. See core.Keeper. Until the candidate is adopted or
// discarded, nobody else copies the file or deletes from it.
func (db *DB) Examine(ctx context.Context, path string, progress func(done, total int)) (core.Candidate, error) {
	release, err := db.keepHouse(ctx)
	if err != nil {
		return nil, err
	}
	c := &candidate{db: db, path: filepath.Join(filepath.Dir(db.path), examinedName), release: release}
	if c.bolt, err = createCopy(c.path); err != nil {
		release()
		return nil, err
	}
	if err := c.fill(ctx, path, progress); err != nil {
		c.Discard()
		if errors.Is(err, core.ErrDamaged) {
			err = fmt.Errorf("%w: %w", core.ErrBadBackup, err)
		}
		return nil, err
	}
	return c, nil
}

// fill copies a backup and counts the copy through.
func (c *candidate) fill(ctx context.Context, path string, progress func(done, total int)) error {
	err := guarded(func() error {
		source, err := openBackup(path)
		if err != nil {
			return err
		}
		copier := copying{to: c.bolt, view: source.View, progress: progress}
		if err = copier.prepare(ctx); err == nil {
			err = source.View(copier.finish)
		}
		return errors.Join(err, source.Close())
	})
	if err != nil {
		return err
	}
	if err := c.bolt.Update(createBuckets); err != nil { // those that an older version's file lacks
		return fmt.Errorf("prepare the copy: %w", err)
	}
	if err := c.bolt.Sync(); err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	r, err := audit(ctx, c.path, c.bolt.View)
	if err = errors.Join(err, r.err()); err != nil {
		return err
	}
	c.holdings.Bytes = sizeOf(path)
	return c.bolt.View(func(tx *bbolt.Tx) error { return hold(tx, &c.holdings) })
}

// openBackup opens a file that may be anything for reading.
func openBackup(path string) (*bbolt.DB, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open backup: %w", err)
	}
	source, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait / 4, ReadOnly: true, NoStatistics: true})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("open backup: %w", core.ErrInUse)
	case errors.Is(err, os.ErrPermission):
		return nil, fmt.Errorf("open backup: %w", err)
	case err != nil:
		return nil, fmt.Errorf("open backup: %w: %w", core.ErrNoBackup, err)
	}
	err = source.View(func(tx *bbolt.Tx) error {
		if tx.Size() > info.Size() {
			return fmt.Errorf("%w: it is cut off", core.ErrBadBackup)
		}
		if tx.Bucket(bucketMeta) == nil {
			return core.ErrNoBackup
		}
		return checkSchema(tx)
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open backup: %w", err), source.Close())
	}
	return source, nil
}

// Holdings says what the backup holds, with the size of its file.
func (c *candidate) Holdings() core.Holdings { return c.holdings }

// Adopt puts the backup in place of the data, which is kept beside it under the
// name aside. See core.Candidate.
func (c *candidate) Adopt(aside string) (newest uint64, err error) {
	err = core.ErrNotFound // it has been adopted or discarded
	c.end.Do(func() {
		defer c.release()
		old := filepath.Join(filepath.Dir(c.path), filepath.Base(aside))
		_, err = c.db.exchange(c.bolt,
			func() error { return c.takeOver(&newest) },
			func() error { return moveAside(c.db.path, old, c.path) })
		if err != nil {
			dropCopy(c.bolt, c.path)
		}
	})
	return newest, err
}

// takeOver brings in what stays of this computer.
func (c *candidate) takeOver(newest *uint64) error {
	return c.db.bolt.View(func(from *bbolt.Tx) error {
		return c.bolt.Update(func(to *bbolt.Tx) error {
			*newest = to.Bucket(bucketEvents).Sequence()
			source, target := from.Bucket(bucketMemo), to.Bucket(bucketMemo)
			for _, name := range ours {
				value := source.Get([]byte(name))
				if value == nil {
					if err := target.Delete([]byte(name)); err != nil {
						return err
					}
					continue
				}
				if err := target.Put([]byte(name), value); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// moveAside renames path to old and next to path. With hard links there is a whole
// file at path at every moment. Without them tidyUp completes what was begun.
func moveAside(path, old, next string) error {
	if err := os.Link(path, old); err == nil {
		if err := os.Rename(next, path); err != nil {
			_ = os.Remove(old) // the same file under a second name
			return err
		}
		return nil
	} else if errors.Is(err, os.ErrExist) {
		return err
	}
	ready := filepath.Join(filepath.Dir(path), restoreName)
	if err := os.Rename(next, ready); err != nil {
		return err
	}
	if err := os.Rename(path, old); err != nil {
		return errors.Join(err, os.Remove(ready))
	}
	_ = keepName(path) // the file is whole either way
	if err := os.Rename(ready, path); err != nil {
		return errors.Join(err, os.Rename(old, path))
	}
	return nil
}

// Discard deletes the copy; after Adopt it does nothing. See core.Candidate.
func (c *candidate) Discard() {
	c.end.Do(func() {
		dropCopy(c.bolt, c.path)
		c.release()
	})
}
