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
func (b *Bell) Secrets() Secrets { return *b.secrets.Load() }

// ChangeSecrets changes the kept secrets, follows them and saves them in the
// keychain. When that does not work they stay in memory, which Status.Vault
// says; a keychain that is there and refuses is an error too. It may ask the
// user to unlock it: not for the UI goroutine.
func (b *Bell) ChangeSecrets(ctx context.Context, change func(*Secrets)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	before := b.Secrets()
	// A keychain that was locked at the start may hold what change does not
	// mention; saving without having read it would delete that.
	err := b.readVault()
	b.mu.Lock()
	kept := b.kept
	b.mu.Unlock()
	change(&kept)
	if err == nil {
		err = b.cfg.Vault.Save(kept)
	}
	b.mu.Lock()
	b.kept, b.status.Vault = kept, err
	b.mu.Unlock()
	b.refreshSecrets()
	if after := b.Secrets(); after.Authtoken != before.Authtoken || after.WebhookSecret.IsZero() != before.WebhookSecret.IsZero() {
		b.Reconnect()
	}
	nudge(b.registration)
	nudge(b.arrived)
	if err != nil && !errors.Is(err, ErrNoVault) {
		return fmt.Errorf("save in keychain: %w", err)
	}
	return nil
}

// refreshSecrets puts the kept secrets in force, under those of this run.
func (b *Bell) refreshSecrets() {
	b.mu.Lock()
	defer b.mu.Unlock()
	inForce := b.cfg.Override.Secrets.over(b.kept)
	b.secrets.Store(&inForce)
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
	b.status.Vault = err
	if err == nil && b.unread {
		b.kept, b.unread = b.kept.over(kept), false // what was typed meanwhile is newer
	}
	b.mu.Unlock()
	b.refreshSecrets()
	return err
}
