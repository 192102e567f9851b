package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"rentbell/core"
	"rentbell/core/owner"
	"rentbell/store/salvage"
)

// guarded runs fn, which uses bbolt. bbolt panics on a damaged page, and the
// system stops a process that reads a mapped file beyond its end. Both become
// core.ErrDamaged: the process lives, and every delivery is answered.
func guarded(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil {
			err = core.ErrDamaged // the panic's own text may quote the data
		}
	}()
	return fn()
}

// openFile opens the store's file, or a copy that may become it, for writing.
// Statistics stay on: Wasteful asks them how many pages are free.
func openFile(ctx context.Context, path string) (*bbolt.DB, error) {
	bolt, err := openLocked(ctx, path, bbolt.Options{Timeout: lockWait, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return nil, err
	}
	if err := protect(path); err != nil {
		_ = bolt.Close() // the reason for giving up is err
		return nil, fmt.Errorf("protect store: %w", err)
	}
	return bolt, nil
}

// protect takes a file of the user's away from others' eyes: one from a backup
// may be readable by all.
func protect(path string) error {
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() == 0o600 {
		return err
	}
	if !owner.Ours(info) {
		return core.ErrForeignDir
	}
	return os.Chmod(path, 0o600)
}

// openLocked opens and locks a file, and makes sure that the locked file still has
// its name. While this process waited for the lock, the holder may have put
// another file in its place; then that one is in use, and ours is of no use.
func openLocked(ctx context.Context, path string, o bbolt.Options) (*bbolt.DB, error) {
	var opened os.FileInfo
	o.OpenFile = func(name string, flag int, perm os.FileMode) (*os.File, error) {
		f, err := openAtOnce(name, flag, perm)
		if err == nil && opened == nil {
			opened, err = f.Stat()
		}
		return f, err
	}
	bolt, err := openBolt(ctx, path, &o)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	if now, err := os.Stat(path); err != nil || !os.SameFile(now, opened) {
		_ = bolt.Close() // nothing was written
		return nil, fmt.Errorf("open store %s: %w", path, core.ErrInUse)
	}
	return bolt, nil
}

// openAtOnce is os.OpenFile that does not wait for somebody at the other end of a
// named pipe.
func openAtOnce(name string, flag int, perm os.FileMode) (*os.File, error) {
	return os.OpenFile(name, flag|syscall.O_NONBLOCK, perm)
}

// openRegular opens a file for reading that may be anything. core.ErrNotFile when it
// is a directory, a pipe or a device; none of them is opened, or waited for.
func openRegular(path string) (*os.File, os.FileInfo, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("open %s: %w", path, core.ErrNotFile)
	}
	f, err := openAtOnce(path, os.O_RDONLY, 0)
	if err != nil {
		return nil, nil, err
	}
	if info, err = f.Stat(); err == nil && !info.Mode().IsRegular() { // it was exchanged
		err = fmt.Errorf("open %s: %w", path, core.ErrNotFile)
	}
	if err != nil {
		_ = f.Close() // it was only read
		return nil, nil, err
	}
	return f, info, nil
}

// noStore is the error of openRegular where the file is the store's.
func noStore(err error) error {
	if errors.Is(err, core.ErrNotFile) {
		return fmt.Errorf("%w: %w", core.ErrNoStore, err)
	}
	return err
}

// InUse reports whether a process has the store of a directory open for writing. It
// opens no store, and does not wait for one of an earlier version to be written anew.
func InUse(dir string) bool {
	path := filepath.Join(dir, FileName)
	if seatTaken(path) {
		return true
	}
	err := guarded(func() error { // for reading, bbolt looks at the two first pages only
		bolt, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockWait / 4, ReadOnly: true, NoStatistics: true, OpenFile: openAtOnce})
		if err != nil {
			return err
		}
		return bolt.Close()
	})
	return errors.Is(err, bolterrors.ErrTimeout)
}

// openBolt opens the store's file with bbolt, or says that it is in use or damaged.
func openBolt(ctx context.Context, path string, o *bbolt.Options) (bolt *bbolt.DB, err error) {
	if !asClosed(path) {
		if err := proven(ctx, path, o.Timeout, provenAtStart); err != nil {
			return nil, noStore(err)
		}
	}
	_, missing := os.Stat(path)
	err = guarded(func() (err error) {
		bolt, err = bbolt.Open(path, 0o600, o)
		return err
	})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, core.ErrInUse
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return nil, fmt.Errorf("%w: %w", core.ErrDamaged, err)
	case err != nil && errors.Is(missing, fs.ErrNotExist):
		_ = os.Remove(path) // the disk is full: half a beginning would pass for a damaged file
	}
	return bolt, err
}

// wholeAtStart is the size in bytes of some hundred thousand events.
const wholeAtStart = 64 << 20

// provenAtStart proves a file that only Rentbell writes, so that no page can end the
// process or hold it up. A start costs this time: of a file beyond wholeAtStart, what
// is in the leaves of buckets is left to bbolt, which guarded keeps in check, and to
// Check.
func provenAtStart(f *salvage.File, size int64) error {
	if size > wholeAtStart {
		return f.Ends()
	}
	return provenWhole(f, size)
}

// provenWhole proves every page.
func provenWhole(f *salvage.File, _ int64) error {
	_, err := f.Sound()
	return err
}

// proof says what is wrong with a file of a size in bytes.
type proof func(f *salvage.File, size int64) error

// proven proves a file before bbolt sees it, or says that it is in use or damaged. It
// looks twice where it finds damage, the second time with a lock that keeps writers
// away: a look between two writes proves nothing.
func proven(ctx context.Context, path string, patience time.Duration, prove proof) error {
	err := inspect(ctx, path, prove)
	if !errors.Is(err, core.ErrDamaged) {
		return err
	}
	err = guarded(func() error { // for reading, bbolt looks at the two first pages only
		bolt, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: patience, ReadOnly: true, NoStatistics: true, OpenFile: openAtOnce})
		if err != nil {
			return err
		}
		return bolt.Close()
	})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return core.ErrInUse
	}
	return inspect(ctx, path, prove)
}

// inspect proves a file. A missing file and an empty one are fine: bbolt begins them
// anew. Once ctx ends, nothing is said about the file.
func inspect(ctx context.Context, path string, prove proof) error {
	f, info, err := openRegular(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	if info.Size() == 0 {
		return nil
	}
	err = prove(salvage.New(ctx, f, info.Size()), info.Size())
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", core.ErrDamaged, err)
}

// Files beside the store that are left over when a process ends midway.
const (
	// compactName is a copy that was not finished. Open deletes it.
	compactName = FileName + ".compact"
	// examinedName is a backup that was being checked. Open deletes it.
	examinedName = FileName + ".examined"
	// restoreName is a checked backup while the old file has been moved aside
	// and the new one has no name yet. Open puts it in place if there is no other.
	restoreName = FileName + ".restore"
)

// tidyUp completes a restore whose process ended between two names. It does
// nothing while a store has its name: another process may be at work on it.
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
	entries, _ := os.ReadDir(dir) // leftovers take room and do no harm
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

// freshName makes an empty file with a name of its own, mode 0600.
func freshName(dir, pattern string) (string, error) {
	f, err := os.CreateTemp(dir, pattern)
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// keepName makes the name that a file was just given last through a power cut.
// Windows writes names through. A file system that cannot sync a directory, as
// some network shares cannot, is taken at its word.
func keepName(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	err = d.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		err = nil
	}
	if err := errors.Join(err, d.Close()); err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	return nil
}

// sameFile reports whether two paths lead to one file.
func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// sizeOf is a file's size in bytes, 0 when it cannot be read.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
