//go:build !(linux || darwin || freebsd || dragonfly || windows)

package machine

import (
	"errors"
	"fmt"
)

// FreeSpace returns errors.ErrUnsupported.
func (m *Machine) FreeSpace() (uint64, error) {
	return 0, fmt.Errorf("look at disk of %s: %w", m.dir, errors.ErrUnsupported)
}
