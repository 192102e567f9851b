//go:build !linux && !windows

package inbox

import (
	"os"
	"syscall"
)

// unwaiting has no pipe waited for that takes the place of a file.
const unwaiting = syscall.O_NONBLOCK

// errShared does not come here: a file that is open elsewhere can be opened.
const errShared = syscall.Errno(0)

// busy cannot be told here.
func busy(*os.File) bool { return false }
