package ledgertest

import (
	"os"
	"testing"
)

// CheckOnly fails when dir holds anything but the named files.
func CheckOnly(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	for _, e := range entries {
		left[e.Name()] = true
	}
	for _, name := range names {
		if !left[name] {
			t.Errorf("%s is missing", name)
		}
		delete(left, name)
	}
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
