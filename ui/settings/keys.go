package settings

import (
	"errors"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// keysActions is what the keys card can ask for.
type keysActions struct {
	unlock     func() // asks for the passphrase
	protect    func() // asks for a new passphrase and keeps the keys in a file under it
	toKeychain func(done func(error))
}

// keysCard says where keys are kept, and moves them: into the password store,
// or into a file under a passphrase where there is none.
type keysCard struct {
	card
	do                       keysActions
	text                     *kit.Prose
	unlock, protect, toStore *kit.Button
}

func newKeysCard(do keysActions, update func()) *keysCard {
	c := &keysCard{card: newCard(update), do: do, text: kit.NewProse("", kit.Body)}
	c.unlock = kit.NewButton(words.Say("Unlock"), assets.Key, do.unlock).Primary()
	c.protect = kit.NewButton(words.Say("Keep in a file"), assets.Key, do.protect)
	c.toStore = kit.NewButton(words.Say("Move to the password store"), assets.Verified, c.move)
	c.object = newTitledCard(words.Say("Keys"), c.text, kit.HStack(8, c.unlock, c.protect, c.toStore), c.trouble)
	return c
}

func (c *keysCard) move() {
	c.toStore.Disable()
	c.do.toKeychain(func(err error) {
		c.toStore.Enable()
		c.tell(err)
	})
}

func (c *keysCard) show(p State) {
	s := p.Status
	locked := errors.Is(s.Vault, core.ErrLocked)
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
	case s.VaultKind == core.VaultFile:
		return words.Say("Your keys are in a file in the folder above, encrypted with your passphrase. Rentbell asks for it after every start.")
	case s.VaultKind == core.VaultMemory || s.Vault != nil:
		return words.Say("Your keys are kept in memory only, because this computer has no password store that answers. After a restart, paste them again, or keep them in a file that opens with a passphrase.")
	}
	return words.Say("Your keys are kept in this computer's password store, never in a plain file.")
}
