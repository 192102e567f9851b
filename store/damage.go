package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"rentbell/core"
	"rentbell/store/salvage"
)

// guarded runs fn, which uses bbolt. bbolt panics on a page that is none of its
// own, and the system stops whoever reads the file beyond its end; both become
// core.ErrDamaged, so that the process lives and those who wait for an answer
// get one.
func guarded(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil {
			err = core.ErrDamaged // what it says may be of the data
		}
	}()
	return fn()
}

// openBolt opens a file with bbolt, or says that it is in use or damaged.
func openBolt(path string, o *bbolt.Options) (bolt *bbolt.DB, err error) {
	if err := inspect(path); errors.Is(err, core.ErrDamaged) {
		if err := settled(path, o.Timeout); err != nil {
			return nil, err
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
		_ = os.Remove(path) // begun on a full disk: half a beginning would pass for a damaged file
	}
	return bolt, err
}

// settled looks again at a file that seems damaged, once nobody is writing to it:
// a look between two of its writes proves nothing.
func settled(path string, patience time.Duration) error {
	err := guarded(func() error {
		bolt, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: patience, ReadOnly: true, NoStatistics: true})
		if err != nil {
			return err
		}
		return bolt.Close()
	})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return core.ErrInUse
	}
	return inspect(path)
}

// inspect looks at what bbolt reads when it opens a file: a bbolt that panics
// while opening would keep the file locked. No file and an empty one are new.
func inspect(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	if err := salvage.New(f, info.Size()).Sound(); err != nil {
		return fmt.Errorf("%w: %w", core.ErrDamaged, err)
	}
	return nil
}
