//go:build unix

package launch

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"rentbell/core"
)

func TestPipeInPlaceOfAFileDoesNotHoldUpTheStart(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	var c Connection
	if err := c.ReadEnv(from(EnvAuthtoken+fileSuffix, pipe)); !errors.Is(err, core.ErrNotFile) {
		t.Errorf("ReadEnv = %v, want ErrNotFile", err)
	}
}
