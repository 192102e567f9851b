//go:build unix

package salvage

import (
	"os"
	"syscall"
)

// mapped is a file's beginning as memory: a million small reads would cost more than
// what is done with them. It is nil where the system does not map the file.
func mapped(f *os.File, size uint64) (data []byte, unmap func()) {
	data, err := syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, func() {}
	}
	return data, func() { _ = syscall.Munmap(data) } // it was mapped here, and only read
}
