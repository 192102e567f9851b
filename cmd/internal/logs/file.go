package logs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// file is a text file of limited length. What no longer fits begins a new one, and
// the old one replaces the one before it.
type file struct {
	path  string
	limit int64
	open  *os.File
	size  int64
}

func openFile(path string, limit int64) (*file, error) {
	f := &file{path: path, limit: limit}
	return f, f.reopen(os.O_APPEND)
}

// reopen opens the file at its path.
func (f *file) reopen(how int) error {
	opened, err := openRegular(f.path, how)
	if err != nil {
		return err
	}
	info, err := opened.Stat()
	if err != nil {
		_ = opened.Close() // nothing was written
		return fmt.Errorf("look at log: %w", err)
	}
	f.open, f.size = opened, info.Size()
	return nil
}

// openRegular opens a file for its owner alone. It follows no link, and waits for
// nobody as opening a pipe does.
func openRegular(path string, how int) (*os.File, error) {
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("open log %s: it is no file", path)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open log: %w", err)
	}
	opened, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|how, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	if err := opened.Chmod(0o600); err != nil { // an older file may be open to others
		_ = opened.Close() // nothing was written
		return nil, fmt.Errorf("protect log: %w", err)
	}
	return opened, nil
}

func (f *file) Write(b []byte) (int, error) {
	if f.open == nil {
		return 0, fmt.Errorf("write log: %w", fs.ErrClosed)
	}
	if f.size > 0 && f.size+int64(len(b)) > f.limit {
		if err := f.rotate(); err != nil {
			return 0, err
		}
	}
	n, err := f.open.Write(b[:min(int64(len(b)), f.limit)])
	f.size += int64(n)
	if err == nil {
		n = len(b)
	}
	return n, err
}

// rotate begins a new file. Where another program keeps the old one from being
// renamed, as Windows allows, the old text goes.
func (f *file) rotate() error {
	_ = f.open.Close() // what was written is the system's
	f.open = nil
	how := os.O_APPEND
	if err := os.Rename(f.path, f.path+Earlier); err != nil {
		how |= os.O_TRUNC
	}
	return f.reopen(how)
}

func (f *file) Close() error {
	if f.open == nil {
		return nil
	}
	err := f.open.Close()
	f.open = nil
	return err
}
