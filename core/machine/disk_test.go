//go:build linux

package machine_test

import (
	"os"
	"syscall"
	"testing"

	"rentbell/core/machine"
)

// TestFreeSpaceOfASmallDisk mounts one, for which it has to be root.
func TestFreeSpaceOfASmallDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root may mount a disk")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("mount a small disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	free, err := machine.New(dir).FreeSpace()
	if err != nil || free == 0 || free > 1<<20 {
		t.Errorf("%d bytes free of 1 MiB, %v", free, err)
	}
}
