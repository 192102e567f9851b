package machine

import (
	"fmt"

	"golang.org/x/sys/windows"
)

// FreeSpace is what is left for this user on the disk of the data, in bytes.
func (m *Machine) FreeSpace() (uint64, error) {
	dir, err := windows.UTF16PtrFromString(m.dir)
	if err != nil {
		return 0, fmt.Errorf("look at free space: %w", err)
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(dir, &free, nil, nil); err != nil {
		return 0, fmt.Errorf("look at free space: %w", err)
	}
	return free, nil
}
