package launch

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rentbell/core"
	"rentbell/core/keychain"
	"rentbell/core/office"
)

// likeKeychain is a vault that keeps secrets for longer than a run.
type likeKeychain struct {
	*keychain.Memory
	locked error
}

func (v *likeKeychain) Kind() core.VaultKind { return core.VaultKeychain }

func (v *likeKeychain) Load() (core.Secrets, error) {
	if v.locked != nil {
		return core.Secrets{}, v.locked
	}
	return v.Memory.Load()
}

// keyOf opens a data directory and returns its desk's public key.
func keyOf(t *testing.T, dir string, v core.Vault) (string, error) {
	t.Helper()
	o := quiet()
	o.Dir, o.Vault = dir, v
	app, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	key, err := app.deskKey(t.Context())
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		return "", err
	}
	public, err := key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return public, nil
}

func TestADesksKeyIsInTheKeychainOrElseInAFile(t *testing.T) {
	dir, vault := t.TempDir(), &likeKeychain{Memory: &keychain.Memory{}}
	file := filepath.Join(dir, office.DeskKeyFile)
	first, err := keyOf(t, dir, vault)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := keyOf(t, dir, vault); err != nil || again != first {
		t.Errorf("the next run has the key %s, %v; want %s", again, err, first)
	}
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("beside a keychain there is a file: %v", err)
	}
	vault.locked = core.ErrKeychainLocked
	if other, err := keyOf(t, dir, vault); !errors.Is(err, core.ErrKeychainLocked) {
		t.Errorf("with a locked keychain the key is %s, %v", other, err)
	}

	first, err = keyOf(t, t.TempDir(), &keychain.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	filed := t.TempDir()
	one, err := keyOf(t, filed, &keychain.Memory{})
	if err != nil || one == first {
		t.Errorf("two desks have one key, or %v", err)
	}
	if again, err := keyOf(t, filed, &keychain.Memory{}); err != nil || again != one {
		t.Errorf("the file's key is %s, %v; want %s", again, err, one)
	}
	if info, err := os.Stat(filepath.Join(filed, office.DeskKeyFile)); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("the file of the key: %v, %v", info, err)
	}
}
