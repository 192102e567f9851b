package keychain

import (
	"errors"
	"fmt"

	"rentbell/core"
)

var (
	errToMemory = errors.New("secrets that are kept do not go back to memory")
	errNotRead  = errors.New("the keychain does not return what it was given")
)

// Move moves the secrets to the file or to the keychain, including those of a
// last Save that could not keep them. Moving from the file to the file changes
// the passphrase. Secrets cannot move to memory.
//
// Load finds the secrets even when the program ends half-way. A file is always
// complete and is read in preference to the keychain. The keychain is emptied
// after the file is made, and filled before the file is deleted.
func (v *Vault) Move(to core.VaultKind, passphrase core.Secret) error {
	if err := v.takeTurn(v.saveTime); err != nil {
		return err
	}
	defer v.endTurn()
	if err := v.move(to, passphrase); err != nil {
		return fmt.Errorf("move secrets: %w", err)
	}
	v.unkept = nil
	return nil
}

func (v *Vault) move(to core.VaultKind, passphrase core.Secret) error {
	switch {
	case to != core.VaultFile && to != core.VaultKeychain:
		return errToMemory
	case to == core.VaultFile && passphrase.IsZero():
		return core.ErrPassphrase
	}
	s, err := v.inForce()
	if err != nil {
		return err
	}
	if to == core.VaultFile {
		return v.toFile(s, passphrase)
	}
	return v.toKeychain(s)
}

// inForce returns the secrets as they are kept, or those of a last Save that
// could not keep them.
func (v *Vault) inForce() (core.Secrets, error) {
	if v.file.holds() {
		s, err := v.file.load()
		if err == nil && v.unkept != nil {
			s = *v.unkept
		}
		return s, err
	}
	s, err := v.ask(v.saveTime)
	switch {
	case v.unkept != nil:
		return *v.unkept, nil
	case errors.Is(err, core.ErrNoVault) && !errors.Is(err, core.ErrKeychainLocked):
		return core.Secrets{}, nil // no secrets were ever kept
	}
	return s, err
}

func (v *Vault) toFile(s core.Secrets, passphrase core.Secret) error {
	wasThere := v.file.holds()
	if err := v.file.create(s, passphrase); err != nil {
		return err
	}
	if wasThere || !v.told { // a keychain that was never read may hold secrets that s lacks
		return nil
	}
	return v.emptyKeychain(s)
}

// emptyKeychain deletes s from the keychain, once the file holds it. A keychain
// that does not answer is left as it is, because the file is read in
// preference. When the keychain returns an error, s is written back and the
// file deleted, because a failed Move must change nothing. When that fails too,
// the file stays, and holds all secrets.
func (v *Vault) emptyKeychain(s core.Secrets) error {
	err := v.tell(core.Secrets{})
	if err == nil || errors.Is(err, core.ErrNoVault) {
		return nil
	}
	if back := v.tell(s); back != nil {
		return errors.Join(err, back)
	}
	return errors.Join(err, v.file.remove())
}

func (v *Vault) toKeychain(s core.Secrets) error {
	err := v.fillKeychain(s)
	if err == nil {
		return v.file.remove()
	}
	if v.file.holds() && !errors.Is(err, core.ErrNoVault) {
		_ = v.tell(core.Secrets{}) // removes what was written before the error; the file still holds all secrets
	}
	return err
}

// fillKeychain writes s to the keychain and reads it back to see that it is
// there.
func (v *Vault) fillKeychain(s core.Secrets) error {
	if err := v.tell(s); err != nil {
		return err
	}
	back, err := v.ask(v.saveTime)
	if err == nil && back != s {
		err = errNotRead
	}
	return err
}
