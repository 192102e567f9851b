package ui

import (
	"context"
	"errors"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Dialogs for the passphrase of the encrypted file of keys: to open it, and to
// choose one.

// shortestPassphrase is in characters. Ten are enough, because scrypt makes
// each guess take about a second.
const shortestPassphrase = 10

// errShort and errDiffer reject a new passphrase.
var (
	errShort  = errors.New("passphrase is too short")
	errDiffer = errors.New("passphrases differ")
)

// needsPassphrase reports whether the keys are in a file that has not been
// opened.
func needsPassphrase(s core.Status) bool { return errors.Is(s.Vault, core.ErrLocked) }

// unlock asks for the passphrase, or has the password store ask for its own
// password. The status shows the result.
func (u *UI) unlock() {
	if needsPassphrase(u.status) {
		u.askPassphrase()
		return
	}
	frame.Run(u.post, func(ctx context.Context) error { return u.bell.Unlock(ctx, core.Secret{}) },
		func(error) { u.showStatus(u.bell.Status()) })
}

// askInMemory offers to keep keys in memory instead of the locked password
// store, and then opens the page where they are pasted.
func (u *UI) askInMemory() {
	frame.Ask(u.window.Canvas(), frame.Question{
		Title: words.Say("Keep keys in memory?"),
		Text:  words.Say("Paste your keys for now. They are not saved, and are gone when Rentbell is closed. What your password store holds stays there."),
		Verb:  words.Say("Keep keys in memory"),
		Answer: func() {
			u.bell.KeepInMemory()
			u.showStatus(u.bell.Status())
			u.startWelcome()
			if u.welcome == nil {
				u.showSettings()
			}
		},
	})
}

// askOnce asks for the passphrase the first time the window is shown. Reports need no
// keys.
func (u *UI) askOnce() {
	if needsPassphrase(u.status) && !u.asked && u.status.Kind.Delivered() {
		u.asked = true
		u.askPassphrase()
	}
}

// remindLocked notifies a user whose window has stayed hidden, as after a start
// at sign-in, that the keys are locked. It does so once.
func (u *UI) remindLocked() {
	if !u.hidden || !u.status.KeysLocked() || u.asked || !u.status.Kind.Delivered() {
		return
	}
	u.asked = true
	do := words.Say("Open Rentbell and unlock your password store. Until then AppFolio cannot deliver.")
	if needsPassphrase(u.status) {
		do = words.Say("Open Rentbell and enter your passphrase. Until then AppFolio cannot deliver.")
	}
	notice := core.Notice{
		Title: words.Say("Your keys are locked"), Body: do, Press: words.Say("Open Rentbell"),
		Pressed: func() { u.post(func(context.Context) func() { return u.Show }) },
	}
	u.post(func(ctx context.Context) func() {
		u.notify(ctx, notice)
		return func() {}
	})
}

// askPassphrase opens the dialog that unlocks the keys.
func (u *UI) askPassphrase() {
	u.openPassphrase(passphraseParts{
		title:   words.Say("Unlock your keys"),
		purpose: words.Say("They are in a file that opens with your passphrase."),
		verb:    words.Say("Unlock"),
		note:    words.Say("Without it, AppFolio cannot deliver. What was delivered before is safe. If it is lost, take the file secrets.age out of Rentbell's folder and paste the keys again."),
		do:      u.bell.Unlock,
	})
}

// choosePassphrase opens the dialog that moves the keys to an encrypted file.
func (u *UI) choosePassphrase() {
	u.openPassphrase(passphraseParts{
		title:   words.Say("Keep your keys in a file"),
		purpose: words.Say("It is encrypted, and opens only with a passphrase of yours."),
		verb:    words.Say("Keep in a file"),
		note:    words.Say("Nobody can restore a passphrase that is forgotten: then paste the keys again."),
		twice:   true,
		do: func(ctx context.Context, p core.Secret) error {
			return u.bell.MoveSecrets(ctx, core.VaultFile, p)
		},
	})
}

// passphraseParts is what differs between the two dialogs.
type passphraseParts struct {
	title, purpose, verb, note string
	twice                      bool // a new passphrase, so it is typed twice
	do                         func(context.Context, core.Secret) error
}

// passphraseDialog asks for a passphrase.
type passphraseDialog struct {
	ui    *UI
	parts passphraseParts
	box   *frame.Dialog

	first, second *kit.Entry
	trouble       *kit.Prose
	ok            *kit.Button
	leave         *kit.Button
}

func (u *UI) openPassphrase(p passphraseParts) {
	d := &passphraseDialog{ui: u, parts: p, trouble: frame.NewTrouble()}
	var first, second fyne.CanvasObject
	d.first, first = kit.NewSecretEntry(words.Say("Passphrase"), func(string) { d.paint() })
	d.second, second = kit.NewSecretEntry(words.Say("The same once more"), func(string) { d.paint() })
	d.first.OnSubmitted = func(string) { d.submit() }
	d.second.OnSubmitted = func(string) { d.submit() }
	frame.SetVisible(second, p.twice)
	d.leave = kit.NewButton(words.Say("Cancel"), nil, func() { d.box.Close() })
	d.ok = kit.NewButton(p.verb, nil, d.submit).Primary()
	d.box = frame.OpenDialog(u.window.Canvas(), frame.DialogParts{
		Title: p.title, Purpose: p.purpose, Width: 520,
		Body:   kit.VStack(10, first, second, kit.NewProse(p.note, kit.Caption), d.trouble),
		Footer: kit.Spread(8, kit.HStack(0), d.leave, d.ok),
	})
	d.paint()
	u.window.Canvas().Focus(d.first)
}

func (d *passphraseDialog) paint() { frame.SetEnabled(d.ok, d.first.Text != "" && !d.first.Disabled()) }

func (d *passphraseDialog) submit() {
	if d.ok.Disabled() {
		return
	}
	if err := d.usable(); err != nil {
		d.told(err)
		return
	}
	d.busy(true)
	passphrase := core.KeptSecret(d.first.Text)
	frame.Run(d.ui.post, func(ctx context.Context) error { return d.parts.do(ctx, passphrase) }, func(err error) {
		d.busy(false)
		d.ui.showStatus(d.ui.bell.Status())
		if err != nil {
			d.told(err)
			return
		}
		d.first.SetText("")
		d.second.SetText("")
		d.box.Close()
	})
}

// usable returns why a new passphrase cannot be used, or nil.
func (d *passphraseDialog) usable() error {
	switch {
	case !d.parts.twice:
		return nil
	case utf8.RuneCountInString(core.KeptSecret(d.first.Text).Reveal()) < shortestPassphrase:
		return errShort
	case d.first.Text != d.second.Text:
		return errDiffer
	}
	return nil
}

func (d *passphraseDialog) busy(busy bool) {
	for _, e := range []*kit.Entry{d.first, d.second} {
		frame.SetEnabled(e, !busy)
	}
	d.paint()
}

func (d *passphraseDialog) told(err error) {
	switch {
	case errors.Is(err, errShort):
		frame.TellText(d.trouble, words.Say("Take at least %s characters. A few words that only you would put together are good.", explain.Number(shortestPassphrase)))
	case errors.Is(err, errDiffer):
		frame.TellText(d.trouble, words.Say("The two are not the same. Type them again."))
	default:
		frame.Tell(d.trouble, err)
	}
	d.box.Update()
}
