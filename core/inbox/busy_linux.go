package inbox

import (
	"os"
	"syscall"
)

// unwaiting has no pipe waited for that takes the place of a file.
const unwaiting = syscall.O_NONBLOCK

// errShared does not come here: a file that is open elsewhere can be opened.
const errShared = syscall.Errno(0)

// busy reports whether another program has the file open for writing. Linux grants no
// lease then (fcntl(2), F_SETLEASE). Where it grants none in any case, as on network
// shares, the answer is no.
func busy(file *os.File) (yes bool) {
	raw, err := file.SyscallConn()
	if err != nil {
		return false
	}
	_ = raw.Control(func(fd uintptr) { // an error means that fd is closed
		_, _, errno := syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_SETLEASE, syscall.F_RDLCK)
		if yes = errno == syscall.EAGAIN; errno == 0 {
			_, _, _ = syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_SETLEASE, syscall.F_UNLCK) // closing it does the same
		}
	})
	return yes
}
