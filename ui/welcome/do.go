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
	Override() core.Override // counts for this run alone
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

// Needed reports whether the first run is not through: nobody has finished it or
// said that it can wait, nor asked for a registration, nor brought keys for this run
// alone. It goes on where it stopped.
func Needed(b Bell) bool {
	given, s := b.Override(), b.Settings()
	return !s.Welcomed && !s.Register && given.Secrets == core.Secrets{} && given.Tunnel.Kind == ""
}

// New makes the first run, at the step where it stopped, with a webhook secret of its
// own.
func New(c Config) *View {
	d := &doing{Config: c, secret: c.Bell.Secrets().WebhookSecret}
	if d.secret.IsZero() {
		d.secret = core.NewWebhookSecret()
	}
	v := newView(d.secret, actions{
		saveKey: d.saveKey, saveSpace: d.saveSpace, saveAddress: d.saveAddress,
		saveTunnel: func(edit func(*core.Settings), done func(error)) { c.Saver.Change(edit, done) },
		register:   func(done func(error)) { c.Saver.Do(c.Bell.Register, done) },
		test:       func(done func(time.Duration, error)) { frame.Background(c.Post, c.Bell.SendTest, done) },
		copySecret: func() { c.Copy(d.secret.Reveal()) },
		copyText:   c.Copy,
		openPage:   c.OpenPage,
		explore:    d.explore,
		finish:     d.finish,
	})
	v.doing = d
	if c.Bell.Account().Kind == core.KindDeveloperSpace {
		v.space.chips.Pick(frame.SpaceChip)
		v.space.choose(true)
	}
	v.done = progressOf(c.Bell, false)
	v.moveTo(resume(c.Bell))
	return v
}

// Focus puts the cursor where the user begins.
func (v *View) Focus(c fyne.Canvas) {
	if v.at == 1 {
		c.Focus(v.where.token)
		return
	}
	c.Focus(v.key.key) // which takes no focus while it is hidden
}

// Show shows how things stand.
func (v *View) Show(s core.Status) {
	b, now := v.doing.Bell, v.doing.Now()
	v.done = progressOf(b, s.Registration.Progress == core.Registered || v.space.guide.Arrived(s))
	v.show(s, b.Account(), frame.DescribeRegistration(s, b.Secrets(), now), now)
}

func (d *doing) asker() frame.Asker { return frame.Asker{Post: d.Post, Bell: d.Bell} }

// saveKey keeps an API key that AppFolio does not refuse, with the secret. No key
// can follow later.
func (d *doing) saveKey(key string, done func(error)) {
	d.asker().Key(core.NewSecret(key), frame.After(done, func() {
		d.Saver.ChangeSecrets(func(s *core.Secrets) { s.APIKey, s.WebhookSecret = core.NewSecret(key), d.secret }, done)
	}))
}

// finish ends the first run for good.
func (d *doing) finish() {
	d.Saver.Change(func(s *core.Settings) { s.Welcomed = true }, nil)
	d.Finish()
}

// saveAddress saves what ngrok needs. The address goes first: a wrong one must
// not open the account's own meanwhile.
func (d *doing) saveAddress(token, address string, done func(error)) {
	d.Saver.Change(func(s *core.Settings) { s.Door, s.Address = core.TunnelNgrok, words.SpelledOut(address) }, frame.After(done, func() {
		d.Saver.ChangeSecrets(func(s *core.Secrets) { s.Authtoken = core.NewSecret(token) }, done)
	}))
}

// saveSpace keeps a Developer Space account that AppFolio does not refuse, and
// chooses that kind; without one, only the latter.
func (d *doing) saveSpace(id core.Space, secret core.Secret, done func(error)) {
	a := d.Bell.Account()
	a.Space.ClientID, a.Space.DeveloperID, a.Secrets.ClientSecret = id.ClientID, id.DeveloperID, secret
	d.asker().Account(a, false, frame.After(done, func() {
		d.Saver.Change(func(s *core.Settings) {
			s.Kind = core.KindDeveloperSpace
			s.Space.ClientID, s.Space.DeveloperID = id.ClientID, id.DeveloperID
		}, frame.After(done, func() {
			d.Saver.ChangeSecrets(func(s *core.Secrets) { s.ClientSecret = secret }, done)
		}))
	}))
}

// explore opens another Rentbell, with sample data.
func (d *doing) explore(done func(error)) {
	frame.Run(d.Post, func(context.Context) error { return d.Explore() }, done)
}
