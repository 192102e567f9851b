package launch

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/core/keychain"
	"rentbell/core/owner"
	"rentbell/store"
)

// DefaultDir is where the app keeps its data when no --data is given: the
// system's own place for it, e.g. ~/.config/rentbell.
func DefaultDir() (string, error) {
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find a place for the data: %w", err)
	}
	return filepath.Join(base, "rentbell"), nil
}

// prepareDir makes the data directory, or takes it away from other users' eyes. A
// directory that was there with other files in it keeps its mode: it is not
// Rentbell's alone. The data is closed to others in it all the same, as long as
// nobody else can put files there.
func prepareDir(dir string) error {
	if err := owner.CheckDir(dir); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make data directory: %w", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("look at data directory: %w", err)
	}
	mode := info.Mode()
	if mode&fs.ModeSticky != 0 {
		return fmt.Errorf("data directory %s: %w", dir, core.ErrSharedDir)
	}
	if mode.Perm()&others == 0 || runtime.GOOS == "windows" { // which has no modes
		return nil
	}
	ours, err := holdsOnlyOurs(dir)
	switch {
	case err != nil:
		return fmt.Errorf("look at data directory: %w", err)
	case !ours && mode.Perm()&othersWrite != 0:
		return fmt.Errorf("data directory %s: %w", dir, core.ErrSharedDir)
	case !ours:
		return nil
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return fmt.Errorf("protect data directory: %w", err)
	}
	return nil
}

// The bits of a mode that let others in, the group among them.
const (
	others      fs.FileMode = 0o077
	othersWrite fs.FileMode = 0o022
)

// holdsOnlyOurs reports whether a directory is empty or Rentbell's own: all in it
// has names that Rentbell gives, or the store is there.
func holdsOnlyOurs(dir string) (bool, error) {
	if info, err := os.Lstat(filepath.Join(dir, store.FileName)); err == nil && info.Mode().IsRegular() {
		return true, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false, err
	}
	strange := func(e fs.DirEntry) bool {
		name := e.Name()
		return !strings.HasPrefix(name, "rentbell.") && !strings.HasPrefix(name, ".rentbell-") && name != keychain.FileName && name != "crash.log"
	}
	return !slices.ContainsFunc(entries, strange), nil
}
