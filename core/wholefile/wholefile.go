// Package wholefile writes files that appear whole or not at all, for their owner
// alone. What fails, or is given up, leaves the earlier file of that name as it was.
package wholefile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"rentbell/core"
	"rentbell/core/owner"
)

// Write puts what write writes into a file, which only its owner can read.
// It appears whole or not at all: until everything is on disk, an earlier file
// of that name stays, and after an error or the end of ctx nothing new is left.
func Write(ctx context.Context, path string, write func(io.Writer) error) (err error) {
	path, err = Behind(path)
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
	if err := Name([]string{f.Name()}, []string{path}); err != nil {
		return err
	}
	finished = true
	return nil
}

// Name renames each draft to the path at its place. Either all drafts get
// their names or, after an error, none: earlier files of those names are kept
// aside until the last draft has its name, and an error brings them back. The
// drafts that had their names by then are gone, the others are the caller's to
// remove.
//
// Only a crash can leave some names with their new file and others with their
// earlier one. No name is left without a file, except where the file system has
// no hard links (FAT): there a crash can leave the earlier file of one name as
// ".rentbell-*.old" beside it.
func Name(drafts, paths []string) error {
	targets := make([]string, len(paths))
	for i, path := range paths {
		var err error
		if targets[i], err = Behind(path); err != nil {
			return err
		}
	}
	var done []replacement
	for i, target := range targets {
		r := replacement{target: target}
		var err error
		if i < len(targets)-1 { // after the last one nothing can fail
			r.earlier, err = keepAside(target, filepath.Base(drafts[i])+".old")
		}
		if err == nil {
			err = os.Rename(drafts[i], target)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("write %s: %w", target, err), r.putEarlierBack(), takeBack(done))
		}
		done = append(done, r)
	}
	dirs := map[string]bool{}
	for _, r := range done {
		if r.earlier != "" {
			_ = os.Remove(r.earlier) // the new file is there; this only wastes room
		}
		dirs[filepath.Dir(r.target)] = true
	}
	for dir := range dirs {
		syncDir(dir)
	}
	return nil
}

// replacement is a file that was replaced.
type replacement struct {
	target  string
	earlier string // where the earlier file is; empty: there was none
}

// keepAside gives the file at a path a second name in the same directory. Where
// the file system has no hard links it moves the file there.
func keepAside(path, name string) (aside string, err error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", core.ErrNotFile
	}
	aside = filepath.Join(filepath.Dir(path), name)
	if os.Link(path, aside) == nil {
		return aside, nil
	}
	if err := os.Rename(path, aside); err != nil {
		return "", err
	}
	return aside, nil
}

// takeBack removes new files and puts the earlier ones back.
func takeBack(done []replacement) error {
	var failed []error
	for _, r := range done {
		if r.earlier == "" {
			failed = append(failed, os.Remove(r.target))
		} else {
			failed = append(failed, r.putEarlierBack())
		}
	}
	return errors.Join(failed...)
}

// putEarlierBack gives the earlier file, if there was one, its name back.
func (r replacement) putEarlierBack() error {
	if r.earlier == "" {
		return nil
	}
	if err := os.Rename(r.earlier, r.target); err != nil {
		return fmt.Errorf("put the earlier file back: %w", err)
	}
	_ = os.Remove(r.earlier) // still there where both names were those of one file
	return nil
}

// Behind is the file that Write writes for a path: it follows symbolic links, so that a
// link stays one, but core.ErrForeignLink tells of one of another user. What a file
// must not replace, a directory, a device or a pipe, is core.ErrNotFile.
func Behind(path string) (string, error) {
	target, err := owner.Follow(path)
	if err != nil {
		return "", fmt.Errorf("write %s: %w", path, err)
	}
	info, err := os.Lstat(target)
	if errors.Is(err, fs.ErrNotExist) {
		return target, nil
	}
	if err != nil {
		return "", fmt.Errorf("write %s: %w", path, err)
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("write %s: %w", path, core.ErrNotFile)
	}
	return target, nil
}

// syncDir makes new names in a directory survive a power cut, so that no export is
// remembered whose file is gone. Windows and some network drives cannot sync a
// directory. They write it by themselves soon, and the file is whole, so an error
// does not make the export fail.
func syncDir(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	_ = d.Sync()  // see the comment above
	_ = d.Close() // it was only read
}
