package machine

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

func TestFreeSpaceShrinksAsTheDiskFills(t *testing.T) {
	dir := t.TempDir()
	err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=1m")
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES) {
		t.Skip("needs the right to mount a disk")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	m := New(dir)
	if free, err := m.FreeSpace(); err != nil || free != 1<<20 {
		t.Errorf("empty: got %d, %v, want a megabyte", free, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data"), make([]byte, 768<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	if free, err := m.FreeSpace(); err != nil || free != 256<<10 {
		t.Errorf("filled: got %d, %v, want a quarter of a megabyte", free, err)
	}
}
