package welcome

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// Bell is what the first run asks of Rentbell.
type Bell interface {
	Settings() core.Settings
	Account() core.Account
	Secrets() core.Secrets
	Register(context.Context) error
	SendTest(context.Context) (took time.Duration, err error)
	CheckKey(ctx context.Context, key core.Secret) (known bool, err error)
	TryAccount(ctx context.Context, a core.Account) (records, receipts error)
}

// Config is what the first run is made of.
type Config struct {
	Bell  Bell
	Saver *frame.Saver
	Post  frame.Poster
	Now   func() time.Time // in the reader's time zone

	Copy     func(text string)
	OpenPage func(address string) // in the browser
	Explore  func() error         // opens another Rentbell with sample data, and returns when it is closed
	Finish   func()               // brings the pages back
}

// doing does what the steps ask for.
type doing struct {
	Config
	secret core.Secret // that AppFolio will sign with
}

// Needed reports whether nothing has been set up and nobody has said that it can
// wait.
func Needed(b Bell) bool {
	s := b.Secrets()
	return !b.Settings().Welcomed && !b.Account().Complete() && s.WebhookSecret.IsZero() && s.Authtoken.IsZero()
}

// New makes the first run, at its first step, with a webhook secret of its own.
func New(c Config) *View {
	d := &doing{Config: c, secret: core.NewWebhookSecret()}
	v := newView(d.secret, actions{
		saveKey: d.saveKey, saveSpace: d.saveSpace, saveAddress: d.saveAddress,
		register:   func(done func(error)) { c.Saver.Do(c.Bell.Register, done) },
		test:       func(done func(time.Duration, error)) { frame.Background(c.Post, c.Bell.SendTest, done) },
		copySecret: func() { c.Copy(d.secret.Reveal()) },
		copyText:   c.Copy,
		openPage:   c.OpenPage,
		explore:    d.explore,
		finish:     d.finish,
	})
	v.doing = d
	return v
}

// Focus puts the cursor where the user begins.
func (v *View) Focus(c fyne.Canvas) { c.Focus(v.key) }

// Show shows how things stand.
func (v *View) Show(s core.Status) {
	b, now := v.doing.Bell, v.doing.Now()
	v.show(s, b.Account(), frame.DescribeRegistration(s, b.Secrets(), now), now)
}

func (d *doing) asker() frame.Asker { return frame.Asker{Post: d.Post, Bell: d.Bell} }

// saveKey keeps an API key that AppFolio does not refuse, with the secret. No key
// can follow later.
func (d *doing) saveKey(key string, done func(error)) {
	d.asker().Key(core.NewSecret(key), func(err error) {
		if err != nil {
			done(err)
			return
		}
		d.Saver.ChangeSecrets(func(s *core.Secrets) { s.APIKey, s.WebhookSecret = core.NewSecret(key), d.secret }, done)
	})
}

// finish ends the first run for good.
func (d *doing) finish() {
	d.Saver.Change(func(s *core.Settings) { s.Welcomed = true }, nil)
	d.Finish()
}

// saveAddress saves what ngrok needs. The address goes first: a wrong one must
// not open the account's own meanwhile.
func (d *doing) saveAddress(token, address string, done func(error)) {
	d.Saver.Change(func(s *core.Settings) { s.Address = words.SpelledOut(address) }, func(err error) {
		if err != nil {
			done(err)
			return
		}
		d.Saver.ChangeSecrets(func(s *core.Secrets) { s.Authtoken = core.NewSecret(token) }, done)
	})
}

// saveSpace keeps a Developer Space account that AppFolio does not refuse, and
// chooses that kind; without one, only the latter.
func (d *doing) saveSpace(id core.Space, secret core.Secret, done func(error)) {
	a, settings := d.Bell.Account(), d.Bell.Settings()
	a.Kind = core.KindDeveloperSpace
	a.Space.ClientID, a.Space.DeveloperID, a.Secrets.ClientSecret = id.ClientID, id.DeveloperID, secret
	settings.Space = a.Space
	if err := settings.Validate(); err != nil {
		done(err)
		return
	}
	d.asker().Account(a, false, func(err error) {
		if err != nil {
			done(err)
			return
		}
		d.Saver.Change(func(s *core.Settings) {
			s.Kind = core.KindDeveloperSpace
			s.Space.ClientID, s.Space.DeveloperID = id.ClientID, id.DeveloperID
		}, func(err error) {
			if err != nil {
				done(err)
				return
			}
			d.Saver.ChangeSecrets(func(s *core.Secrets) { s.ClientSecret = secret }, done)
		})
	})
}

// explore opens another Rentbell, with sample data.
func (d *doing) explore(done func(error)) {
	frame.Background(d.Post, func(context.Context) (struct{}, error) { return struct{}{}, d.Explore() },
		func(_ struct{}, err error) { done(err) })
}
