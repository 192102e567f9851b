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

// Where signing in is ruled by a file, the systems differ in its place, its form
// and how it is read: place, compose and starts.

// Enabled reports whether signing in starts the command.
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

// Enable has signing in start the command, from the next time on. An error may
// be core.ErrLoginPath.
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
	// Nobody waits for one small file, so nobody needs to call it off.
	return wholefile.Write(context.Background(), path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// Disable has signing in start nothing of ours. It is no error when it did not.
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
