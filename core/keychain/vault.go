package keychain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rentbell/core"
)

// Kind waits for nothing. A keychain counts when it has answered last time.
func (v *Vault) Kind() core.VaultKind {
	switch {
	case v.file.holds():
		return core.VaultFile
	case v.answered.Load():
		return core.VaultKeychain
	}
	return core.VaultMemory
}

// Load reads the secrets. See core.Vault.
func (v *Vault) Load() (core.Secrets, error) {
	if err := v.takeTurn(v.loadTime); err != nil {
		return core.Secrets{}, err
	}
	defer v.endTurn()
	if v.file.holds() {
		return v.file.load()
	}
	return v.ask(v.loadTime)
}

// Save keeps the secrets and deletes those that are zero, but for what a
// keychain keeps that has never been read. See core.Vault. After an error some
// may be kept, and all are remembered for Move; but a locked file takes nothing.
func (v *Vault) Save(s core.Secrets) error {
	if err := v.takeTurn(v.saveTime); err != nil {
		return err
	}
	defer v.endTurn()
	if s.Retiring.Secret.IsZero() {
		s.Retiring = core.Retiring{}
	}
	return v.save(s)
}

func (v *Vault) save(s core.Secrets) error {
	if v.file.locked() {
		return fmt.Errorf("save secrets: %w", core.ErrLocked) // and it knows more than s
	}
	v.unkept = &s
	if err := v.keep(); err != nil {
		return err
	}
	v.unkept = nil
	return nil
}

// keep puts what is not kept yet into its place.
func (v *Vault) keep() error {
	if v.file.holds() {
		return v.file.save(*v.unkept)
	}
	if !v.told {
		if _, err := v.ask(v.saveTime); err != nil {
			return err
		}
	}
	return v.tell(*v.unkept)
}

// Unlock opens the file. See core.Vault. It does not need the keychain.
func (v *Vault) Unlock(passphrase core.Secret) error {
	if err := v.takeTurn(v.saveTime); err != nil {
		return err
	}
	defer v.endTurn()
	return v.file.unlock(passphrase)
}

// ask reads the keychain. What it tells for the first time was there before
// whatever waits to be kept, which therefore does not replace it all.
func (v *Vault) ask(limit time.Duration) (core.Secrets, error) {
	s, err := v.system.load(limit)
	v.answered.Store(!errors.Is(err, core.ErrNoVault))
	if err == nil && !v.told {
		v.told = true
		if v.unkept != nil {
			filled := v.unkept.Over(s)
			v.unkept = &filled
		}
	}
	return s, err
}

// tell writes the keychain.
func (v *Vault) tell(s core.Secrets) error {
	err := v.system.save(s, v.saveTime)
	v.answered.Store(!errors.Is(err, core.ErrNoVault))
	return err
}

func (v *Vault) takeTurn(limit time.Duration) error {
	late := time.NewTimer(limit)
	defer late.Stop()
	select {
	case v.turn <- struct{}{}:
		return nil
	case <-late.C:
		return fmt.Errorf("wait for the keychain: %w", noVault(context.DeadlineExceeded))
	}
}

func (v *Vault) endTurn() { <-v.turn }
