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

// DefaultDir returns the data directory for a run without --data: rentbell in
// the system's directory for configuration, such as ~/.config/rentbell. On
// Windows that directory follows its user from computer to computer, which
// breaks a file that is mapped into memory, so there it is %LocalAppData%\Rentbell.
// DefaultDir does not make it.
func DefaultDir() (string, error) {
	place, name := os.UserConfigDir, "rentbell"
	if runtime.GOOS == "windows" {
		place, name = os.UserCacheDir, "Rentbell"
	}
	base, err := place()
	if err != nil {
		return "", fmt.Errorf("find a place for the data: %w", err)
	}
	return filepath.Join(base, name), nil
}

// prepareDir makes the data directory, or removes the permissions of other
// users from it. A directory that holds other files as well keeps its
// permissions. The files that Rentbell makes are closed to others all the same,
// but only where others cannot replace them: a directory that others may write
// to is refused.
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
	if mode.Perm()&others == 0 || runtime.GOOS == "windows" { // Windows has no permission bits
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

// The permission bits of the group and of all others.
const (
	others      fs.FileMode = 0o077
	othersWrite fs.FileMode = 0o022
)

// holdsOnlyOurs reports whether a directory belongs to Rentbell alone: it holds
// the store, or nothing but files with names that Rentbell gives.
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
