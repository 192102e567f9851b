package keychain

import (
	"context"
	"errors"
	"fmt"

	"rentbell/core"
)

var (
	errToMemory = errors.New("secrets that are kept do not go back to memory")
	errNotRead  = errors.New("the keychain does not return what it was given")
)

// Move moves the secrets, those of the last Save even when it found no place.
// See core.Vault. Secrets that are in the file already get another passphrase.
//
// Whatever ends the program half-way, Load finds them: a file that is there is
// whole, and comes before the keychain, which is emptied after that or filled
// before the file goes.
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

// inForce returns what is kept now, or was to be.
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
	case errors.Is(err, core.ErrNoVault) && !errors.Is(err, context.DeadlineExceeded):
		return core.Secrets{}, nil // nowhere anything was kept
	}
	return s, err
}

func (v *Vault) toFile(s core.Secrets, passphrase core.Secret) error {
	wasThere := v.file.holds()
	if err := v.file.create(s, passphrase); err != nil {
		return err
	}
	if wasThere || !v.told { // what a keychain has never told is not ours to delete
		return nil
	}
	return v.emptyKeychain(s)
}

// emptyKeychain deletes s from the keychain, now that the file has it. A
// keychain that does not answer is left: it may be gone for good, and the file
// counts. One that refuses gets everything back, as after an error nothing has
// moved; should it refuse that too, the file stays, which then has them all.
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
		_ = v.tell(core.Secrets{}) // what got there already; it does not count beside the file
	}
	return err
}

// fillKeychain keeps s in the keychain and sees that it is there.
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
