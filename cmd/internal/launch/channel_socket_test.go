//go:build !windows

package launch

import (
	"os"
	"path/filepath"
	"testing"

	"rentbell/core/remote"
)

// takeChannel has no control channel made: where the socket should be, there is a
// directory with something in it.
func takeChannel(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, remote.ControlName, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
}
