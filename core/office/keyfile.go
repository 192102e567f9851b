package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"rentbell/core"
	"rentbell/core/wholefile"
)

// The files of machine keys, where no keychain has them: in the data directory, readable by
// their owner alone, as a host key of SSH is. Backups leave them out.
const (
	ReceiverKeyFile = "office.key"
	DeskKeyFile     = "desk.key"

	maxKey = 4 << 10 // bytes
)

// FileKey reads a machine's key from a file of the data directory, and makes it when there
// is none. Others may not read the file.
func FileKey(ctx context.Context, dir, name string, makeKey func() (core.Secret, error)) (core.Secret, error) {
	path := filepath.Join(dir, name)
	file, err := os.Open(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return newFileKey(ctx, path, makeKey)
	case err != nil:
		return core.Secret{}, fmt.Errorf("open a key: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return core.Secret{}, errors.Join(fmt.Errorf("open a key: %w", core.ErrNotFile), err)
	}
	key, err := io.ReadAll(io.LimitReader(file, maxKey))
	if err != nil {
		return core.Secret{}, fmt.Errorf("read a key: %w", err)
	}
	if err := file.Chmod(0o600); err != nil { // a copied folder may have been opened to others
		return core.Secret{}, fmt.Errorf("keep a key to its owner: %w", err)
	}
	return core.KeptSecret(string(key)), nil
}

func newFileKey(ctx context.Context, path string, makeKey func() (core.Secret, error)) (core.Secret, error) {
	key, err := makeKey()
	if err != nil {
		return core.Secret{}, err
	}
	err = wholefile.Write(ctx, path, func(w io.Writer) error {
		_, err := io.WriteString(w, key.Reveal())
		return err
	})
	if err != nil {
		return core.Secret{}, fmt.Errorf("keep a key: %w", err)
	}
	return key, nil
}
