package ui

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
)

const (
	givenForThisRun = "Given for this run. It is not saved."
	inStore         = "Kept in this computer's password store, never in a file."
	inFile          = "Kept in a file that opens with your passphrase."
	inMemory        = "Kept in memory only. After a restart, paste it again."
)

// appFolioCard holds the two secrets that AppFolio and Rentbell share.
type appFolioCard struct {
	object *fyne.Container
	do     settingsActions

	key        *field
	changeKey  *kit.Button
	secret     *field
	copySecret *kit.Button
	makeSecret *kit.Button
	page       settingsPage
}

func newAppFolioCard(do settingsActions, onLayout func()) *appFolioCard {
	c := &appFolioCard{do: do}
	c.changeKey = kit.NewButton("Change", nil, func() { c.key.edit() })
	c.copySecret = kit.NewButton("Copy", assets.Copy, func() {
		c.do.copy(c.page.secrets.WebhookSecret.Reveal())
		c.secret.rename(c.copySecret, "Copied")
	})
	c.makeSecret = kit.NewButton("Make new", assets.Refresh, c.askForNew)
	c.key = newField(fieldParts{
		Label: "API key", Hint: "Paste the key", Icon: assets.Key, Secret: true,
		Tools: []fyne.CanvasObject{c.changeKey},
	})
	c.secret = newField(fieldParts{
		Label: "Webhook secret", Icon: assets.Verified, Secret: true,
		Tools: []fyne.CanvasObject{c.copySecret, c.makeSecret},
	})
	c.key.onLayout, c.secret.onLayout = onLayout, onLayout
	c.key.save = func(text string, done func(error)) {
		do.saveKey(core.NewSecret(text), done)
	}
	c.object = newTitledCard("AppFolio", c.key.object, c.secret.object)
	return c
}

func (c *appFolioCard) show(p settingsPage) {
	c.page = p
	key := fieldValue{Text: secretText(p.secrets.APIKey), Caption: keptWhere(p.status)}
	given := !p.override.Secrets.APIKey.IsZero()
	switch {
	case given:
		key.Caption = givenForThisRun
	case key.Text == "":
		key.Caption = "From your AppFolio administrator. It registers your address."
	}
	setVisible(c.changeKey, !given)
	c.key.show(key)

	secret := fieldValue{Text: secretText(p.secrets.WebhookSecret), Caption: "AppFolio signs every delivery with it. After a new one, register again."}
	given = !p.override.Secrets.WebhookSecret.IsZero()
	c.copySecret.SetText("Copy")
	setVisible(c.copySecret, secret.Text != "")
	setVisible(c.makeSecret, !given)
	switch {
	case given:
		secret.Caption = givenForThisRun
	case secret.Text == "":
		secret.Text = "Not made yet"
	case !p.secrets.Retiring.Secret.IsZero():
		secret.Caption = "New. The old one counts until AppFolio has changed over."
	case p.status.Registration.Progress != core.NotWanted:
		secret.Caption = "AppFolio signs every delivery with it. Rentbell registers a new one."
	}
	c.secret.show(secret)
}

// keptWhere says where a saved secret is.
func keptWhere(s core.Status) string {
	switch {
	case s.VaultKind == core.VaultFile:
		return inFile
	case s.Vault != nil || s.VaultKind == core.VaultMemory:
		return inMemory
	}
	return inStore
}

// askForNew makes a webhook secret, and asks first when there is one already.
func (c *appFolioCard) askForNew() {
	if c.page.secrets.WebhookSecret.IsZero() {
		c.makeNew()
		return
	}
	c.do.ask(question{
		Title: "Make a new webhook secret?",
		Text: "Rentbell registers it with AppFolio. Until AppFolio signs with it, and for 24 hours at most, " +
			"deliveries signed with the old one count as well.",
		Verb: "Make new", Answer: c.makeNew,
	})
}

func (c *appFolioCard) makeNew() {
	c.makeSecret.Disable()
	c.do.changeSecrets(func(s *core.Secrets) { s.WebhookSecret = core.NewWebhookSecret() }, func(err error) {
		c.makeSecret.Enable()
		c.secret.saved(err)
	})
}
