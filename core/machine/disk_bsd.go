//go:build darwin || freebsd || dragonfly

package machine

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// FreeSpace is what Rentbell's user may still fill; see core.Machine.
func (m *Machine) FreeSpace() (uint64, error) {
	var disk unix.Statfs_t
	if err := unix.Statfs(m.dir, &disk); err != nil {
		return 0, fmt.Errorf("look at disk of %s: %w", m.dir, err)
	}
	left := int64(disk.Bavail) // below zero where only root may write still
	return uint64(max(left, 0)) * uint64(disk.Bsize), nil
}
