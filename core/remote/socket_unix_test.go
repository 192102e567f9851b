//go:build unix

package remote

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestSocketIsClosedToOthersUnderAnyUmask(t *testing.T) {
	dir := t.TempDir()
	before := syscall.Umask(0)
	l, err := Listen(dir)
	syscall.Umask(before)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	info, err := os.Lstat(filepath.Join(dir, ControlName))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %o", info.Mode().Perm())
	}
}
