package launch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrShared: the directory is everybody's, like /tmp; the data needs its own.
var ErrShared = errors.New("directory is shared with other users")

// DefaultDir is where the app keeps its data when no --data is given: the
// system's own place for it, e.g. ~/.config/rentbell.
func DefaultDir() (string, error) {
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find a place for the data: %w", err)
	}
	return filepath.Join(base, "rentbell"), nil
}

// prepareDir makes the data directory, or takes it away from other users' eyes.
func prepareDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make data directory: %w", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("look at data directory: %w", err)
	}
	if info.Mode()&fs.ModeSticky != 0 {
		return fmt.Errorf("data directory %s: %w", dir, ErrShared)
	}
	if info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(dir, 0o700); err != nil {
			return fmt.Errorf("protect data directory: %w", err)
		}
	}
	return nil
}
