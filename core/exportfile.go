package core

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNotFile: the path names something that is there and is no regular file.
var ErrNotFile = errors.New("not a regular file")

// WriteFile puts what write writes into a file, which only its owner can read.
// It appears whole or not at all: until everything is on disk, an earlier file
// of that name stays, and after an error or the end of ctx nothing new is left.
func WriteFile(ctx context.Context, path string, write func(io.Writer) error) (err error) {
	path, err = fileBehind(path)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".rentbell-*") // 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	finished := false
	defer func() {
		if !finished {
			_ = f.Close()           // may be closed already, and the file is thrown away
			_ = os.Remove(f.Name()) // what matters is the error that led here
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	finished = true
	syncDir(filepath.Dir(path))
	return nil
}

// fileBehind follows symbolic links, so that a link stays one, and refuses what
// a file must not replace: directories, devices, pipes.
func fileBehind(path string) (string, error) {
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	if err != nil {
		return "", fmt.Errorf("write %s: %w", path, err)
	}
	info, err := os.Stat(target)
	if err != nil {
		return "", fmt.Errorf("write %s: %w", path, err)
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("write %s: %w", path, ErrNotFile)
	}
	return target, nil
}

// syncDir makes a new name durable. Not every system can sync a directory; the
// file is whole either way, so nobody needs to hear of it.
func syncDir(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	_ = d.Sync()  // see above
	_ = d.Close() // it was only read
}
