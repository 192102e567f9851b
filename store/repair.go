package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
	"rentbell/core/owner"
)

// repairName is the file that a repair makes, until it takes the store's place.
const repairName = "rentbell-repair-*.tmp"

// Repaired says how much a repair has saved. It counts, and quotes no data.
type Repaired struct {
	Events      int      `json:"events"`
	Quarantined int      `json:"quarantined"`
	Lost        int      `json:"lost"`           // events of which nothing could be read
	Left        []string `json:"left,omitempty"` // memos that could not be read: "settings", "exports"…
	Aside       string   `json:"aside"`          // the path of the file as it was
}

// Repair makes a new file of all that can be read in the store of dir, derives the
// rest anew, and puts it in the place of the old file, which is kept beside it. The
// store's name leads to one of the two at every moment. It fails where Check does,
// and then nothing has changed.
func Repair(ctx context.Context, dir string, now time.Time) (Repaired, error) {
	if err := owner.CheckDir(dir); err != nil {
		return Repaired{}, fmt.Errorf("repair store: %w", err)
	}
	path := filepath.Join(dir, FileName)
	sitting, err := takeSeat(ctx, path)
	if err != nil {
		return Repaired{}, fmt.Errorf("repair store: %w", err)
	}
	defer sitting.leave()
	old, _, err := openRegular(path)
	if err != nil {
		return Repaired{}, fmt.Errorf("repair store: %w", noStore(err))
	}
	defer func() { _ = old.Close() }() // it was only read
	// The lock keeps writers away. A file that bbolt cannot open needs none: no
	// writer can open it either.
	lock, err := openBolt(ctx, path, &bbolt.Options{Timeout: lockWait, NoStatistics: true})
	if err != nil && !errors.Is(err, core.ErrDamaged) {
		return Repaired{}, fmt.Errorf("repair store %s: %w", path, err)
	}
	release := func() error {
		if lock == nil {
			return nil
		}
		held := lock
		lock = nil
		return held.Close()
	}
	done, err := repair(ctx, old, now, release)
	return done, errors.Join(err, release())
}

// repair is Repair under the lock, which it releases before Windows renames.
func repair(ctx context.Context, old *os.File, now time.Time, release func() error) (done Repaired, err error) {
	found, err := surveyFile(ctx, old)
	if err != nil {
		return done, err
	}
	dir := filepath.Dir(old.Name())
	fresh, err := freshName(dir, repairName)
	if err != nil {
		return done, fmt.Errorf("repair store: %w", err)
	}
	defer func() { _ = os.Remove(fresh) }() // it has another name once all went well
	r, err := rebuild(ctx, found, fresh, true)
	if err != nil {
		return done, err
	}
	done = Repaired{Events: len(r.events), Quarantined: len(r.quarantined), Lost: r.lost(), Left: r.left}
	kind := "before-repair"
	if _, err := found.file.Sound(); found.damaged > 0 || err != nil {
		kind = "damaged"
	}
	if err := ctx.Err(); err != nil {
		return done, err
	}
	if done.Aside, err = keepAside(old, filepath.Join(dir, "rentbell-"+kind+"-"+now.Format("2006-01-02-150405"))); err != nil {
		return done, fmt.Errorf("keep the old store: %w", err)
	}
	if err := unchanged(old); err != nil {
		return done, err
	}
	if runtime.GOOS == "windows" { // it replaces no file that is open; elsewhere the lock is held to the end
		if err := errors.Join(release(), old.Close()); err != nil {
			return done, fmt.Errorf("let go of the old store: %w", err)
		}
	}
	if err := os.Rename(fresh, old.Name()); err != nil {
		return done, fmt.Errorf("put the new store in its place: %w", err)
	}
	return done, keepName(old.Name())
}

// keepAside gives a file a second name that is free, or copies it where the file
// system has no hard links.
func keepAside(f *os.File, name string) (path string, err error) {
	path = name + ".db"
	for n := 2; ; n++ {
		if err = os.Link(f.Name(), path); !errors.Is(err, fs.ErrExist) {
			break
		}
		path = fmt.Sprintf("%s-%d.db", name, n)
	}
	if err == nil {
		return path, nil
	}
	copied, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	info, err := f.Stat()
	if err == nil {
		_, err = io.Copy(copied, io.NewSectionReader(f, 0, info.Size()))
	}
	return path, errors.Join(err, copied.Sync(), copied.Close())
}

// unchanged makes sure that the store's name still leads to the file that was read.
func unchanged(f *os.File) error {
	read, err := f.Stat()
	if err != nil {
		return fmt.Errorf("repair store: %w", err)
	}
	there, err := os.Stat(f.Name())
	if err != nil {
		return fmt.Errorf("repair store: %w", err)
	}
	if !os.SameFile(read, there) || there.Size() != read.Size() {
		return fmt.Errorf("repair store: %w", core.ErrInUse)
	}
	return nil
}
