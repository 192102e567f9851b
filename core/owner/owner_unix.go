//go:build unix

package owner

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"rentbell/core"
)

const (
	mostLinks      = 40    // as Linux follows
	othersMayWrite = 0o022 // the group is others too
	separator      = string(filepath.Separator)
)

// Ours reports whether a file belongs to the user whose rights Rentbell has.
func Ours(info fs.FileInfo) bool { return ownedBy(info, os.Geteuid()) }

func ownedBy(info fs.FileInfo, uid int) bool {
	stat, known := info.Sys().(*syscall.Stat_t)
	return !known || int(stat.Uid) == uid
}

// Follow returns an absolute path to the same place without a symbolic link in
// it. What is not there may be made under the path that it returns. A link of
// another user is core.ErrForeignLink: it would have the user's own files
// replaced. The system's links count as the user's where nobody else can make any.
func Follow(path string) (string, error) {
	at, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	ahead, at, links := strings.Split(at, separator), separator, 0
	for len(ahead) > 0 {
		name := ahead[0]
		ahead = ahead[1:]
		next := filepath.Join(at, name) // a ".." goes up from where the links led, as the system does
		info, err := os.Lstat(next)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return filepath.Join(append([]string{next}, ahead...)...), nil
		case err != nil:
			return "", err
		case info.Mode()&fs.ModeSymlink == 0:
			at = next
			continue
		}
		if links++; links > mostLinks {
			return "", fmt.Errorf("follow %s: %w", path, syscall.ELOOP)
		}
		if err := checkLink(next, at, info); err != nil {
			return "", err
		}
		target, err := os.Readlink(next)
		if err != nil {
			return "", err
		}
		if filepath.IsAbs(target) {
			at = separator
		}
		ahead = append(strings.Split(target, separator), ahead...)
	}
	return at, nil
}

// checkLink returns core.ErrForeignLink for a link in dir that others may have made.
func checkLink(link, dir string, info fs.FileInfo) error {
	if Ours(info) {
		return nil
	}
	folder, err := os.Stat(dir)
	if err != nil {
		return err
	}
	const root = 0
	if ownedBy(info, root) && ownedBy(folder, root) && folder.Mode().Perm()&othersMayWrite == 0 {
		return nil
	}
	return fmt.Errorf("%s: %w", link, core.ErrForeignLink)
}
