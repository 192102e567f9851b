//go:build unix

package table_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"rentbell/core"
	"rentbell/core/table"
)

func TestAPipeInPlaceOfAFileHoldsNobodyUp(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "names.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, filepath.Dir(pipe)} {
		if _, err := table.OpenFile(path); !errors.Is(err, core.ErrNotFile) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
