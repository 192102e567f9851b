package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"rentbell/core"
	"rentbell/store/salvage"
)

// memoOfRestore is the one place that says what a backup may bring besides its
// records. It may come from anybody, so a memo stays as it is on this computer unless
// it is listed here, also one that this version does not know: settings, registration,
// times without a tunnel, counts, and AppFolio's public keys, which decide what is
// believed. nil: the memo is not there afterwards.
//
// Of events that were deleted for their age a backup still has the ids, and nothing can
// prove them. They are taken over all the same, because without them a payment of years
// ago would count once more when it is sent again. One that was planted has a genuine
// delivery taken for a duplicate, so they are counted and shown before anything is
// replaced. Identities of deleted bodies in quarantine are not: see identifyAnew.
func memoOfRestore(name string, here, brought []byte) []byte {
	switch name {
	case memoExports: // records: which payments the accountant has
		return whole(brought)
	case memoStatement: // goes with the books: on a new computer it is the earlier one's
		if here == nil {
			return brought
		}
	case memoImport, memoImportChange: // what an import changed here are not the names and rents of the backup
		return nil
	case memoBookmark: // without it, all events that are there count as told and seen
		return nil
	case memoRadar: // without it, all that is found next counts as told
		return nil
	case memoBookmarks:
		return earlier(here, brought)
	}
	return here
}

// whole leaves out exports that were only begun: a backup must not choose files for
// Rentbell to read.
func whole(exports []byte) []byte {
	if exports == nil {
		return nil
	}
	left, err := renumbered(exports, func(past *[]core.PastExport) {
		*past = slices.DeleteFunc(*past, func(e core.PastExport) bool { return e.Begun })
	})
	if err != nil {
		return nil
	}
	return left
}

// earlier says, of each thing that is read at AppFolio, from when it is read again: a
// restored file lacks what was read since it was written. A mark that the backup does
// not have is no more, and one that only the backup has does not count: so it can have
// more read than necessary, and never less.
func earlier(here, brought []byte) []byte {
	var now, then map[string]time.Time
	if json.Unmarshal(here, &now) != nil || json.Unmarshal(brought, &then) != nil {
		return nil
	}
	for name, at := range now {
		switch past, known := then[name]; {
		case !known:
			delete(now, name)
		case past.Before(at):
			now[name] = past
		}
	}
	marks, err := json.Marshal(now)
	if err != nil {
		return nil
	}
	return marks
}

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
		return nil, blamed(ctx, err)
	}
	return c, nil
}

// blamed says that a backup is damaged, where neither the system, nor the caller, nor
// openBackup has given another reason to fail.
func blamed(ctx context.Context, err error) error {
	var system syscall.Errno
	switch {
	case ctx.Err() != nil, errors.As(err, &system):
		return err
	case errors.Is(err, core.ErrNoBackup), errors.Is(err, core.ErrNewer), errors.Is(err, core.ErrInUse), errors.Is(err, core.ErrBadBackup):
		return err
	}
	return fmt.Errorf("%w: %w", core.ErrBadBackup, err)
}

// fill copies a backup and counts the copy through.
func (c *candidate) fill(ctx context.Context, path string, progress func(done, total int)) error {
	err := guarded(func() error {
		source, err := openBackup(ctx, path)
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
	if err := c.bolt.Update(func(tx *bbolt.Tx) error {
		return errors.Join(createBuckets(tx), identifyAnew(tx)) // an older version's file lacks some
	}); err != nil {
		return fmt.Errorf("prepare the copy: %w", err)
	}
	if err := c.bolt.Sync(); err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	r, err := audit(ctx, c.path, c.bolt.View)
	if err = errors.Join(err, r.err()); err != nil {
		return err
	}
	c.holdings.Bytes, c.holdings.DeletedIDs = sizeOf(path), r.DeletedIDs
	return c.bolt.View(func(tx *bbolt.Tx) error { return hold(tx, &c.holdings) })
}

// openBackup opens a file that may be anything for reading, once all of its pages
// are proven.
func openBackup(ctx context.Context, path string) (*bbolt.DB, error) {
	err := proven(ctx, path, lockWait/4, provenWhole)
	switch {
	case errors.Is(err, core.ErrNotFile), errors.Is(err, salvage.ErrNoBeginning):
		return nil, fmt.Errorf("open backup: %w: %w", core.ErrNoBackup, err)
	case err != nil:
		return nil, fmt.Errorf("open backup: %w", err)
	}
	if sizeOf(path) == 0 { // bbolt would begin it
		return nil, fmt.Errorf("open backup: %w", core.ErrNoBackup)
	}
	source, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait / 4, ReadOnly: true, NoStatistics: true, OpenFile: openAtOnce})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("open backup: %w", core.ErrInUse)
	case errors.Is(err, os.ErrPermission), errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("open backup: %w", err)
	case err != nil:
		return nil, fmt.Errorf("open backup: %w: %w", core.ErrNoBackup, err)
	}
	err = source.View(func(tx *bbolt.Tx) error {
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
			brought, here := memosIn(to), memosIn(from)
			names := maps.Clone(brought)
			maps.Copy(names, here)
			memo, err := emptied(to, bucketMemo)
			if err != nil {
				return err
			}
			for name := range names {
				value := memoOfRestore(name, here[name], brought[name])
				if value == nil {
					continue
				}
				if err := memo.Put([]byte(name), value); err != nil {
					return err
				}
			}
			return forgetTold(to)
		})
	})
}

// memosIn are the memos of a file.
func memosIn(tx *bbolt.Tx) map[string][]byte {
	memos := map[string][]byte{}
	_ = tx.Bucket(bucketMemo).ForEach(func(name, value []byte) error { // fails only where the function does
		memos[string(name)] = bytes.Clone(value)
		return nil
	})
	return memos
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
