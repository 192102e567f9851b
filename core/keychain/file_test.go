package keychain

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

func quickFile(dir string) *file {
	f := newFile(dir)
	f.workFactor = quick
	return f
}

func checkDir(t *testing.T, dir string, want ...string) {
	t.Helper()
	var got []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the directory holds %q, want %q", got, want)
	}
}

func TestFileIsItsOwnersAloneAndStaysSoWhenItIsReplaced(t *testing.T) {
	dir := t.TempDir()
	f := quickFile(dir)
	if err := f.create(all, passphrase); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(f.path, 0o644); err != nil { // a backup brought it back like that
		t.Fatal(err)
	}
	first, err := os.ReadFile(f.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.save(all); err != nil {
		t.Fatal(err)
	}
	second, err := os.ReadFile(f.path)
	if err != nil || bytes.Contains(second, first[60:120]) {
		t.Errorf("saved again it has the same salt or key: %v", err)
	}
	if info, err := os.Stat(f.path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	checkDir(t, dir, FileName)
}

func TestPassphraseCostsWhatAgeRecommends(t *testing.T) {
	if got := newFile(t.TempDir()).workFactor; got != 18 {
		t.Errorf("the file's work factor is %d", got)
	}
	head, _, _ := bytes.Cut(sealed(t, all), []byte("\n---"))
	if !bytes.Contains(head, []byte(" 2\n")) {
		t.Errorf("sealed with a work factor of 2, it says %q", head)
	}
}

func TestSaveThatFailsLeavesTheFileAsItWas(t *testing.T) {
	dir := t.TempDir()
	f := quickFile(dir)
	if err := f.create(all, passphrase); err != nil {
		t.Fatal(err)
	}
	long := core.Secrets{APIKey: core.NewSecret(strings.Repeat("long", maxFile))}
	if err := f.save(long); !errors.Is(err, core.ErrTooLong) {
		t.Errorf("save: %v, want core.ErrTooLong", err)
	}
	if err := f.create(long, core.NewSecret("another")); !errors.Is(err, core.ErrTooLong) {
		t.Errorf("create: %v, want core.ErrTooLong", err)
	}
	again := quickFile(dir)
	if err := again.unlock(passphrase); err != nil {
		t.Fatal(err)
	}
	for _, f := range []*file{f, again} {
		if got, err := f.load(); err != nil || got != all {
			t.Errorf("load: %v", err)
		}
	}
	checkDir(t, dir, FileName)
}

func TestFileThatCannotBeMadeIsNotThere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	f := quickFile(dir)
	if err := f.create(all, passphrase); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("create: %v", err)
	}
	if f.holds() || f.locked() {
		t.Error("after an error the file holds the secrets")
	}
}

func TestWriteThatIsGivenUpPutsNothingInPlace(t *testing.T) {
	dir := t.TempDir()
	f := quickFile(dir)
	f.limit = time.Nanosecond
	if err := f.create(all, passphrase); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("create: %v", err)
	}
	f.busy <- struct{}{} // what was given up has ended
	checkDir(t, dir)
}

func TestWhatIsNoFileOfSecretsIsDamaged(t *testing.T) {
	for name, prepare := range map[string]func(path string) error{
		"a directory": func(path string) error { return os.Mkdir(path, 0o700) },
		"empty":       func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"huge":        func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("x"), maxFile+1), 0o600) },
	} {
		f := quickFile(t.TempDir())
		if err := prepare(f.path); err != nil {
			t.Fatal(err)
		}
		if !f.locked() {
			t.Errorf("%s: passes for no file", name)
		}
		if err := f.unlock(passphrase); !errors.Is(err, core.ErrVaultDamaged) || errors.Is(err, core.ErrPassphrase) {
			t.Errorf("%s: %v, want ErrVaultDamaged", name, err)
		}
		if _, err := f.load(); !errors.Is(err, core.ErrLocked) {
			t.Errorf("%s: load: %v, want ErrLocked", name, err)
		}
	}
}
