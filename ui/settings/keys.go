package settings

import (
	"context"
	"errors"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newKeysCard makes the card that says where the keys are, and moves them: to the
// password store, or to a file with a passphrase.
func newKeysCard(w *tasks) *card {
	c := newCard(w)
	var move *kit.Button
	move = kit.NewButton(words.Say("Move to the password store"), assets.Verified, func() {
		move.Disable()
		c.Saver.Do(func(ctx context.Context) error {
			return c.Bell.MoveSecrets(ctx, core.VaultKeychain, core.Secret{})
		}, func(err error) {
			move.Enable()
			c.tell(err)
		})
	})
	unlock := kit.NewButton(words.Say("Unlock"), assets.Key, w.Do.Unlock).Primary()
	protect := kit.NewButton(words.Say("Keep in a file"), assets.Key, w.Do.Protect)
	c.titled(words.Say("Keys"), c.text(kit.Body, keysWords), kit.HStack(8,
		c.only(keysAway, unlock),
		c.only(func(p State) bool { return !keysAway(p) && p.Status.VaultKind != core.VaultFile && !p.Status.Sample }, protect),
		c.only(func(p State) bool { return !keysAway(p) && p.Status.VaultKind == core.VaultFile }, move),
	), c.trouble)
	c.only(not(atDesk), c.object)
	return c
}

// newLockedCard makes the card that unlocks the keys. It stands above the fields
// while the keys cannot be read, or are kept for this run only.
func newLockedCard(w *tasks) *card {
	c := newCard(w)
	chip := kit.NewChip(kit.Neutral, nil, "")
	c.row(func(p State) {
		chip.Set(kit.Warn, assets.Alert, words.Say("In memory"))
		if p.Status.KeysLocked() {
			chip.Set(kit.Bad, assets.Key, words.Say("Locked"))
		}
	})
	unlock := kit.NewButton(words.Say("Unlock"), assets.Key, w.Do.Unlock).Primary()
	inMemory := kit.NewButton(words.Say("Keep keys in memory"), nil, w.Do.InMemory)
	c.headed(words.Say("Keys"), chip, c.text(kit.Body, keysWords), kit.Flow(8, unlock,
		c.only(func(p State) bool { return p.Status.KeysLocked() && !errors.Is(p.Status.Vault, core.ErrLocked) }, inMemory)))
	c.only(func(p State) bool { return keysAway(p) && delivered(p) }, c.object)
	return c
}

// keysAway reports whether the saved keys cannot be read, or are not used in this
// run.
func keysAway(p State) bool {
	return p.Status.KeysLocked() || errors.Is(p.Status.Vault, core.ErrForThisRun)
}

// keysWords says where the keys are.
func keysWords(p State) string {
	s := p.Status
	switch {
	case s.Sample:
		return words.Say("The sample data needs no keys of yours.")
	case errors.Is(s.Vault, core.ErrLocked):
		return words.Say("Your keys are in a file that opens with your passphrase. Until then AppFolio cannot deliver.")
	case keysAway(p):
		return words.Trouble(words.Tongue.Error(s.Vault))
	case s.VaultKind == core.VaultFile:
		return words.Say("Your keys are in a file in the folder above, encrypted with your passphrase. Rentbell asks for it after every start.")
	case s.VaultKind == core.VaultMemory || s.Vault != nil:
		return words.Say("Your keys are kept in memory only, because this computer has no password store that answers. After a restart, paste them again, or keep them in a file that opens with a passphrase.")
	}
	return words.Say("Your keys are kept in this computer's password store, never in a plain file.")
}
