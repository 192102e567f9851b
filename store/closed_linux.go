package store

import (
	"os"
	"strings"
	"syscall"
	"time"
)

// bootID is another after each start of the system, and empty where there is none. See
// proc_sys_kernel(5).
func bootID() string {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(id))
}

// identity is a file's number, and the time of its last change, which no program sets.
func identity(info os.FileInfo) (inode uint64, changed time.Time, known bool) {
	stat, known := info.Sys().(*syscall.Stat_t)
	if !known {
		return 0, changed, false
	}
	return stat.Ino, time.Unix(stat.Ctim.Unix()), true
}
