package welcome

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// Bell is the part of *bell.Bell that the welcome pages use.
type Bell interface {
	Settings() core.Settings
	Account() core.Account
	Secrets() core.Secrets
	Override() core.Override // from the environment, for this run only
	Register(context.Context) error
	SendTest(context.Context) (took time.Duration, err error)
	CheckKey(ctx context.Context, key core.Secret) (known bool, err error)
	TryAccount(ctx context.Context, a core.Account) (records, receipts error)
}

// Config is what the welcome pages need.
type Config struct {
	Bell  Bell
	Saver *frame.Saver
	Post  frame.Poster
	Now   func() time.Time // in the user's time zone

	Office     frame.Office         // nil: this program cannot join one
	Host       string               // the name of this computer
	Ask        func(frame.Question) // over the window
	Copy       func(text string)
	OpenPage   func(address string)                       // opens a page in the browser
	OpenFolder func(dir string)                           // opens a folder in the file manager
	ChooseDir  func(from string, chosen func(dir string)) // asks for a folder
	Explore    func() error                               // opens another Rentbell with sample data and returns when it is closed
	Finish     func()                                     // shows the ordinary pages again
}

// handlers does what the steps ask for.
type handlers struct {
	Config
	secret core.Secret // the webhook secret
}

// Needed reports whether to show the welcome pages. They are not needed if the
// user has finished or postponed them or has asked to register, or if the
// environment has secrets, a tunnel or a folder of reports for this run.
func Needed(b Bell) bool {
	given, s := b.Override(), b.Settings()
	return !s.Welcomed && !s.Register && given.Secrets == core.Secrets{} && given.Tunnel.Kind == "" && given.ReportsDir == ""
}

// New returns the welcome pages, open at the step that comes next. It makes a
// webhook secret if there is none.
func New(c Config) *View {
	d := &handlers{Config: c, secret: c.Bell.Secrets().WebhookSecret}
	if d.secret.IsZero() {
		d.secret = core.NewWebhookSecret()
	}
	v := newView(d.secret, frame.ReportsDir(c.Bell.Settings()), actions{
		saveKey: d.saveKey, saveSpace: d.saveSpace, saveAddress: d.saveAddress,
		saveTunnel: func(edit func(*core.Settings), done func(error)) { c.Saver.Change(edit, done) },
		register:   func(done func(error)) { c.Saver.Do(c.Bell.Register, done) },
		test:       func(done func(time.Duration, error)) { frame.Background(c.Post, c.Bell.SendTest, done) },
		watch:      c.Saver.WatchReports, chooseDir: c.ChooseDir, openFolder: c.OpenFolder,
		copySecret: func() { c.Copy(d.secret.Reveal()) },
		copyText:   c.Copy,
		openPage:   c.OpenPage,
		explore:    d.explore,
		finish:     d.finish,
		joining:    d.joining(),
	})
	v.handlers = d
	v.kind.choose(c.Bell.Account().Kind)
	v.done = progressOf(c.Bell, false)
	v.moveTo(resume(c.Bell))
	return v
}

// Focus focuses the first entry of the open step.
func (v *View) Focus(c fyne.Canvas) {
	if v.at == 1 {
		c.Focus(v.where.token)
		return
	}
	c.Focus(v.key.key) // ignored while it is hidden
}

// Show shows the present status.
func (v *View) Show(s core.Status) {
	b, now := v.handlers.Bell, v.handlers.Now()
	v.done = progressOf(b, s.Registration.Progress == core.Registered || v.space.guide.Arrived(s))
	switch s.Kind {
	case core.KindReports:
		v.done[1] = len(s.Reports.Newest) > 0
	case core.KindOffice:
		v.done[1] = frame.OfficeStateOf(s.Office, now) == frame.OfficeUpToDate
	}
	v.show(s, b.Account(), frame.DescribeRegistration(s, b.Secrets(), now), now)
}

func (d *handlers) asker() frame.Asker { return frame.Asker{Post: d.Post, Bell: d.Bell} }

// saveKey chooses the webhook API and stores an API key and the webhook secret, unless
// AppFolio refuses the key. The key may be empty; the user then adds it later.
func (d *handlers) saveKey(key string, done func(error)) {
	d.asker().Key(core.NewSecret(key), frame.After(done, func() {
		d.Saver.ChangeSecrets(func(s *core.Secrets) { s.APIKey, s.WebhookSecret = core.NewSecret(key), d.secret }, frame.After(done, func() {
			if k := d.Bell.Settings().Kind; k == "" || k == core.KindWebhookAPI {
				done(nil)
				return
			}
			d.Saver.Change(func(s *core.Settings) { s.Kind = core.KindWebhookAPI }, done)
		}))
	}))
}

// joining returns what makes the form to join an office; nil, if none can be joined.
func (d *handlers) joining() func(joined, resize func()) *frame.JoinForm {
	if d.Office == nil {
		return nil
	}
	return func(joined, resize func()) *frame.JoinForm {
		return frame.NewJoinForm(frame.JoinParts{Office: d.Office, Saver: d.Saver, Name: d.Host, Ask: d.Ask, Joined: joined, Resize: resize})
	}
}

// finish marks the welcome pages as done.
func (d *handlers) finish() {
	d.Saver.Change(func(s *core.Settings) { s.Welcomed = true }, nil)
	d.Finish()
}

// saveAddress stores what ngrok needs. It stores the address before the
// authtoken, because with the authtoken alone ngrok would open the account's
// own address.
func (d *handlers) saveAddress(token, address string, done func(error)) {
	d.Saver.Change(func(s *core.Settings) { s.Door, s.Address = core.TunnelNgrok, words.SpelledOut(address) }, frame.After(done, func() {
		d.Saver.ChangeSecrets(func(s *core.Secrets) { s.Authtoken = core.NewSecret(token) }, done)
	}))
}

// saveSpace chooses Developer Space and stores the account, unless AppFolio
// refuses it. The account may be empty; the user then adds it later.
func (d *handlers) saveSpace(id core.Space, secret core.Secret, done func(error)) {
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

// explore opens another Rentbell with sample data.
func (d *handlers) explore(done func(error)) {
	frame.Run(d.Post, func(context.Context) error { return d.Explore() }, done)
}
