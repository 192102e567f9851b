//go:build unix

package owner_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"rentbell/core"
	"rentbell/core/owner"
)

// somebody is another user's number.
const somebody = 4711

// give makes a file another user's, without following a link.
func give(t *testing.T, path string) {
	t.Helper()
	if err := os.Lchown(path, somebody, somebody); err != nil {
		t.Skip("only root can make another user's file:", err)
	}
}

func mustLink(t *testing.T, target, link string) {
	t.Helper()
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
}

// home is a directory without links in its path, with a file and a folder.
func home(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(filepath.Join(dir, "file"), nil, 0o600), os.Mkdir(filepath.Join(dir, "folder"), 0o700)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestOwnLinksAreFollowedToTheirEnd(t *testing.T) {
	dir := home(t)
	mustLink(t, "file", filepath.Join(dir, "relative"))
	mustLink(t, filepath.Join(dir, "relative"), filepath.Join(dir, "absolute"))
	mustLink(t, "../folder/../file", filepath.Join(dir, "folder", "up"))
	mustLink(t, "folder", filepath.Join(dir, "way"))
	mustLink(t, "nowhere", filepath.Join(dir, "dangling"))
	for path, want := range map[string]string{
		"file": "file", "relative": "file", "absolute": "file", "way/up": "file", "way/new": "folder/new", "none/new": "none/new", "dangling": "nowhere", ".": "",
	} {
		if got, err := owner.Follow(filepath.Join(dir, path)); err != nil || got != filepath.Join(dir, want) {
			t.Errorf("%s leads to %s, %v, want %s", path, got, err, want)
		}
	}
	mustLink(t, "loop", filepath.Join(dir, "loop"))
	if got, err := owner.Follow(filepath.Join(dir, "loop")); !errors.Is(err, syscall.ELOOP) {
		t.Errorf("a loop leads to %s, %v", got, err)
	}
	t.Chdir(dir)
	if got, err := owner.Follow("way/up"); err != nil || got != filepath.Join(dir, "file") {
		t.Errorf("a relative path leads to %s, %v", got, err)
	}
}

func TestLinksOfAnotherUserAreNotFollowed(t *testing.T) {
	for name, mode := range map[string]fs.FileMode{"sticky": 0o777 | fs.ModeSticky, "open": 0o777, "of a group": 0o770, "closed": 0o755} {
		t.Run(name, func(t *testing.T) {
			dir := home(t)
			shared := filepath.Join(dir, "shared")
			if err := errors.Join(os.Mkdir(shared, 0o700), os.Chmod(shared, mode)); err != nil {
				t.Fatal(err)
			}
			for link, target := range map[string]string{"to file": "../file", "to folder": "../folder", "to nothing": "../none"} {
				mustLink(t, target, filepath.Join(shared, link))
				give(t, filepath.Join(shared, link))
			}
			mustLink(t, "shared/to file", filepath.Join(dir, "own"))
			for _, path := range []string{"shared/to file", "shared/to folder/new.csv", "shared/to nothing", "own"} {
				if got, err := owner.Follow(filepath.Join(dir, path)); !errors.Is(err, core.ErrForeignLink) {
					t.Errorf("%s leads to %s, %v", path, got, err)
				}
			}
			if err := owner.CheckFolder(filepath.Join(shared, "to folder", "new.db")); !errors.Is(err, core.ErrForeignLink) {
				t.Errorf("a folder: %v", err)
			}
		})
	}
}

func TestDirectoryOfAnotherUserIsNoPlaceForData(t *testing.T) {
	dir := home(t)
	folder, link := filepath.Join(dir, "folder"), filepath.Join(dir, "link")
	mustLink(t, "folder", link)
	for _, path := range []string{dir, folder, link, filepath.Join(dir, "none")} {
		if err := owner.CheckDir(path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	give(t, link)
	if err := owner.CheckDir(link); !errors.Is(err, core.ErrForeignLink) {
		t.Errorf("by another user's link: %v", err)
	}
	give(t, folder)
	if err := owner.CheckDir(folder); !errors.Is(err, core.ErrForeignDir) {
		t.Errorf("another user's directory: %v", err)
	}
}
