package imports_test

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/core/table"
)

// everyKind lists the kinds of tables.
func everyKind() []core.TableKind {
	kinds := append(core.ReportKinds(), core.TableRents)
	for _, k := range core.NameKinds() {
		kinds = append(kinds, core.TableOfNames(k))
	}
	return kinds
}

// FuzzImport guesses, settles and reads any file as a table of every kind, and reads it by
// its layout in another process.
func FuzzImport(f *testing.F) {
	for _, pattern := range []string{"../names/testdata/*.csv", "../appfolio/sandbox/paper/testdata/*.csv"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			f.Fatal("no files ", pattern, err)
		}
		for _, path := range paths {
			file, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(file[:min(len(file), 2000)]), uint8(0), uint8(1), uint8(2))
		}
	}
	f.Add("kind,id,name\nlease,1,Ana\n", uint8(1), uint8(2), uint8(0))
	f.Add("1,Ana\n2,5.00\n", uint8(0), uint8(1), uint8(0))
	f.Fuzz(func(t *testing.T, file string, first, second, third uint8) {
		s, err := table.Open(strings.NewReader(file))
		if err != nil {
			t.Skip() // too large, or no table
		}
		if k, c, certain := imports.Guess(s); certain {
			if settled, err := imports.Settle(s, k, nil); err != nil || !maps.Equal(settled, c) {
				t.Fatalf("%q is certainly %s by %v, and settles as %v, %v", file, k, c, settled, err)
			}
		}
		for _, k := range everyKind() {
			check(t, file, s, k, nil)
			roles, _ := imports.Roles(k)
			picked := imports.Columns{}
			for i, at := range []uint8{first, second, third} {
				if i < len(roles) && int(at) < len(s.Titles) {
					picked[roles[i]] = int(at)
				}
			}
			check(t, file, s, k, picked)
		}
	})
}

// check reads a file as a kind, by the columns that are picked or certain.
func check(t *testing.T, file string, s table.Sheet, k core.TableKind, picked imports.Columns) {
	t.Helper()
	c, err := imports.Settle(s, k, picked)
	if err != nil {
		return
	}
	found := imports.Read(s, k, c)
	if found.Count() > len(s.Rows) || !slices.IsSortedFunc(found.Skipped, func(a, b table.Skipped) int { return a.Line - b.Line }) {
		t.Fatalf("%q as %s: %d things in %d rows, skipped %v", file, k, found.Count(), len(s.Rows), found.Skipped)
	}
	for key, name := range found.Names {
		if !key.Usable() || name == "" || name != core.CleanName(name) {
			t.Fatalf("%q as %s: %v is called %q", file, k, key, name)
		}
	}
	for lease, rent := range found.Rents {
		if lease == "" || len(lease) > core.MaxNameID || rent < 0 {
			t.Fatalf("%q: the rent of %q is %d", file, lease, rent)
		}
	}
	layout, titled := imports.LayoutOf(s, k, c)
	again, err := imports.Reread(strings.NewReader(file), layout)
	if err != nil || !reflect.DeepEqual(again, found) {
		t.Fatalf("%q as %s by %v: read again as %+v, %v; want %+v", file, k, c, again, err, found)
	}
	if r, recalled := imports.Recall([]core.Layout{layout}, s, k); titled && (!recalled || !maps.Equal(r.Columns, c)) {
		t.Fatalf("%q as %s by %v: recalled %v, %v", file, k, c, r.Columns, recalled)
	}
}
