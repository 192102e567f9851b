package inbox

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzFileOfAnyNameIsMoved gives files names that other programs chose.
func FuzzFileOfAnyNameIsMoved(f *testing.F) {
	for _, name := range []string{"income_register.csv", "a", "no end.", ".csv", strings.Repeat("x", 255), strings.Repeat("租", 80) + ".csv", "a." + strings.Repeat("e", 240), "\xff\xfe.csv", "-rf", "a\nb.csv"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		dir := t.TempDir()
		folder, err := openFolder(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = folder.Close() }() // nothing waits to be written
		for n := 1; n <= 2; n++ {
			if filepath.Base(name) != name || name == failedDir || os.WriteFile(filepath.Join(dir, name), []byte{byte(n)}, 0o600) != nil {
				return // no name of a file
			}
			as, err := folder.move(name, failedDir, "why")
			if err != nil {
				t.Fatal(err)
			}
			if content, err := os.ReadFile(filepath.Join(dir, failedDir, as)); err != nil || content[0] != byte(n) {
				t.Errorf("file %d is now %q, %v", n, content, err)
			}
		}
		if entries, err := os.ReadDir(filepath.Join(dir, failedDir)); err != nil || len(entries) != 4 {
			t.Errorf("%d files, %v", len(entries), err)
		}
	})
}
