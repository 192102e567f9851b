//go:build !unix

package owner

import (
	"errors"
	"io/fs"
	"path/filepath"
)

// Ours reports whether a file belongs to the user whose rights Rentbell has.
func Ours(fs.FileInfo) bool { return true }

// Follow returns a path to the same place without a symbolic link in it; what is
// not there stays as it is. Making a link takes an administrator's right here.
func Follow(path string) (string, error) {
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	return target, err
}
