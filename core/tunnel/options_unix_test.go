//go:build unix

package tunnel

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"rentbell/core"
)

func TestCertificatesAreNotAwaitedFromAPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no named pipes here: ", err)
	}
	if _, err := readCAs(pipe); !errors.Is(err, core.ErrNotFile) {
		t.Errorf("got %v, want ErrNotFile", err)
	}
}
