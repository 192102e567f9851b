package keychain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rentbell/core"
)

// Kind says where the secrets are kept. It does not block: it is the keychain
// when the keychain answered the last call.
func (v *Vault) Kind() core.VaultKind {
	switch {
	case v.file.holds():
		return core.VaultFile
	case v.answered.Load():
		return core.VaultKeychain
	}
	return core.VaultMemory
}

// Load reads the secrets from the file or the keychain, within Config.LoadTime.
// It returns core.ErrLocked when the file has not been unlocked.
func (v *Vault) Load() (core.Secrets, error) {
	if err := v.takeTurn(v.loadTime); err != nil {
		return core.Secrets{}, err
	}
	defer v.endTurn()
	if v.file.holds() {
		return v.file.load()
	}
	if limit := v.start; limit != 0 {
		v.start = 0
		s, err := v.ask(limit)
		if errors.Is(err, context.DeadlineExceeded) {
			err = fmt.Errorf("load secrets: %w", noVault(core.ErrKeychainSlow))
		}
		return s, err
	}
	return v.ask(v.loadTime)
}

// Save keeps the secrets, within Config.SaveTime. It deletes those that are
// zero, except from a keychain that has not been read yet. After an error some
// may be kept, and Move can still keep all of them. With a locked file Save
// changes nothing and returns core.ErrLocked.
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
		return fmt.Errorf("save secrets: %w", core.ErrLocked) // the locked file may hold secrets that s lacks
	}
	v.unkept = &s
	if err := v.keep(); err != nil {
		return err
	}
	v.unkept = nil
	return nil
}

// keep writes v.unkept to the file or the keychain.
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

// Unlock decrypts the file, or returns core.ErrPassphrase when the passphrase is
// wrong. Without a file it has the keychain ask its user again, within
// Config.LoadTime, in place of a question that is still open.
func (v *Vault) Unlock(passphrase core.Secret) error {
	v.system.askAgain()
	if err := v.takeTurn(v.saveTime); err != nil {
		return err
	}
	defer v.endTurn()
	if v.file.holds() {
		return v.file.unlock(passphrase)
	}
	_, err := v.ask(v.loadTime)
	return err
}

// ask reads the keychain. The first time it succeeds, secrets that v.unkept
// lacks are taken over from the keychain: a Save that came before could not
// know them, and must not delete them.
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

// tell writes s to the keychain.
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
		return fmt.Errorf("wait for the keychain: %w", stillAsking())
	}
}

func (v *Vault) endTurn() { <-v.turn }
