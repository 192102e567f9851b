package bell

import (
	"context"
	"io"
	"net/http"
	"time"

	"rentbell/core"
	"rentbell/core/names"
)

// What the face, and whoever answers for it, may ask of a Bell. Each of these is
// a part's own.

// ServeHTTP answers deliveries. See Receiver.
func (b *Bell) ServeHTTP(w http.ResponseWriter, r *http.Request) { b.receiver.ServeHTTP(w, r) }

// Status returns the present status. See Board.
func (b *Bell) Status() core.Status { return b.board.Status() }

// Watch calls fn with every change from now on. See Board.
func (b *Bell) Watch(fn func(core.Change)) (stop func()) { return b.board.Watch(fn) }

// Settings returns the saved settings. See Choices.
func (b *Bell) Settings() core.Settings { return b.choices.Settings() }

// Override returns what flags and environment say for this run.
func (b *Bell) Override() core.Override { return b.choices.Override() }

// Account is the one in force, secrets included: for the settings page.
func (b *Bell) Account() core.Account { return b.choices.Account() }

// Secrets returns the secrets in force: for the settings page, which shows their
// last characters and copies them on request.
func (b *Bell) Secrets() core.Secrets { return b.choices.Account().Secrets }

// Change edits the saved settings. See Choices. It writes to disk: not for the
// UI goroutine.
func (b *Bell) Change(ctx context.Context, edit func(*core.Settings)) error {
	return b.choices.Change(ctx, edit)
}

// ChangeSecrets edits the kept secrets; a webhook secret that is replaced counts
// until AppFolio signs with the new one. See Choices. It may wait for the
// keychain: not for the UI goroutine.
func (b *Bell) ChangeSecrets(ctx context.Context, edit func(*core.Secrets)) error {
	return b.register.ChangeSecrets(ctx, edit)
}

// Unlock opens the file of secrets, or has a locked keychain ask again. See
// Choices. It takes a second or two on purpose: not for the UI goroutine.
func (b *Bell) Unlock(ctx context.Context, passphrase core.Secret) error {
	if err := b.choices.Unlock(ctx, passphrase); err != nil {
		return err
	}
	b.door.Reconnect()
	return nil
}

// KeepInMemory stops waiting for a locked keychain, for this run. See Choices.
func (b *Bell) KeepInMemory() { b.choices.KeepInMemory() }

// MoveSecrets keeps the secrets in another place from now on. See Vault.Move.
func (b *Bell) MoveSecrets(ctx context.Context, to core.VaultKind, passphrase core.Secret) error {
	return b.choices.MoveSecrets(ctx, to, passphrase)
}

// CheckKey asks AppFolio whether it accepts an API key. It waits for the network.
func (b *Bell) CheckKey(ctx context.Context, key core.Secret) (known bool, err error) {
	return b.register.CheckKey(ctx, key)
}

// Register registers the public address now and keeps it registered. It writes
// to disk: not for the UI goroutine.
func (b *Bell) Register(ctx context.Context) error { return b.register.Register(ctx) }

// Unregister takes the registration back. It waits for AppFolio: not for the UI
// goroutine.
func (b *Bell) Unregister(ctx context.Context) error { return b.register.Unregister(ctx) }

// Reconnect tries at once to open the public door anew, see Door, or on a desk to reach the
// office.
func (b *Bell) Reconnect() {
	b.door.Reconnect()
	b.askNow.Nudge()
}

// SendTest sends a test event the whole way round. See Tester. It waits for the
// network: not for the UI goroutine.
func (b *Bell) SendTest(ctx context.Context) (time.Duration, error) { return b.tester.SendTest(ctx) }

// Presence returns when Rentbell could be reached. See Door.
func (b *Bell) Presence() core.Presence { return b.door.Presence() }

// SeeAway closes the notice about the last gap, for good. It writes to disk.
func (b *Bell) SeeAway() error { return b.door.SeeAway() }

// See notes that everything announced so far stands before the user's eyes.
func (b *Bell) See() { b.announce.See() }

// Names returns the names in force. See NameBook.
func (b *Bell) Names() *names.Table { return b.names.Names() }

// GiveNames keeps names that the user gives. See NameBook.Give. It writes to disk.
func (b *Bell) GiveNames(given map[core.NameKey]string) error {
	return b.share(func() error {
		if _, err := b.names.Give(given); err != nil {
			return err
		}
		return b.settleGiven(given)
	})
}

// WriteNames writes the names that the user gave. See names.Write.
func (b *Bell) WriteNames(w io.Writer, kind core.NameKind) error {
	return names.Write(w, b.names.Names(), kind)
}

// ReadNow has what changed read back at once: a user asked, or the line is back.
func (b *Bell) ReadNow() { b.readBack.Nudge() }

// MarkHandled takes concerns off the Needs attention list; ErrNotFound when none of them
// is on it. It writes to disk.
func (b *Bell) MarkHandled(concerns ...uint64) error {
	return b.share(func() error {
		err := b.cfg.Store.MarkHandled(concerns...)
		if err == nil {
			b.board.Nudge()
		}
		return err
	})
}
