package keychain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"rentbell/core"
	"rentbell/core/wholefile"
)

// FileName is the file of secrets in a data directory: an age file.
const FileName = "secrets.age"

// maxFile is more than four secrets need. A longer file is no file of secrets.
const maxFile = 64 << 10

// fileTime is plenty: an old computer tries a passphrase for some seconds.
const fileTime = time.Minute

// file keeps secrets in a file that a passphrase opens. On disk they are
// encrypted at any moment. Its methods take no longer than limit.
type file struct {
	path       string
	workFactor int
	limit      time.Duration
	busy       chan struct{} // capacity 1: one at a time, even where a disk hangs
	opened     atomic.Pointer[opened]
}

// opened is what a passphrase has shown. It stays, to seal what is saved later.
type opened struct {
	passphrase core.Secret
	secrets    core.Secrets
}

func newFile(dir string) *file {
	return &file{path: filepath.Join(dir, FileName), workFactor: workFactor, limit: fileTime, busy: make(chan struct{}, 1)}
}

// holds reports whether the secrets are in the file, open or not. A file that
// cannot be looked at is there.
func (f *file) holds() bool {
	if f.opened.Load() != nil {
		return true
	}
	_, err := os.Lstat(f.path)
	return !errors.Is(err, fs.ErrNotExist)
}

// locked reports whether the secrets are in the file and no passphrase has
// opened it yet.
func (f *file) locked() bool { return f.opened.Load() == nil && f.holds() }

func (f *file) load() (core.Secrets, error) {
	o := f.opened.Load()
	if o == nil {
		return core.Secrets{}, fmt.Errorf("load secrets: %w", core.ErrLocked)
	}
	return o.secrets, nil
}

func (f *file) unlock(passphrase core.Secret) error {
	return f.within("unlock secrets", func(context.Context) error {
		sealed, err := f.read()
		if err != nil {
			return err
		}
		s, err := unseal(sealed, passphrase)
		if err != nil {
			return err
		}
		f.opened.Store(&opened{passphrase, s})
		return nil
	})
}

// save replaces the secrets in the open file.
func (f *file) save(s core.Secrets) error {
	return f.within("save secrets", func(ctx context.Context) error {
		o := f.opened.Load()
		if o == nil {
			return core.ErrLocked
		}
		sealed, err := seal(s, o.passphrase, f.workFactor)
		if err != nil {
			return err
		}
		return f.put(ctx, sealed, opened{o.passphrase, s})
	})
}

// create makes the file, or gives it another passphrase. It opens what it has
// sealed before anything depends on that. After an error the file is not there,
// or as it was.
func (f *file) create(s core.Secrets, passphrase core.Secret) error {
	return f.within("save secrets", func(ctx context.Context) error {
		sealed, err := seal(s, passphrase, f.workFactor)
		if err != nil {
			return err
		}
		if unsealed, err := unseal(sealed, passphrase); err != nil || unsealed != s {
			return core.ErrVaultDamaged
		}
		isNew := !f.holds()
		err = f.put(ctx, sealed, opened{passphrase, s})
		if err != nil && isNew {
			_ = os.Remove(f.path) // it is of no use, and mostly not there
		}
		return err
	})
}

// remove deletes the file.
func (f *file) remove() error {
	return f.within("delete the file of secrets", func(context.Context) error {
		if err := os.Remove(f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		f.opened.Store(nil)
		return nil
	})
}

// within does work in bounded time. After a time-out it may still be under way,
// but ctx has ended and keeps it from putting another file in place.
func (f *file) within(doing string, work func(ctx context.Context) error) error {
	ctx, giveUp := context.WithTimeout(context.Background(), f.limit) // a core.Vault is given no context
	defer giveUp()
	_, err := bounded(f.busy, f.limit, func() (struct{}, error) { return struct{}{}, work(ctx) })
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// put replaces the file and reads it back.
func (f *file) put(ctx context.Context, sealed []byte, o opened) error {
	if len(sealed) > maxFile {
		return core.ErrTooLong
	}
	err := wholefile.Write(ctx, f.path, func(w io.Writer) error {
		_, err := w.Write(sealed)
		return err
	})
	if err != nil {
		return err
	}
	if kept, err := f.read(); err != nil || !bytes.Equal(kept, sealed) {
		return core.ErrVaultDamaged
	}
	f.opened.Store(&o)
	return nil
}

// read returns the file as it is on disk. What is no regular file is not even
// opened: a pipe would keep the start waiting.
func (f *file) read() ([]byte, error) {
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, core.ErrNoVault
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, core.ErrVaultDamaged
	}
	opened, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	sealed, err := io.ReadAll(io.LimitReader(opened, maxFile+1))
	_ = opened.Close() // it was only read
	switch {
	case err != nil:
		return nil, err
	case len(sealed) > maxFile:
		return nil, core.ErrVaultDamaged
	}
	return sealed, nil
}
