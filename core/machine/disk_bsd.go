//go:build darwin || freebsd || dragonfly

package machine

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// FreeSpace returns how many bytes Rentbell's user may still write to the disk
// that holds the data directory.
func (m *Machine) FreeSpace() (uint64, error) {
	var disk unix.Statfs_t
	if err := unix.Statfs(m.dir, &disk); err != nil {
		return 0, fmt.Errorf("look at disk of %s: %w", m.dir, err)
	}
	left := int64(disk.Bavail) // below zero when only root may still write
	return uint64(max(left, 0)) * uint64(disk.Bsize), nil
}
