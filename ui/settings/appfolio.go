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

// appFolioCard holds the two secrets that AppFolio and Rentbell share, or an
// account of Developer Space.
type appFolioCard struct {
	*card
	kind        *kindChoice
	key, secret *field
	clientID    *field
}

func newAppFolioCard(w *tasks) *appFolioCard {
	c := &appFolioCard{card: newCard(w)}
	c.kind = newKindChoice(w, func() { c.show(c.page) })
	c.row(c.kind.show)
	webhook := func(State) bool { return !c.kind.space }
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
	c.titled(words.Say("AppFolio"), c.kind.object, c.key.object, c.secret.object, c.only(func(State) bool { return c.kind.space }, c.newSpaceForm()))
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

// secretValue is a secret that says where it is kept, or what it is for.
func secretValue(p State, s core.Secret, purpose string) fieldValue {
	v := fieldValue{Text: words.SecretText(s), Caption: purpose}
	if v.Text != "" {
		v.Caption = keptWhere(p.Status)
	}
	return v.orLocked(p)
}

// keptWhere says where a saved secret is.
func keptWhere(s core.Status) string {
	switch {
	case s.VaultKind == core.VaultFile:
		return words.Say("Kept in a file that opens with your passphrase.")
	case s.Vault != nil || s.VaultKind == core.VaultMemory:
		return words.Say("Kept in memory only. After a restart, paste it again.")
	}
	return words.Say("Kept in this computer's password store, never in a file.")
}

// askForNew makes a webhook secret, and asks first when there is one already.
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

// saveKey keeps an API key that AppFolio does not refuse.
func (c *appFolioCard) saveKey(text string, done func(error)) {
	key := core.NewSecret(text)
	c.asker().Key(key, frame.After(done, func() {
		c.Saver.ChangeSecrets(func(s *core.Secrets) { s.APIKey = key }, done)
	}))
}

// kindChoice chooses the connection kind, at the top of the AppFolio card. That
// of a Developer Space counts from when its account is whole.
type kindChoice struct {
	*tasks
	object *fyne.Container

	chips *kit.Filters
	given *kit.Text // in place of the chips, where this run was told
	note  *kit.Prose

	space   bool // the chips say Developer Space
	page    State
	trouble error
	onTurn  func() // the card shows another form
}

func newKindChoice(w *tasks, onTurn func()) *kindChoice {
	c := &kindChoice{tasks: w, onTurn: onTurn, given: kit.NewText("", kit.Body).Tight(), note: kit.NewProse("", kit.Caption)}
	c.chips = kit.NewFilters(frame.KindLabels(), c.choose)
	row := container.NewStack(kit.HStack(0, c.chips), kit.Inset(8, 0, 0, 0, c.given))
	c.object = frame.Row(words.Say("Connected by"), kit.VStack(3, row, c.note))
	return c
}

func (c *kindChoice) show(p State) {
	if c.page.Account.Kind != p.Account.Kind {
		c.space = p.Account.Kind == core.KindDeveloperSpace
	}
	c.page = p
	c.paint()
}

func (c *kindChoice) paint() {
	given := c.page.Override.Kind != ""
	chip := frame.WebhookChip
	if c.space {
		chip = frame.SpaceChip
	}
	c.chips.Pick(chip)
	c.given.Set(frame.KindLabels()[chip])
	frame.SetVisible(c.chips, !given)
	frame.SetVisible(c.given, given)
	counts := c.space == (c.page.Account.Kind == core.KindDeveloperSpace)
	switch {
	case given:
		c.note.SetStyled(givenForThisRun(), kit.Caption)
	case c.trouble != nil:
		frame.Tell(c.note, c.trouble)
	case c.space && !counts:
		c.note.SetStyled(words.Say("It counts as soon as AppFolio has accepted the first three."), kit.Caption)
	default:
		c.note.SetStyled("", kit.Caption)
	}
	frame.SetVisible(c.note, c.note.Text() != "")
	kit.Relayout(c.object)
}

// choose turns to the other kind, and asks first where that ends what works.
func (c *kindChoice) choose(chip int) {
	space := chip == frame.SpaceChip
	if space == c.space {
		return
	}
	if a := c.page.Account; space || a.Kind != core.KindDeveloperSpace || !a.Complete() {
		c.turn(space)
		return
	}
	c.paint()
	c.ask(frame.Question{
		Title:  words.Say("Connect through the webhook API?"),
		Text:   words.Say("Rentbell stops reading from Developer Space, a first reading included. What has arrived stays. When you come back, reading goes on where it stopped."),
		Verb:   words.Say("Use the webhook API"),
		Answer: func() { c.turn(false) },
	})
}

func (c *kindChoice) turn(space bool) {
	c.space, c.trouble = space, nil
	kind := core.KindWebhookAPI
	if space {
		kind = core.KindDeveloperSpace
	}
	if kind != c.page.Account.Kind && (!space || frame.Whole(c.page.Account)) {
		c.Saver.Change(func(s *core.Settings) { s.Kind = kind }, func(err error) {
			if err != nil {
				c.space, c.trouble = !space, err
				c.onTurn()
			}
		})
	}
	c.onTurn()
}
