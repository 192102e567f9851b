//go:build unix

package store

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"rentbell/core"
)

func TestPipeOrDeviceIsNoFile(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no named pipes here: ", err)
	}
	for _, target := range []string{pipe, "/dev/zero", "/dev/tty", t.TempDir()} {
		dir := t.TempDir()
		if err := os.Symlink(target, filepath.Join(dir, FileName)); err != nil {
			t.Fatal(err)
		}
		assertNoFile(t, dir)
	}
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, FileName), 0o600); err != nil {
		t.Fatal(err)
	}
	assertNoFile(t, dir)
}

func TestBackupFollowsTheUsersOwnLinkAndNobodyElses(t *testing.T) {
	t.Parallel()
	dir, folder, elsewhere := t.TempDir(), t.TempDir(), t.TempDir()
	db := open(t, dir)
	add(t, db, rent("evt_1", "1", 1, june18))
	link, target := filepath.Join(folder, "latest.db"), filepath.Join(elsewhere, "backup.db")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	for range 2 { // to a new file, and in place of an earlier one
		if err := db.Backup(t.Context(), link, june18, nil); err != nil {
			t.Fatal(err)
		}
		if to, err := os.Readlink(link); err != nil || to != target {
			t.Errorf("the link leads to %s, %v", to, err)
		}
		if c, err := db.Examine(t.Context(), link, nil); err != nil || c.Holdings().Events != 1 {
			t.Errorf("the backup: %v", err)
		} else {
			c.Discard()
		}
	}
	own := filepath.Join(folder, "own.db")
	if err := os.Symlink(filepath.Join(dir, FileName), own); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), own, june18, nil); !errors.Is(err, core.ErrInUse) {
		t.Errorf("a backup over the data itself: %v", err)
	}
	if err := os.Lchown(link, 12345, -1); err != nil {
		t.Skip("only an administrator can give a link to another user: ", err)
	}
	if err := db.Backup(t.Context(), link, june18, nil); !errors.Is(err, core.ErrForeignLink) {
		t.Errorf("over another user's link: %v", err)
	}
}
