package settings

import (
	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// appFolioCard has the fields of all connection kinds: the key and the secret of the
// webhook API, the account of Developer Space, and the folder of reports.
type appFolioCard struct {
	*card
	key, secret *field
	clientID    *field

	chips   *kit.Filters // the connection kinds
	want    core.Kind    // chosen in chips; it is saved only once its form is filled in
	kind    core.Kind    // in force when the card was shown last
	refused error        // why the kind could not be saved
}

func newAppFolioCard(w *tasks) *appFolioCard {
	c := &appFolioCard{card: newCard(w)}
	kind := c.newKindChoice()
	wants := func(k core.Kind) func(State) bool { return func(State) bool { return c.want == k } }
	webhook := wants(core.KindWebhookAPI)
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
	c.titled(words.Say("AppFolio"), kind, c.key.object, c.secret.object,
		c.only(wants(core.KindDeveloperSpace), c.newSpaceForm()), c.only(wants(core.KindReports), c.newReportsForm()))
	c.only(not(atDesk), c.object)
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
