package machine_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/machine"
)

var _ core.Machine = (*machine.Machine)(nil)

func TestFreeSpaceIsThatOfTheDirectorysDisk(t *testing.T) {
	free, err := machine.New(t.TempDir()).FreeSpace()
	if err != nil || free == 0 {
		t.Errorf("%d bytes free, %v", free, err)
	}
	if _, err := machine.New(filepath.Join(t.TempDir(), "none")).FreeSpace(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a directory that is not there: %v", err)
	}
}

func TestNetworkStaysTheSameWhileNothingChanges(t *testing.T) {
	m := machine.New(t.TempDir())
	before := m.Network()
	if after := m.Network(); after != before {
		t.Errorf("%q became %q", before, after)
	}
	addresses := strings.Fields(before)
	if !slices.IsSorted(addresses) {
		t.Errorf("%q is not sorted", before)
	}
	for _, a := range addresses {
		if strings.HasPrefix(a, "127.") || strings.HasPrefix(a, "fe80:") || a == "::1" {
			t.Errorf("%s does not come and go with a network", a)
		}
	}
}

func BenchmarkNetwork(b *testing.B) {
	m := machine.New(b.TempDir())
	for b.Loop() {
		m.Network()
	}
}
