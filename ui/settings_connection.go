package ui

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
)

func givenForThisRun() string { return say("Given for this run. It is not saved.") }

// appFolioCard holds the two secrets that AppFolio and Rentbell share.
type appFolioCard struct {
	object *fyne.Container
	do     settingsActions

	kind       *kindChoice
	space      *spaceForm
	key        *field
	changeKey  *kit.Button
	secret     *field
	copySecret *kit.Button
	makeSecret *kit.Button
	page       settingsPage
}

func newAppFolioCard(do settingsActions, onLayout func()) *appFolioCard {
	c := &appFolioCard{do: do}
	c.changeKey = kit.NewButton(say("Change"), nil, func() { c.key.edit() })
	c.copySecret = kit.NewButton(say("Copy"), assets.Copy, func() {
		c.do.copy(c.page.secrets.WebhookSecret.Reveal())
		c.secret.rename(c.copySecret, say("Copied"))
	})
	c.makeSecret = kit.NewButton(say("Make new"), assets.Refresh, c.askForNew)
	c.key = newField(fieldParts{
		Label: say("API key"), Hint: say("Paste the key"), Icon: assets.Key, Secret: true,
		Tools: []fyne.CanvasObject{c.changeKey},
	})
	c.secret = newField(fieldParts{
		Label: say("Webhook secret"), Icon: assets.Verified, Secret: true,
		Tools: []fyne.CanvasObject{c.copySecret, c.makeSecret},
	})
	c.key.onLayout, c.secret.onLayout = onLayout, onLayout
	c.key.save = func(text string, done func(error)) {
		do.saveKey(core.NewSecret(text), done)
	}
	c.kind = newKindChoice(do, func() { c.show(c.page); onLayout() })
	c.space = newSpaceForm(do, onLayout)
	c.object = newTitledCard(say("AppFolio"), c.kind.object, c.key.object, c.secret.object, c.space.object)
	return c
}

func (c *appFolioCard) show(p settingsPage) {
	c.page = p
	c.kind.show(p)
	c.space.show(p)
	setVisible(c.space.object, c.kind.space)
	setVisible(c.key.object, !c.kind.space)
	setVisible(c.secret.object, !c.kind.space)
	key := fieldValue{Text: secretText(p.secrets.APIKey), Caption: keptWhere(p.status)}
	given := !p.override.Secrets.APIKey.IsZero()
	switch {
	case given:
		key.Caption = givenForThisRun()
	case key.Text == "":
		key.Caption = say("From your AppFolio administrator. It registers your address.")
	}
	setVisible(c.changeKey, !given)
	c.key.show(key)

	secret := fieldValue{Text: secretText(p.secrets.WebhookSecret), Caption: say("AppFolio signs every delivery with it. After a new one, register again.")}
	given = !p.override.Secrets.WebhookSecret.IsZero()
	c.copySecret.SetText(say("Copy"))
	setVisible(c.copySecret, secret.Text != "")
	setVisible(c.makeSecret, !given)
	switch {
	case given:
		secret.Caption = givenForThisRun()
	case secret.Text == "":
		secret.Text = say("Not made yet")
	case !p.secrets.Retiring.Secret.IsZero():
		secret.Caption = say("New. The old one counts until AppFolio has changed over.")
	case p.status.Registration.Progress != core.NotWanted:
		secret.Caption = say("AppFolio signs every delivery with it. Rentbell registers a new one.")
	}
	c.secret.show(secret)
}

// keptWhere says where a saved secret is.
func keptWhere(s core.Status) string {
	switch {
	case s.VaultKind == core.VaultFile:
		return say("Kept in a file that opens with your passphrase.")
	case s.Vault != nil || s.VaultKind == core.VaultMemory:
		return say("Kept in memory only. After a restart, paste it again.")
	}
	return say("Kept in this computer's password store, never in a file.")
}

// askForNew makes a webhook secret, and asks first when there is one already.
func (c *appFolioCard) askForNew() {
	if c.page.secrets.WebhookSecret.IsZero() {
		c.makeNew()
		return
	}
	c.do.ask(question{
		Title: say("Make a new webhook secret?"),
		Text:  say("Rentbell registers it with AppFolio. Until AppFolio signs with it, and for 24 hours at most, deliveries signed with the old one count as well."),
		Verb:  say("Make new"), Answer: c.makeNew,
	})
}

func (c *appFolioCard) makeNew() {
	c.makeSecret.Disable()
	c.do.changeSecrets(func(s *core.Secrets) { s.WebhookSecret = core.NewWebhookSecret() }, func(err error) {
		c.makeSecret.Enable()
		c.secret.saved(err)
	})
}
