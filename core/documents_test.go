package core_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// place is a file or directory of the repository, as documents write it.
var place = regexp.MustCompile("(?m)(?:`|^ {4})((?:core|ui|store|cmd|assets|\\.ci)(?:/[\\w.-]+)*)(?:`| {2,})")

func TestDocumentsNamePlacesThatExist(t *testing.T) {
	for _, name := range []string{"README.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md"} {
		text, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		found := place.FindAllSubmatch(text, -1)
		if len(found) == 0 {
			t.Errorf("%s names no place", name)
		}
		for _, match := range found {
			if _, err := os.Stat(filepath.Join("..", string(match[1]))); err != nil {
				t.Errorf("%s names %s, which is not there", name, match[1])
			}
		}
	}
}
