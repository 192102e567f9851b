package launch

import (
	"testing"

	"rentbell/core/remote"
)

// takeChannel has no control channel made: its name is taken.
func takeChannel(t *testing.T, dir string) {
	t.Helper()
	l, err := remote.Listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() }) // nobody connects
}
