package settings

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

func givenForThisRun() string { return words.Say("Given for this run. It is not saved.") }

// accountActions is what the AppFolio card and its parts can ask for.
type accountActions struct {
	change        changer
	changeSecrets func(edit func(*core.Secrets), done func(error))
	saveKey       func(key core.Secret, done func(error))               // once AppFolio has been asked about it
	saveAccount   func(part accountPart, text string, done func(error)) // the same
	forgetAccount func(done func(error))
	copy          func(text string)
	ask           func(frame.Question)
}

// appFolioCard holds the two secrets that AppFolio and Rentbell share.
type appFolioCard struct {
	object *fyne.Container
	do     accountActions

	kind       *kindChoice
	space      *spaceForm
	key        *field
	changeKey  *kit.Button
	secret     *field
	copySecret *kit.Button
	makeSecret *kit.Button
	page       State
}

func newAppFolioCard(do accountActions, onLayout func()) *appFolioCard {
	c := &appFolioCard{do: do}
	c.changeKey = kit.NewButton(words.Say("Change"), nil, func() { c.key.edit() })
	c.copySecret = kit.NewButton(words.Say("Copy"), assets.Copy, func() {
		c.do.copy(c.page.Secrets.WebhookSecret.Reveal())
		c.secret.rename(c.copySecret, words.Say("Copied"))
	})
	c.makeSecret = kit.NewButton(words.Say("Make new"), assets.Refresh, c.askForNew)
	c.key = newField(fieldParts{
		Label: words.Say("API key"), Hint: words.Say("Paste the key"), Icon: assets.Key, Secret: true,
		Tools: []fyne.CanvasObject{c.changeKey},
	})
	c.secret = newField(fieldParts{
		Label: words.Say("Webhook secret"), Icon: assets.Verified, Secret: true,
		Tools: []fyne.CanvasObject{c.copySecret, c.makeSecret},
	})
	c.key.onLayout, c.secret.onLayout = onLayout, onLayout
	c.key.save = func(text string, done func(error)) {
		do.saveKey(core.NewSecret(text), done)
	}
	c.kind = newKindChoice(do, func() { c.show(c.page); onLayout() })
	c.space = newSpaceForm(do, onLayout)
	c.object = newTitledCard(words.Say("AppFolio"), c.kind.object, c.key.object, c.secret.object, c.space.object)
	return c
}

func (c *appFolioCard) show(p State) {
	c.page = p
	c.kind.show(p)
	c.space.show(p)
	frame.SetVisible(c.space.object, c.kind.space)
	frame.SetVisible(c.key.object, !c.kind.space)
	frame.SetVisible(c.secret.object, !c.kind.space)
	key := fieldValue{Text: words.SecretText(p.Secrets.APIKey), Caption: keptWhere(p.Status)}
	given := !p.Override.Secrets.APIKey.IsZero()
	switch {
	case given:
		key.Caption = givenForThisRun()
	case key.Text == "":
		key.Caption = words.Say("From your AppFolio administrator. It registers your address.")
	}
	frame.SetVisible(c.changeKey, !given)
	c.key.show(key)

	secret := fieldValue{Text: words.SecretText(p.Secrets.WebhookSecret), Caption: words.Say("AppFolio signs every delivery with it. After a new one, register again.")}
	given = !p.Override.Secrets.WebhookSecret.IsZero()
	c.copySecret.SetText(words.Say("Copy"))
	frame.SetVisible(c.copySecret, secret.Text != "")
	frame.SetVisible(c.makeSecret, !given)
	switch {
	case given:
		secret.Caption = givenForThisRun()
	case secret.Text == "":
		secret.Text = words.Say("Not made yet")
	case !p.Secrets.Retiring.Secret.IsZero():
		secret.Caption = words.Say("New. The old one counts until AppFolio has changed over.")
	case p.Status.Registration.Progress != core.NotWanted:
		secret.Caption = words.Say("AppFolio signs every delivery with it. Rentbell registers a new one.")
	}
	c.secret.show(secret)
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
	c.do.ask(frame.Question{
		Title: words.Say("Make a new webhook secret?"),
		Text:  words.Say("Rentbell registers it with AppFolio. Until AppFolio signs with it, and for 24 hours at most, deliveries signed with the old one count as well."),
		Verb:  words.Say("Make new"), Answer: c.makeNew,
	})
}

func (c *appFolioCard) makeNew() {
	c.makeSecret.Disable()
	c.do.changeSecrets(func(s *core.Secrets) { s.WebhookSecret = core.NewWebhookSecret() }, func(err error) {
		c.makeSecret.Enable()
		c.secret.saved(err)
	})
}
