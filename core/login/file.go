//go:build !windows

package login

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"rentbell/core/wholefile"
)

// On systems where a file starts programs at sign-in, place returns its path,
// compose its text, and starts reports whether a text starts the command.

// Enabled reports whether the system starts exactly this command at sign-in. It
// is false, without an error, when there is no entry.
func (i *Item) Enabled() (bool, error) {
	path, err := place()
	if err != nil {
		return false, err
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read sign-in entry: %w", err)
	}
	return starts(string(text), i.command), nil
}

// Enable makes the system start the command from the next sign-in on. It
// returns core.ErrLoginPath when the system cannot start that command.
func (i *Item) Enable() error {
	if err := check(i.command); err != nil {
		return err
	}
	text, err := compose(i.command)
	if err != nil {
		return err
	}
	path, err := place()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make room for sign-in entry: %w", err)
	}
	// The file is small, so writing it needs no way to cancel.
	return wholefile.Write(context.Background(), path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// Disable removes the entry. It is no error when there is none.
func (i *Item) Disable() error {
	path, err := place()
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("take sign-in entry away: %w", err)
	}
	return nil
}
