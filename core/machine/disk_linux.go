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
	block := disk.Frsize // the unit of Bavail: statvfs(3)
	if block == 0 {
		block = disk.Bsize
	}
	return disk.Bavail * uint64(block), nil
}
