package core_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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

// arrow is a line of the graph in CONTRIBUTING.
var arrow = regexp.MustCompile(`(?m)^ {4}(\S+) +-> (.+)$`)

func TestImportsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../.github/CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]string{}
	for _, line := range arrow.FindAllStringSubmatch(string(text), -1) {
		documented[line[1]] = line[2]
	}
	for pkg, imports := range graph {
		if strings.HasPrefix(pkg, "cmd/") && len(imports) > 0 {
			continue // the document says that these import most others
		}
		want := "nothing of ours"
		if len(imports) > 0 {
			want = strings.Join(slices.Sorted(slices.Values(imports)), " ")
		}
		if got := documented[pkg]; got != want {
			t.Errorf("CONTRIBUTING says %s -> %s, want %s", pkg, got, want)
		}
		delete(documented, pkg)
	}
	for pkg := range documented {
		t.Errorf("CONTRIBUTING has %s, which the graph has not", pkg)
	}
}
