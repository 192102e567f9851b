package inbox

import (
	"errors"
	"os"
	"syscall"
)

const unwaiting = 0

// errShared: another program has the file open and shares it with nobody
// (ERROR_SHARING_VIOLATION).
const errShared = syscall.Errno(32)

// busy reports whether another program has the file open for writing: then it cannot be
// opened by one who lets nobody write.
func busy(file *os.File) bool {
	path, err := syscall.UTF16PtrFromString(file.Name())
	if err != nil {
		return false
	}
	h, err := syscall.CreateFile(path, syscall.GENERIC_READ, syscall.FILE_SHARE_READ, nil, syscall.OPEN_EXISTING, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err == nil {
		_ = syscall.CloseHandle(h) // it was only opened to see that it can be
	}
	return errors.Is(err, errShared)
}
