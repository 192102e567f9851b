package office_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"rentbell/core"
	"rentbell/core/office"
)

func TestAMachinesKeyIsMadeOnceAndIsItsOwnersAlone(t *testing.T) {
	dir := t.TempDir()
	first, err := office.FileKey(t.Context(), dir, office.ReceiverKeyFile, office.NewMachineKey)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, office.ReceiverKeyFile)
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	again, err := office.FileKey(t.Context(), dir, office.ReceiverKeyFile, office.NewMachineKey)
	if err != nil || again != first {
		t.Errorf("the second start has another key, or %v", err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	one, err := office.Certificate(first)
	if err != nil {
		t.Fatal(err)
	}
	two, err := office.Certificate(again)
	if err != nil || office.PinOf(one.Leaf) != office.PinOf(two.Leaf) {
		t.Errorf("desks would not know it again: %v", err)
	}
	if _, err := office.FileKey(t.Context(), t.TempDir(), ".", office.NewMachineKey); !errors.Is(err, core.ErrNotFile) {
		t.Errorf("a directory in its place: %v", err)
	}
	if _, err := office.Certificate(core.KeptSecret("no key")); err == nil {
		t.Error("a file that holds no key gives a certificate")
	}
}
