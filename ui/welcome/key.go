package welcome

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// keyForm is the first step's part for the webhook API: the API key, and the
// webhook secret that Rentbell has made.
type keyForm struct {
	of *View

	key  *kit.Entry
	next *kit.Button
	note *kit.Prose
}

// newStep returns this part of the step.
func (k *keyForm) newStep(v *View, secret core.Secret) *fyne.Container {
	k.of, k.note = v, frame.NewTrouble()
	var entry fyne.CanvasObject
	k.key, entry = kit.NewSecretEntry(words.Say("Paste the key"), func(string) { v.paint() })
	k.key.OnSubmitted = func(string) { k.save() }
	k.next = kit.NewButton(words.Say("Continue"), nil, k.save).Primary()
	var copySecret *kit.Button
	copySecret = kit.NewButton(words.Say("Copy"), assets.Copy, func() {
		v.do.copySecret()
		copySecret.SetText(words.Say("Copied"))
		v.scroll.Update()
	})
	made := container.NewStack(
		kit.NewBox(kit.ColorSurface, kit.ColorInput, 6),
		kit.Sized(0, kit.ControlHigh, container.NewStack()),
		kit.Inset(8, 10, 8, 11, kit.Lead(8,
			kit.NewIcon(assets.Verified, kit.ColorText2, 18), kit.NewProse(words.Say("Made for you: %s", outline(secret)), kit.Body))),
	)
	return kit.VStack(5,
		kit.NewText(words.Say("API key"), kit.Strong).Tight(), entry,
		kit.Inset(7, 0, 0, 0, kit.NewText(words.Say("Webhook secret"), kit.Strong).Tight()),
		kit.Spread(8, made, copySecret),
		kit.NewProse(words.Say("AppFolio uses it to sign what it sends, so nobody else can ring your bell."), kit.Caption),
		k.note,
		kit.Inset(9, 0, 0, 0, kit.Flow(14, k.next, kit.NewLink(words.Say("I will add the key later"), k.skip))),
	)
}

// outline returns both ends of a secret, so that users can recognise the one
// that was made for them.
func outline(s core.Secret) string {
	text := s.Reveal()
	if len(text) < 12 {
		return words.SecretText(s)
	}
	return text[:7] + "…" + s.Hint()
}

func (k *keyForm) save() {
	if !k.next.Disabled() {
		k.keep(k.key.Text)
	}
}

// skip opens the next step without a key. It does not change a key that is
// stored already.
func (k *keyForm) skip() {
	v := k.of
	if v.done[0] {
		v.moveTo(1)
		return
	}
	k.keep("")
}

func (k *keyForm) keep(key string) {
	v := k.of
	v.busy(true, k.key)
	k.note.SetStyled(words.Say("Asking AppFolio about the key"), kit.Caption)
	frame.SetVisible(k.note, key != "")
	v.do.saveKey(key, func(err error) {
		v.busy(false, k.key)
		if v.succeeded(k.note, err) {
			k.key.SetText("")
			v.done[0] = key != ""
			v.moveTo(1)
		}
	})
}

func (k *keyForm) paint() {
	frame.SetEnabled(k.next, strings.TrimSpace(k.key.Text) != "" && !k.key.Disabled())
}
