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

// FileName is the name of the file of secrets in a data directory. The file is
// encrypted by age, https://age-encryption.org/v1
const FileName = "secrets.age"

// maxFile is more than all secrets need. A longer file is refused.
const maxFile = 64 << 10

// fileTime is long enough for an old computer, which needs some seconds to try
// a passphrase.
const fileTime = time.Minute

// file keeps secrets in a file that is encrypted with a passphrase. Nothing on
// disk is ever unencrypted. Each method returns within limit.
type file struct {
	path       string
	workFactor int
	limit      time.Duration
	busy       chan struct{} // capacity 1: one call at a time, even when a disk blocks
	opened     atomic.Pointer[opened]
}

// opened holds the decrypted secrets and their passphrase, which encrypts what
// is saved later.
type opened struct {
	passphrase core.Secret
	secrets    core.Secrets
}

func newFile(dir string) *file {
	return &file{path: filepath.Join(dir, FileName), workFactor: workFactor, limit: fileTime, busy: make(chan struct{}, 1)}
}

// holds reports whether there is a file of secrets, open or locked. It is true
// when the file system returns an error other than "not found", so that a file
// that is there is never overwritten.
func (f *file) holds() bool {
	if f.opened.Load() != nil {
		return true
	}
	_, err := os.Lstat(f.path)
	return !errors.Is(err, fs.ErrNotExist)
}

// locked reports whether there is a file of secrets that no passphrase has
// opened yet.
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

// save replaces the secrets in the file, which must be open.
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

// create makes the file, or encrypts it with another passphrase. It decrypts
// the result before it replaces the file. After an error the file does not
// exist, or is as it was.
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
			_ = os.Remove(f.path) // it cannot be used, and usually was not even made
		}
		return err
	})
}

// remove deletes the file. It is no error when there is none.
func (f *file) remove() error {
	return f.within("delete the file of secrets", func(context.Context) error {
		if err := os.Remove(f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		f.opened.Store(nil)
		return nil
	})
}

// within runs work for no longer than the limit. After the limit, work may go
// on, but ctx has ended and prevents it from replacing the file.
func (f *file) within(doing string, work func(ctx context.Context) error) error {
	ctx, giveUp := context.WithTimeout(context.Background(), f.limit) // the methods of core.Vault take no context
	defer giveUp()
	_, err := bounded(f.busy, f.limit, func() (struct{}, error) { return struct{}{}, work(ctx) })
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// put replaces the file and reads it back to see that it is there.
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

// read returns the file as it is on disk. It opens only a regular file, because
// a pipe would block for ever.
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
