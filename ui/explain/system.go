package explain

import (
	"runtime"
	"syscall"
)

// The system's own numbers for what goes wrong. On Windows most names of
// package syscall are numbers that Go made up and no system call returns.
var (
	diskFull     = systemError(syscall.ENOSPC, 112)
	readOnly     = systemError(syscall.EROFS, 19)
	longName     = systemError(syscall.ENAMETOOLONG, 206)
	badName      = systemError(syscall.ENAMETOOLONG, 123) // too long as well, or with a character of Windows' own
	portTaken    = systemError(syscall.EADDRINUSE, 10048)
	shutDoor     = systemError(syscall.ECONNREFUSED, 10061)
	noNetwork    = systemError(syscall.ENETUNREACH, 10051)
	noHost       = systemError(syscall.EHOSTUNREACH, 10065)
	noAnswerTime = systemError(syscall.ETIMEDOUT, 10060)
)

// systemError is an error by its name, or on Windows by its number there.
func systemError(name syscall.Errno, windows uintptr) syscall.Errno {
	if runtime.GOOS == "windows" {
		return syscall.Errno(windows)
	}
	return name
}
