package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// appFolioCard has the fields of both connection kinds: the key and the secret of
// the webhook API, and the account of Developer Space.
type appFolioCard struct {
	*card
	key, secret *field
	clientID    *field

	chips   *kit.Filters // the connection kinds
	space   bool         // chosen in chips; it is saved only once the account is whole
	kind    core.Kind    // in force when the card was shown last
	refused error        // why the kind could not be saved
}

func newAppFolioCard(w *tasks) *appFolioCard {
	c := &appFolioCard{card: newCard(w)}
	kind := c.newKindChoice()
	webhook := func(State) bool { return !c.space }
	c.key = c.field(fieldParts{
		label: words.Say("API key"), hint: words.Say("Paste the key"), icon: assets.Key, secret: true, when: webhook,
		of: func(p State) fieldValue {
			v := secretValue(p, p.Secrets.APIKey, words.Say("From your AppFolio administrator. It registers your address."))
			return v.given(!p.Override.Secrets.APIKey.IsZero())
		},
		save: c.saveKey,
	})
	c.secret = c.field(fieldParts{
		label: words.Say("Webhook secret"), icon: assets.Verified, secret: true, when: webhook, of: c.webhookSecret,
		copies: func(p State) string { return p.Secrets.WebhookSecret.Reveal() },
		renew:  kit.NewButton(words.Say("Make new"), assets.Refresh, c.askForNew),
	})
	c.titled(words.Say("AppFolio"), kind, c.key.object, c.secret.object, c.only(func(State) bool { return c.space }, c.newSpaceForm()))
	return c
}

func (c *appFolioCard) webhookSecret(p State) fieldValue {
	v := fieldValue{
		Text:    words.SecretText(p.Secrets.WebhookSecret),
		Caption: words.Say("AppFolio signs every delivery with it. After a new one, register again."),
	}.orLocked(p)
	switch {
	case v.Fixed: // locked
	case v.Text == "":
		v.Text = words.Say("Not made yet")
	case !p.Secrets.Retiring.Secret.IsZero():
		v.Caption = words.Say("New. The old one counts until AppFolio has changed over.")
	case p.Status.Registration.Progress != core.NotWanted:
		v.Caption = words.Say("AppFolio signs every delivery with it. Rentbell registers a new one.")
	}
	return v.given(!p.Override.Secrets.WebhookSecret.IsZero())
}

// secretValue shows a secret with where it is kept, or what it is for if there is
// none.
func secretValue(p State, s core.Secret, purpose string) fieldValue {
	v := fieldValue{Text: words.SecretText(s), Caption: purpose}
	if v.Text != "" {
		v.Caption = keptWhere(p.Status)
	}
	return v.orLocked(p)
}

// keptWhere says where saved secrets are.
func keptWhere(s core.Status) string {
	switch {
	case s.VaultKind == core.VaultFile:
		return words.Say("Kept in a file that opens with your passphrase.")
	case s.Vault != nil || s.VaultKind == core.VaultMemory:
		return words.Say("Kept in memory only. After a restart, paste it again.")
	}
	return words.Say("Kept in this computer's password store, never in a file.")
}

// askForNew makes a webhook secret. It asks first if there is one already.
func (c *appFolioCard) askForNew() {
	if c.page.Secrets.WebhookSecret.IsZero() {
		c.makeNew()
		return
	}
	c.ask(frame.Question{
		Title: words.Say("Make a new webhook secret?"),
		Text:  words.Say("Rentbell registers it with AppFolio. Until AppFolio signs with it, and for 24 hours at most, deliveries signed with the old one count as well."),
		Verb:  words.Say("Make new"), Answer: c.makeNew,
	})
}

func (c *appFolioCard) makeNew() {
	c.secret.change.Disable()
	c.Saver.ChangeSecrets(func(s *core.Secrets) { s.WebhookSecret = core.NewWebhookSecret() }, func(err error) {
		c.secret.change.Enable()
		c.secret.saved(err)
	})
}

// saveKey saves an API key unless AppFolio refuses it.
func (c *appFolioCard) saveKey(text string, done func(error)) {
	key := core.NewSecret(text)
	c.asker().Key(key, frame.After(done, func() {
		c.Saver.ChangeSecrets(func(s *core.Secrets) { s.APIKey = key }, done)
	}))
}

// newKindChoice makes the row that chooses the connection kind.
func (c *appFolioCard) newKindChoice() fyne.CanvasObject {
	c.chips = kit.NewFilters(frame.KindLabels(), c.chooseKind)
	given, note := kit.NewText("", kit.Body).Tight(), kit.NewProse("", kit.Caption)
	c.row(func(p State) {
		if c.kind != p.Account.Kind {
			c.space = p.Account.Kind == core.KindDeveloperSpace
		}
		c.kind = p.Account.Kind
		chip := frame.WebhookChip
		if c.space {
			chip = frame.SpaceChip
		}
		c.chips.Pick(chip)
		given.Set(frame.KindLabels()[chip])
		frame.SetVisible(c.chips, p.Override.Kind == "")
		frame.SetVisible(given, p.Override.Kind != "")
		switch {
		case p.Override.Kind != "":
			note.SetStyled(givenForThisRun(), kit.Caption)
		case c.refused != nil:
			frame.Tell(note, c.refused)
		case c.space && c.kind != core.KindDeveloperSpace:
			note.SetStyled(words.Say("It counts as soon as AppFolio has accepted the first three."), kit.Caption)
		default:
			note.SetStyled("", kit.Caption)
		}
		frame.SetVisible(note, note.Text() != "")
	})
	row := container.NewStack(kit.HStack(0, c.chips), kit.Inset(8, 0, 0, 0, given)) // only one of the two is visible
	return frame.Row(words.Say("Connected by"), kit.VStack(3, row, note))
}

// chooseKind changes the kind. It asks first if that stops a connection that
// works.
func (c *appFolioCard) chooseKind(chip int) {
	space := chip == frame.SpaceChip
	if space == c.space {
		return
	}
	if a := c.page.Account; space || a.Kind != core.KindDeveloperSpace || !a.Complete() {
		c.turn(space)
		return
	}
	c.show(c.page)
	c.ask(frame.Question{
		Title:  words.Say("Connect through the webhook API?"),
		Text:   words.Say("Rentbell stops reading from Developer Space, a first reading included. What has arrived stays. When you come back, reading goes on where it stopped."),
		Verb:   words.Say("Use the webhook API"),
		Answer: func() { c.turn(false) },
	})
}

func (c *appFolioCard) turn(space bool) {
	c.space, c.refused = space, nil
	kind := core.KindWebhookAPI
	if space {
		kind = core.KindDeveloperSpace
	}
	if kind != c.kind && (!space || frame.Whole(c.page.Account)) {
		c.Saver.Change(func(s *core.Settings) { s.Kind = kind }, func(err error) {
			if err != nil {
				c.space, c.refused = !space, err
				c.show(c.page)
			}
		})
	}
	c.show(c.page)
}
