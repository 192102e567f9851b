package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
)

const (
	givenForThisRun = "Given for this run. It is not saved."
	inStore         = "Kept in this computer's password store, never in a file."
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
		do.changeSecrets(func(s *core.Secrets) { s.APIKey = core.NewSecret(text) }, done)
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
	case p.status.Registration.Progress != core.NotWanted:
		secret.Caption = "AppFolio signs every delivery with it. Rentbell registers a new one."
	}
	c.secret.show(secret)
}

// keptWhere says where a saved secret is.
func keptWhere(s core.Status) string {
	if s.Vault != nil {
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
		Text: "AppFolio goes on signing with the old one until it is registered again. " +
			"What arrives in between is kept out of your records.",
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

// addressCard holds what ngrok needs to open the address.
type addressCard struct {
	object *fyne.Container
	do     settingsActions

	token         *field
	changeToken   *kit.Button
	address       *field
	copyAddress   *kit.Button
	changeAddress *kit.Button
	page          settingsPage
}

func newAddressCard(do settingsActions, onLayout func()) *addressCard {
	c := &addressCard{do: do}
	c.changeToken = kit.NewButton("Change", nil, func() { c.token.edit() })
	c.copyAddress = kit.NewButton("Copy", assets.Copy, func() {
		do.copyAddress()
		c.address.rename(c.copyAddress, "Copied")
	})
	c.changeAddress = kit.NewButton("Change", nil, func() { c.address.edit() })
	c.token = newField(fieldParts{
		Label: "ngrok authtoken", Hint: "Paste the authtoken", Icon: assets.Key, Secret: true,
		Tools: []fyne.CanvasObject{c.changeToken},
	})
	c.address = newField(fieldParts{
		Label: "Reserved address", Hint: "Optional, like oakline.ngrok.app", Icon: assets.Globe, Optional: true,
		Tools: []fyne.CanvasObject{c.copyAddress, c.changeAddress},
	})
	c.token.onLayout, c.address.onLayout = onLayout, onLayout
	c.token.save = func(text string, done func(error)) {
		do.changeSecrets(func(s *core.Secrets) { s.Authtoken = core.NewSecret(text) }, done)
	}
	c.address.save = func(text string, done func(error)) {
		do.change(func(s *core.Settings) { s.Address = spelledOut(text) }, done)
	}
	c.object = newTitledCard("Your address", c.token.object, c.address.object)
	return c
}

func (c *addressCard) show(p settingsPage) {
	c.page = p
	token := fieldValue{Text: secretText(p.secrets.Authtoken), Caption: "From your ngrok dashboard, under Your Authtoken."}
	given := !p.override.Secrets.Authtoken.IsZero()
	if given {
		token.Caption = givenForThisRun
	}
	setVisible(c.changeToken, !given)
	c.token.show(token)

	c.copyAddress.SetText("Copy")
	setVisible(c.copyAddress, p.status.Address != "")
	setVisible(c.changeAddress, p.override.Tunnel.URL == "" && p.override.Tunnel.Kind != core.TunnelLoopback)
	c.address.show(addressValue(p))
}

// addressValue is the address to show: the one asked for, else the one ngrok
// gave.
func addressValue(p settingsPage) fieldValue {
	reserved := p.settings.Address
	if p.override.Tunnel.URL != "" {
		reserved = p.override.Tunnel.URL
	}
	open := p.status.Connection == core.Listening
	switch v := (fieldValue{Text: hostOf(reserved)}); {
	case p.override.Tunnel.Kind == core.TunnelLoopback:
		v.Text, v.Caption = hostOf(p.status.Address), "For this run Rentbell listens on this computer only."
		if v.Text == "" {
			v.Text = "Not open yet"
		}
		return v
	case p.override.Tunnel.URL != "":
		v.Caption = givenForThisRun
		return v
	case reserved == "" && p.status.Address != "":
		return fieldValue{Text: hostOf(p.status.Address), Caption: "Your ngrok account's own address. It stays the same when you restart.", Good: open}
	case reserved == "":
		v.Caption = "Without one, ngrok gives you your account's own."
		return v
	case open && p.status.Address == reserved:
		v.Caption, v.Good = "Reserved. It stays the same when you restart.", true
		return v
	default:
		v.Caption = "Reserved at ngrok. Rentbell opens it as soon as it can."
		return v
	}
}

// spelledOut is an address as Settings keep it, from one as people write it.
func spelledOut(text string) string {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	if text == "" || strings.Contains(text, "://") {
		return text
	}
	return "https://" + text
}
