package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rentbell/store"
)

// listOf makes a file of names.
func listOf(t *testing.T, content string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNamesAreImportedAndExportedBesideAReceiverAndWithoutOne(t *testing.T) {
	t.Parallel()
	dir := received(t)
	list := listOf(t, "sep=;\r\nTenants of June\r\nProperty ID;Lease ID;Name\r\n77;20931;Ana \"A\" Ruiz\r\n77;20932;Bo Lee\r\n77;;Kim\r\nTotal;;\r\n")
	const first = `{"read":2,"added":2,"changed":0,"same":0,"skipped":[{"line":6,"reason":"no id"}],"columns":{"id":"Lease ID","name":"Name"},"encoding":"utf-8","separator":";"}` + "\n"
	importing := func(more ...string) (int, string, string) {
		return command(t, append([]string{"import", "names", "--data", dir, "--json", "--kind", "lease"}, more...)...)
	}
	if code, out, errs := importing("--dry-run", list); code != 0 || out != first || errs != "" {
		t.Errorf("dry run: %d, %s%s", code, out, errs)
	}
	if code, out, errs := importing(list); code != 0 || out != first {
		t.Errorf("%d, %s%s", code, out, errs)
	}
	exported := func(more ...string) string {
		code, out, errs := command(t, append([]string{"export", "names", "--data", dir, "--out", "-"}, more...)...)
		if code != 0 {
			t.Errorf("%d, %s", code, errs)
		}
		return out
	}
	alone := exported()
	if want := "\ufeffkind,id,name\n\"lease\",\"20931\",\"Ana \"\"A\"\" Ruiz\"\n\"lease\",\"20932\",\"Bo Lee\"\n"; alone != want {
		t.Errorf("exported\n%s\nwant\n%s", alone, want)
	}

	p, _ := serveOn(t, dir)
	if got := exported(); got != alone {
		t.Errorf("beside a receiver\n%s\nwant\n%s", got, alone)
	}
	second := listOf(t, "id,name,kind\n20931,Ana Ruiz,\n20932,Bo Lee,lease\n77,Alder Court,property\n")
	const want = `{"read":3,"added":1,"changed":1,"same":1,"skipped":[],"columns":{"id":"id","name":"name"},"encoding":"utf-8","separator":","}` + "\n"
	if code, out, errs := importing("--dry-run", second); code != 0 || out != want {
		t.Errorf("dry run beside a receiver: %d, %s%s", code, out, errs)
	}
	if got := exported(); got != alone {
		t.Errorf("a dry run changed\n%s", got)
	}
	if code, out, errs := importing(second); code != 0 || out != want {
		t.Errorf("beside a receiver: %d, %s%s", code, out, errs)
	}
	if got := exported("--kind", "property"); got != "\ufeffkind,id,name\n\"property\",\"77\",\"Alder Court\"\n" {
		t.Errorf("properties\n%s", got)
	}
	p.stop(t)

	file := filepath.Join(t.TempDir(), "names.csv")
	if code, _, errs := command(t, "export", "names", "--data", dir, "--out", file); code != 0 {
		t.Errorf("%d, %s", code, errs)
	}
	if code, out, errs := importing(file); code != 0 || !strings.HasPrefix(out, `{"read":3,"added":0,"changed":0,"same":3,"skipped":[],`) {
		t.Errorf("what was exported: %d, %s%s", code, out, errs)
	}
	if code, out, _ := command(t, "import", "names", "--data", dir, "--kind", "lease", "--dry-run", list); code != 0 ||
		out != "2 names read from Lease ID and Name: 0 new, 1 changed, 1 as before; nothing was changed\nline 6 skipped: no id\n" {
		t.Errorf("for people: %s", out)
	}
}

func TestColumnsOfNamesAreNeverGuessed(t *testing.T) {
	t.Parallel()
	dir := received(t)
	ids := listOf(t, "Property ID,Unit ID,Name\n77,9001,Ana\n")
	german := listOf(t, "Kennung;Name, Vorname\r\n20931;Ana\r\n")
	rents := listOf(t, "Property,Unit,Tenant,Rent\nAlder Court,1A,Ana,5\n")
	for name, tt := range map[string]struct {
		args []string
		code int
		says []string
	}{
		"two ids":          {[]string{"lease", ids}, exitUsage, []string{"Property ID,Unit ID,Name\n", "--columns"}},
		"a foreign head":   {[]string{"lease", german}, exitUsage, []string{"Kennung;Name, Vorname\n"}},
		"no ids":           {[]string{"lease", rents}, exitUsage, []string{"no column with ids", "Property,Unit,Tenant,Rent\n"}},
		"one said":         {[]string{"lease", "--columns", "id=Unit ID", ids}, 0, nil},
		"both said":        {[]string{"lease", "--columns", "id=kennung,name=Name, Vorname", german}, 0, nil},
		"the other way":    {[]string{"lease", "--columns", "name=Name, Vorname,id=Kennung", german}, 0, nil},
		"none of these":    {[]string{"lease", "--columns", "id=Number,name=Name", ids}, exitUsage, []string{`called "Number"`, "Property ID,Unit ID,Name\n"}},
		"by their numbers": {[]string{"lease", "--columns", "id=1,name=3", listOf(t, "7,a,Ana,b\n")}, 0, nil},
	} {
		code, out, errs := command(t, append([]string{"import", "names", "--data", dir, "--dry-run", "--kind"}, tt.args...)...)
		if code != tt.code || (out != "") != (code == 0) {
			t.Errorf("%s: %d, %s%s", name, code, out, errs)
		}
		for _, text := range tt.says {
			if !strings.Contains(errs, text) {
				t.Errorf("%s does not say %q:\n%s", name, text, errs)
			}
		}
	}
}

func TestFilesWithoutNames(t *testing.T) {
	t.Parallel()
	dir := received(t)
	for name, path := range map[string]string{
		"empty": listOf(t, ""), "titles alone": listOf(t, "id,name\n"), "no row with both": listOf(t, "id,name\n1,\n"),
		"gone": filepath.Join(dir, "none.csv"), "a directory": dir,
	} {
		if code, _, errs := command(t, "import", "names", "--data", dir, "--kind", "lease", path); code != exitFailed || errs == "" {
			t.Errorf("%s: %d, %q", name, code, errs)
		}
	}
	list := listOf(t, "id,name\n1,Ana\n")
	for name, args := range map[string][]string{
		"what":            {"import", "rent", "--data", dir},
		"no kind":         {"import", "names", "--data", dir, list},
		"a kind of none":  {"import", "names", "--data", dir, "--kind", "boat", list},
		"no file":         {"import", "names", "--data", dir, "--kind", "lease"},
		"two files":       {"import", "names", "--data", dir, "--kind", "lease", list, list},
		"other columns":   {"import", "names", "--data", dir, "--kind", "lease", "--columns", "lease=id", list},
		"columns twice":   {"import", "names", "--data", dir, "--kind", "lease", "--columns", "id=id,id=name", list},
		"export nothing":  {"export", "boats"},
		"no kind of ours": {"export", "names", "--data", dir, "--kind", "boat", "--out", "-"},
	} {
		if code, _, errs := command(t, args...); code != exitUsage || !strings.Contains(errs, "Usage:") {
			t.Errorf("%s: %d, %q", name, code, errs)
		}
	}
}

func TestNamesCanComeBeforeTheFirstDelivery(t *testing.T) {
	t.Parallel()
	list := listOf(t, "id,name\n1,Ana\n")
	dir := t.TempDir()
	for _, dry := range []bool{true, false} {
		args := []string{"import", "names", "--data", dir, "--kind", "lease", list}
		if dry {
			args = append(args[:2:2], append([]string{"--dry-run"}, args[2:]...)...)
		}
		if code, out, errs := command(t, args...); code != 0 || !strings.Contains(out, "1 new") {
			t.Errorf("dry %v: %d, %s%s", dry, code, out, errs)
		}
		if _, err := os.Stat(filepath.Join(dir, store.FileName)); (err == nil) == dry {
			t.Errorf("dry %v: the store: %v", dry, err)
		}
	}
	other := filepath.Dir(list)
	for _, wrong := range []string{other, filepath.Join(other, "none")} {
		if code, _, errs := command(t, "import", "names", "--data", wrong, "--kind", "lease", list); code != exitFailed {
			t.Errorf("%s: %d, %q", wrong, code, errs)
		}
	}
	if entries, err := os.ReadDir(other); err != nil || len(entries) != 1 {
		t.Errorf("it made %v, %v", entries, err)
	}
}
