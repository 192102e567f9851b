// Package owner says whose a file is, so that Rentbell neither writes where
// another user of this computer leads it nor keeps data where one is at home. It
// looks and changes nothing. Where a system does not tell, as on Windows, every
// file is the user's own.
package owner

import (
	"fmt"
	"os"
	"path/filepath"

	"rentbell/core"
)

// CheckDir returns core.ErrForeignDir when a data directory belongs to another
// user, core.ErrForeignLink when another user's link leads there. One that is not
// there is nobody's, and no error.
func CheckDir(dir string) error {
	path, err := Follow(dir)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if !Ours(info) {
		return fmt.Errorf("directory %s: %w", dir, core.ErrForeignDir)
	}
	return nil
}

// CheckFolder returns core.ErrForeignLink when another user's link leads to the
// folder of a file that is to be written.
func CheckFolder(path string) error {
	_, err := Follow(filepath.Dir(path))
	return err
}
