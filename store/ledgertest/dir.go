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

// WriteOld writes a file that a test replaces.
func WriteOld(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// CheckOld fails when the file that WriteOld wrote was replaced.
func CheckOld(t *testing.T, path string) {
	t.Helper()
	if got := ReadFile(t, path); got != "old" {
		t.Errorf("the old file holds %q", got)
	}
}

// ReadFile returns all that a file holds.
func ReadFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Stat describes a file, and not what a link leads to.
func Stat(t *testing.T, path string) os.FileInfo {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info
}
