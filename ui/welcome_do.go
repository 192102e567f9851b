package ui

import (
	"context"
	"errors"
	"net/url"

	"rentbell/core"
	"rentbell/ui/frame"
)

// firstRun reports whether nothing has been set up and nobody has said that it
// shall stay so.
func (u *UI) firstRun() bool {
	s := u.bell.Secrets()
	return !u.bell.Settings().Welcomed && !u.bell.Account().Complete() && s.WebhookSecret.IsZero() && s.Authtoken.IsZero()
}

// showWelcome puts the first run in place of the pages.
func (u *UI) showWelcome() {
	secret := core.NewWebhookSecret()
	u.welcome = newWelcomeView(secret, welcomeActions{
		saveKey: func(key string, done func(error)) {
			u.checkKey(core.NewSecret(key), func(err error) {
				if err != nil {
					done(err)
					return
				}
				u.saver.changeSecrets(func(s *core.Secrets) {
					s.APIKey, s.WebhookSecret = core.NewSecret(key), secret
				}, u.saved(done))
			})
		},
		saveSpace:   u.saveSpace,
		saveAddress: u.saveAddress,
		register:    func(done func(error)) { u.saver.register(u.saved(done)) },
		test:        u.sendTest,
		copySecret:  func() { u.app.Clipboard().SetContent(secret.Reveal()) },
		copyText:    u.app.Clipboard().SetContent,
		openPage:    u.openPage,
		explore:     u.explore,
		finish:      u.endWelcome,
	})
	u.window.SetContent(u.welcome.object)
	u.window.Canvas().Focus(u.welcome.key)
	u.refreshWelcome()
}

// checkKey asks AppFolio whether it accepts a key. Only its plain no is an error:
// without an answer the key may be right, and registering will tell.
func (u *UI) checkKey(key core.Secret, done func(error)) {
	if key.IsZero() {
		done(nil)
		return
	}
	frame.Background(u.post, func(ctx context.Context) (struct{}, error) {
		_, err := u.bell.CheckKey(ctx, key)
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		refusal := new(core.SubscribeError)
		if errors.As(err, &refusal) && refusal.Temporary() {
			err = nil
		}
		done(err)
	})
}

// saveAddress saves what ngrok needs. The address goes first: a wrong one must
// not open the account's own meanwhile.
func (u *UI) saveAddress(token, address string, done func(error)) {
	u.saver.change(func(s *core.Settings) { s.Address = spelledOut(address) }, func(err error) {
		if err != nil {
			done(err)
			return
		}
		u.saver.changeSecrets(func(s *core.Secrets) { s.Authtoken = core.NewSecret(token) }, u.saved(done))
	})
}

// refreshWelcome shows how things stand, while the first run is on.
func (u *UI) refreshWelcome() {
	if u.welcome != nil {
		u.welcome.show(u.status, u.bell.Account(), describeRegistration(u.status, u.bell.Secrets(), u.now()), u.now())
	}
}

// endWelcome goes on to the pages, for good.
func (u *UI) endWelcome() {
	u.welcome = nil
	u.window.SetContent(u.shell.object)
	u.saver.change(func(s *core.Settings) { s.Welcomed = true }, u.saved(nil))
	u.Open(overviewSection)
}

// explore opens another Rentbell, with sample data.
func (u *UI) explore(done func(error)) {
	frame.Background(u.post, func(context.Context) (struct{}, error) { return struct{}{}, u.sample() },
		func(_ struct{}, err error) { done(err) })
}

// openPage shows a page of ours or ngrok's in the browser.
func (u *UI) openPage(address string) {
	page, err := url.Parse(address)
	if err != nil {
		u.report("open a page", err)
		return
	}
	frame.Background(u.post, func(context.Context) (struct{}, error) { return struct{}{}, u.app.OpenURL(page) },
		func(_ struct{}, err error) { u.report("open a page", err) })
}
