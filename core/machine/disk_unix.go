//go:build unix

package machine

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// FreeSpace is what is left for this user on the disk of the data, in bytes.
func (m *Machine) FreeSpace() (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(m.dir, &s); err != nil {
		return 0, fmt.Errorf("look at free space: %w", err)
	}
	return uint64(s.Bavail) * uint64(s.Bsize), nil // their types differ between systems
}
