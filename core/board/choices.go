package board

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rentbell/core"
)

// Choices are the user's: the settings, as they are saved, the secrets, as they
// are kept in the vault, and the account in force that follows from both. What
// flags and environment lend to this run comes before what is saved. Methods may
// be called from any goroutine.
type Choices struct {
	store    SettingsStore
	vault    core.Vault
	override core.Override
	board    *Board

	followers []Signal
	asked     Signal // the user has asked the vault anew

	changing sync.Mutex // held while settings are changed and saved, so that no change undoes another
	keeping  sync.Mutex // held while secrets are changed, keychain and all, for the same reason

	account atomic.Pointer[core.Account] // in force; every delivery reads it

	mu       sync.Mutex
	settings core.Settings // as saved
	kept     core.Secrets  // as kept in the vault, or in memory when there is none
	untold   bool          // the vault has not told what it keeps; kept is not the whole truth
	forNow   bool          // the user wants secrets in memory for this run; the vault is left alone
}

// SettingsStore is the part of a Store that keeps settings.
type SettingsStore interface {
	Settings() (core.Settings, error)
	SaveSettings(core.Settings) error
}

// NewChoices loads what is saved and asks the vault what it keeps, which may wait
// for the user. A vault that does not tell is no error, and nor are settings that
// cannot be used: Status.Vault and Status.Choices say so.
func NewChoices(store SettingsStore, vault core.Vault, override core.Override, board *Board) (*Choices, error) {
	settings, unread := store.Settings()
	if unread != nil && !errors.Is(unread, core.ErrSettings) {
		return nil, fmt.Errorf("load settings: %w", unread)
	}
	settings, odd := settings.Mended()
	c := &Choices{store: store, vault: vault, override: override, board: board, settings: settings, untold: true, asked: NewSignal()}
	board.Note(func(s *core.Status) { s.MutedUntil, s.Choices = settings.MutedUntil, cmp.Or(odd, unread) })
	_ = c.ReadVault() // the status has it
	return c, nil
}

// Follow has s nudged whenever a choice has changed. It is to be called before
// the goroutine that waits for s begins.
func (c *Choices) Follow(s Signal) { c.followers = append(c.followers, s) }

// Settings returns the saved settings, without what this run overrides.
func (c *Choices) Settings() core.Settings {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.settings
}

// Override returns what flags and environment say for this run.
func (c *Choices) Override() core.Override { return c.override }

// Account is the one in force, secrets included.
func (c *Choices) Account() core.Account { return *c.account.Load() }

// Change edits the settings as they are saved at that moment, checks, saves and
// follows them. Changes wait for each other, so that none undoes another. It
// writes to disk: not for the UI goroutine. After an error nothing has changed;
// errors are those of Settings.Validate, or wrap ErrStorage.
func (c *Choices) Change(ctx context.Context, edit func(*core.Settings)) error {
	c.changing.Lock()
	defer c.changing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	next := c.Settings()
	edit(&next)
	if err := next.Validate(); err != nil {
		return err
	}
	if err := c.store.SaveSettings(next); err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	c.mu.Lock()
	c.settings = next
	c.mu.Unlock()
	c.board.Note(func(s *core.Status) { s.MutedUntil, s.Choices = next.MutedUntil, nil })
	c.follow()
	return nil
}

// ChangeSecrets changes the kept secrets, follows them and saves them in the
// keychain. When that does not work they stay in memory, which Status.Vault
// says; a keychain that is there and refuses is an error too. It may ask the
// user to unlock it: not for the UI goroutine. After ErrBadSecret nothing has
// changed.
func (c *Choices) ChangeSecrets(ctx context.Context, change func(*core.Secrets)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.keeping.Lock()
	defer c.keeping.Unlock()
	// A vault that was locked at the start may hold what change does not mention.
	// One that still does not tell fills the gaps itself, when it can save again.
	_ = c.ReadVault() // Save will say the same
	c.mu.Lock()
	kept := c.kept
	c.mu.Unlock()
	before := kept
	change(&kept)
	if err := kept.CheckOver(before); err != nil {
		return err
	}
	c.mu.Lock()
	forNow := c.forNow
	c.mu.Unlock()
	var err error
	if !forNow {
		err = c.vault.Save(kept)
		c.noteVault(err)
	}
	c.mu.Lock()
	c.kept = kept
	c.mu.Unlock()
	c.follow()
	if err != nil && !errors.Is(err, core.ErrNoVault) {
		return fmt.Errorf("save in keychain: %w", err)
	}
	return nil
}

// Unlock opens the file of secrets, or has a locked keychain ask its user again,
// and follows what is told. ErrPassphrase: that is not the one. It takes a second
// or two on purpose: not for the UI goroutine.
func (c *Choices) Unlock(ctx context.Context, passphrase core.Secret) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.keeping.Lock()
	defer c.keeping.Unlock()
	c.mu.Lock()
	c.forNow = false
	c.mu.Unlock()
	if err := c.vault.Unlock(passphrase); err != nil {
		if !errors.Is(err, core.ErrPassphrase) { // that changes nothing
			c.noteVault(err)
			c.follow()
			c.asked.Nudge()
		}
		return err
	}
	if err := c.ReadVault(); err != nil {
		return fmt.Errorf("read unlocked secrets: %w", err)
	}
	return nil
}

// MoveSecrets keeps the secrets in another place from now on. See Vault.Move.
func (c *Choices) MoveSecrets(ctx context.Context, to core.VaultKind, passphrase core.Secret) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.keeping.Lock()
	defer c.keeping.Unlock()
	if err := c.vault.Move(to, passphrase); err != nil {
		c.board.Note(func(s *core.Status) { s.VaultKind = c.vault.Kind() })
		return fmt.Errorf("move secrets: %w", err)
	}
	c.mu.Lock()
	c.untold = true // the new place is asked, so that its trouble shows
	c.mu.Unlock()
	err := c.ReadVault()
	c.board.Nudge()
	return err
}

// ReadVault asks the vault for what it keeps, unless it has told already. It may
// wait for the user, as Vault.Load does.
func (c *Choices) ReadVault() error {
	c.mu.Lock()
	untold, forNow := c.untold, c.forNow
	c.mu.Unlock()
	switch {
	case !untold:
		return nil
	case forNow:
		return core.ErrForThisRun
	}
	kept, err := c.vault.Load()
	c.mu.Lock()
	if c.forNow && err != nil { // the user has stopped waiting
		c.mu.Unlock()
		return core.ErrForThisRun
	}
	if err == nil && c.untold {
		c.kept, c.untold = c.kept.Over(kept), false // what was typed meanwhile is newer
	}
	c.mu.Unlock()
	if known := c.noteVault(err); !known {
		c.follow()
	}
	return err
}

// vaultRetry is how soon after a keychain was unlocked elsewhere Rentbell goes on.
// One that asks is waited for in Load.
const vaultRetry = time.Second

// AwaitVault asks a keychain that is locked again and again until it has told
// what it keeps, and ends with ctx.
func (c *Choices) AwaitVault(ctx context.Context) {
	for ctx.Err() == nil {
		if c.vaultMayTell() {
			_ = c.ReadVault() // the status has it
		}
		if c.vaultMayTell() {
			Pause(ctx, vaultRetry)
			continue
		}
		select {
		case <-ctx.Done():
		case <-c.asked:
		}
	}
}

// vaultMayTell reports whether the status of the vault may change by itself.
func (c *Choices) vaultMayTell() bool {
	is := false
	c.board.Note(func(s *core.Status) {
		is = errors.Is(s.Vault, core.ErrKeychainLocked) || errors.Is(s.Vault, core.ErrKeychainSlow)
	})
	return is
}

// KeepInMemory stops waiting for the vault: until Unlock, secrets that are given
// stay in memory alone.
func (c *Choices) KeepInMemory() {
	c.mu.Lock()
	c.forNow = true
	c.mu.Unlock()
	c.board.Note(func(s *core.Status) { s.Vault, s.VaultKind = core.ErrForThisRun, core.VaultMemory })
	c.follow()
}

// Locked returns why secrets that are missing may be in the vault; nil: they are
// not there.
func (c *Choices) Locked() error {
	c.mu.Lock()
	untold := c.untold
	c.mu.Unlock()
	if !untold {
		return nil
	}
	var locked error
	c.board.Note(func(s *core.Status) {
		if s.KeysLocked() || errors.Is(s.Vault, core.ErrForThisRun) {
			locked = s.Vault
		}
	})
	return locked
}

// noteVault puts into the status how the vault stands, and reports whether that
// trouble was there already.
func (c *Choices) noteVault(err error) (known bool) {
	kind := c.vault.Kind()
	c.board.Note(func(s *core.Status) {
		known = err != nil && s.Vault != nil && err.Error() == s.Vault.Error()
		s.Vault, s.VaultKind = err, kind
	})
	return known
}

// follow puts the choices in force and tells those who follow them.
func (c *Choices) follow() {
	c.mu.Lock()
	o, settings := c.override, c.settings
	account := &core.Account{
		Kind:    cmp.Or(o.Kind, settings.Kind, core.KindWebhookAPI),
		Base:    strings.TrimRight(cmp.Or(o.AppFolioURL, settings.AppFolioURL), "/"),
		Proxy:   settings.Proxy,
		Space:   o.Space.Over(settings.Space),
		Secrets: o.Secrets.Over(c.kept),
		Reports: cmp.Or(o.ReportsDir, settings.ReportsDir),
	}
	c.account.Store(account)
	c.mu.Unlock()
	c.board.Set(func(s *core.Status) { s.Kind = c.account.Load().Kind }) // another may have followed meanwhile
	for _, s := range c.followers {
		s.Nudge()
	}
}

// Tunnel is how Rentbell wants to be reached now; of no kind: not at all.
func (c *Choices) Tunnel() core.TunnelOptions {
	asked, settings := c.override.Tunnel, c.Settings()
	if settings.Closed && asked.Kind == "" {
		return core.TunnelOptions{}
	}
	options := asked.Over(settings.Tunnel())
	options.Authtoken = c.Account().Secrets.Authtoken
	return options
}

// Subscription says how AppFolio is asked, without an address.
func (c *Choices) Subscription() core.Subscription {
	account := c.Account()
	secrets := account.Secrets
	secrets.Retiring, secrets.Authtoken, secrets.DeskKey = core.Retiring{}, core.Secret{}, core.Secret{} // not AppFolio's business, and no reason to register again
	return core.Subscription{Base: account.Base, Proxy: account.Proxy, Secrets: secrets}
}
