package settings

import (
	"context"
	"errors"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// keysCard says where keys are kept, and moves them: into the password store,
// or into a file under a passphrase where there is none.
type keysCard struct {
	card
	text                     *kit.Prose
	unlock, protect, toStore *kit.Button
}

func newKeysCard(w *tasks) *keysCard {
	c := &keysCard{card: newCard(w), text: kit.NewProse("", kit.Body)}
	c.unlock = kit.NewButton(words.Say("Unlock"), assets.Key, w.Do.Unlock).Primary()
	c.protect = kit.NewButton(words.Say("Keep in a file"), assets.Key, w.Do.Protect)
	c.toStore = kit.NewButton(words.Say("Move to the password store"), assets.Verified, c.move)
	c.object = newTitledCard(words.Say("Keys"), c.text, kit.HStack(8, c.unlock, c.protect, c.toStore), c.trouble)
	return c
}

// move moves the keys into the password store.
func (c *keysCard) move() {
	c.toStore.Disable()
	c.Saver.Do(func(ctx context.Context) error {
		return c.Bell.MoveSecrets(ctx, core.VaultKeychain, core.Secret{})
	}, func(err error) {
		c.toStore.Enable()
		c.tell(err)
	})
}

func (c *keysCard) show(p State) {
	s := p.Status
	locked := s.KeysLocked() || errors.Is(s.Vault, core.ErrForThisRun)
	c.text.Set(keysWords(s))
	frame.SetVisible(c.unlock, locked)
	frame.SetVisible(c.protect, !locked && s.VaultKind != core.VaultFile && !s.Sample)
	frame.SetVisible(c.toStore, !locked && s.VaultKind == core.VaultFile)
	c.relayout()
}

// keysWords say where the keys are.
func keysWords(s core.Status) string {
	switch {
	case s.Sample:
		return words.Say("The sample data needs no keys of yours.")
	case errors.Is(s.Vault, core.ErrLocked):
		return words.Say("Your keys are in a file that opens with your passphrase. Until then AppFolio cannot deliver.")
	case s.KeysLocked(), errors.Is(s.Vault, core.ErrForThisRun):
		return words.Trouble(words.Tongue.Error(s.Vault))
	case s.VaultKind == core.VaultFile:
		return words.Say("Your keys are in a file in the folder above, encrypted with your passphrase. Rentbell asks for it after every start.")
	case s.VaultKind == core.VaultMemory || s.Vault != nil:
		return words.Say("Your keys are kept in memory only, because this computer has no password store that answers. After a restart, paste them again, or keep them in a file that opens with a passphrase.")
	}
	return words.Say("Your keys are kept in this computer's password store, never in a plain file.")
}

// lockedCard stands above the keys that cannot be read, or are kept for this run
// alone, and has what mends that.
type lockedCard struct {
	card
	chip     *kit.Chip
	text     *kit.Prose
	inMemory *kit.Button
}

func newLockedCard(w *tasks) *lockedCard {
	c := &lockedCard{card: newCard(w), chip: kit.NewChip(kit.Neutral, nil, ""), text: kit.NewProse("", kit.Body)}
	c.inMemory = kit.NewButton(words.Say("Keep keys in memory"), nil, w.Do.InMemory)
	open := kit.NewButton(words.Say("Unlock"), assets.Key, w.Do.Unlock).Primary()
	c.object = newPaddedCard(kit.VStack(9, newCardTitle(words.Say("Keys"), c.chip), c.text, kit.HStack(8, open, c.inMemory)))
	return c
}

func (c *lockedCard) show(p State) {
	s := p.Status
	c.chip.Set(kit.Bad, assets.Key, words.Say("Locked"))
	if !s.KeysLocked() {
		c.chip.Set(kit.Warn, assets.Alert, words.Say("In memory"))
	}
	c.text.Set(keysWords(s))
	frame.SetVisible(c.inMemory, s.KeysLocked() && !errors.Is(s.Vault, core.ErrLocked))
	frame.SetVisible(c.object, s.KeysLocked() || errors.Is(s.Vault, core.ErrForThisRun))
	c.relayout()
}
