package core

import (
	"context"
	"errors"
	"fmt"
)

// A Bell's secrets: kept in the vault, under those that flags and environment
// lend to this run.

// Secrets returns the secrets in force: for the settings page, which shows their
// last characters and copies them on request.
func (b *Bell) Secrets() Secrets { return b.account.Load().Secrets }

// ChangeSecrets changes the kept secrets, follows them and saves them in the
// keychain. When that does not work they stay in memory, which Status.Vault
// says; a keychain that is there and refuses is an error too. It may ask the
// user to unlock it: not for the UI goroutine.
func (b *Bell) ChangeSecrets(ctx context.Context, change func(*Secrets)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b.keeping.Lock()
	defer b.keeping.Unlock()
	before := b.Account()
	// A vault that was locked at the start may hold what change does not mention.
	// One that still does not tell fills the gaps itself, when it can save again.
	_ = b.readVault() // Save will say the same
	b.mu.Lock()
	kept := b.kept
	b.mu.Unlock()
	old := kept
	change(&kept)
	b.retireBefore(old, &kept)
	err := b.cfg.Vault.Save(kept)
	b.mu.Lock()
	b.kept, b.status.Vault, b.status.VaultKind = kept, err, b.cfg.Vault.Kind()
	b.mu.Unlock()
	b.refreshSecrets()
	if after := b.Account(); after.Secrets.Authtoken != before.Secrets.Authtoken || after.Complete() != before.Complete() {
		b.Reconnect()
	}
	nudge(b.registration)
	nudge(b.unlearned)
	nudge(b.arrived)
	if err != nil && !errors.Is(err, ErrNoVault) {
		return fmt.Errorf("save in keychain: %w", err)
	}
	return nil
}

// Unlock opens the file of secrets and follows them. ErrPassphrase: that is not
// the one. It takes a second or two on purpose: not for the UI goroutine.
func (b *Bell) Unlock(ctx context.Context, passphrase Secret) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b.keeping.Lock()
	defer b.keeping.Unlock()
	if err := b.cfg.Vault.Unlock(passphrase); err != nil {
		return err
	}
	if err := b.readVault(); err != nil {
		return fmt.Errorf("read unlocked secrets: %w", err)
	}
	b.Reconnect()
	nudge(b.registration)
	nudge(b.unlearned)
	nudge(b.arrived)
	return nil
}

// MoveSecrets keeps the secrets in another place from now on. See Vault.Move.
func (b *Bell) MoveSecrets(ctx context.Context, to VaultKind, passphrase Secret) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b.keeping.Lock()
	defer b.keeping.Unlock()
	if err := b.cfg.Vault.Move(to, passphrase); err != nil {
		b.mu.Lock()
		b.status.VaultKind = b.cfg.Vault.Kind()
		b.mu.Unlock()
		return fmt.Errorf("move secrets: %w", err)
	}
	b.mu.Lock()
	b.unread = true // the new place is asked, so that its trouble shows
	b.mu.Unlock()
	err := b.readVault()
	nudge(b.arrived)
	return err
}

// refreshSecrets puts the kept secrets in force, under those of this run.
func (b *Bell) refreshSecrets() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refreshAccount()
}

// readVault asks the vault for what it keeps, unless it has told already.
func (b *Bell) readVault() error {
	b.mu.Lock()
	unread := b.unread
	b.mu.Unlock()
	if !unread {
		return nil
	}
	kept, err := b.cfg.Vault.Load()
	b.mu.Lock()
	b.status.Vault, b.status.VaultKind = err, b.cfg.Vault.Kind()
	if err == nil && b.unread {
		b.kept, b.unread = b.kept.over(kept), false // what was typed meanwhile is newer
	}
	b.mu.Unlock()
	b.refreshSecrets()
	return err
}

// CheckKey asks AppFolio whether it accepts an API key, without registering
// anything. known is false where AppFolio does not tell. Errors are
// *SubscribeError: 401 and 403 say that it does not.
func (b *Bell) CheckKey(ctx context.Context, key Secret) (known bool, err error) {
	ask := b.subscription()
	ask.Secrets.APIKey = key
	_, err = b.cfg.Source.Subscriptions(ctx, ask)
	if errors.Is(err, ErrNoList) {
		return false, nil
	}
	return err == nil, err
}
