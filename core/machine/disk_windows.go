package machine

import (
	"fmt"

	"golang.org/x/sys/windows"
)

// FreeSpace returns how many bytes Rentbell's user may still write to the disk
// that holds the data directory.
func (m *Machine) FreeSpace() (uint64, error) {
	dir, err := windows.UTF16PtrFromString(m.dir)
	if err != nil {
		return 0, fmt.Errorf("look at disk of %s: %w", m.dir, err)
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(dir, &free, nil, nil); err != nil {
		return 0, fmt.Errorf("look at disk of %s: %w", m.dir, err)
	}
	return free, nil
}
