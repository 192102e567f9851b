package ui

import (
	"context"
	"net/url"
	"time"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/words"
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
			u.asker().Key(core.NewSecret(key), func(err error) {
				if err != nil {
					done(err)
					return
				}
				u.saver.ChangeSecrets(func(s *core.Secrets) {
					s.APIKey, s.WebhookSecret = core.NewSecret(key), secret
				}, done)
			})
		},
		saveSpace:   u.saveSpace,
		saveAddress: u.saveAddress,
		register:    func(done func(error)) { u.saver.Do(u.bell.Register, done) },
		test:        func(done func(time.Duration, error)) { frame.Background(u.post, u.bell.SendTest, done) },
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

// saveAddress saves what ngrok needs. The address goes first: a wrong one must
// not open the account's own meanwhile.
func (u *UI) saveAddress(token, address string, done func(error)) {
	u.saver.Change(func(s *core.Settings) { s.Address = words.SpelledOut(address) }, func(err error) {
		if err != nil {
			done(err)
			return
		}
		u.saver.ChangeSecrets(func(s *core.Secrets) { s.Authtoken = core.NewSecret(token) }, done)
	})
}

// refreshWelcome shows how things stand, while the first run is on.
func (u *UI) refreshWelcome() {
	if u.welcome != nil {
		u.welcome.show(u.status, u.bell.Account(), frame.DescribeRegistration(u.status, u.bell.Secrets(), u.now()), u.now())
	}
}

// endWelcome goes on to the pages, for good.
func (u *UI) endWelcome() {
	u.welcome = nil
	u.window.SetContent(u.shell.object)
	u.saver.Change(func(s *core.Settings) { s.Welcomed = true }, nil)
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
