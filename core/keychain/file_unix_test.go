//go:build unix

package keychain

import (
	"errors"
	"syscall"
	"testing"

	"rentbell/core"
)

func TestPipeInPlaceOfTheFileHoldsUpNothing(t *testing.T) {
	f := quickFile(t.TempDir())
	if err := syscall.Mkfifo(f.path, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.unlock(passphrase); !errors.Is(err, core.ErrVaultDamaged) {
		t.Errorf("unlock: %v, want ErrVaultDamaged", err)
	}
}
