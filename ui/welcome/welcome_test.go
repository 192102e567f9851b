package welcome

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/explain/wordtest"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

// window returns a window of a given size.
func window(t *testing.T, look kit.Appearance, width, height float32) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&kit.Theme{Appearance: look, Still: true})
	w := app.NewWindow("")
	t.Cleanup(w.Close)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// listening returns a status without problems.
func listening() core.Status {
	return core.Status{Connection: core.Listening, Address: "https://oakline.ngrok.app"}
}

func TestWelcomeLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	secret := core.NewSecret("rb_7f41aaaaaaaaaaaaaaaaaaaaaaaac09e")
	for name, look := range map[string]kit.Appearance{"welcome": kit.Light, "welcome_dark": kit.Dark} {
		t.Run(name, func(t *testing.T) {
			w := window(t, look, 1180, 760)
			v := newView(secret, "/home/morgan/Documents/AppFolio reports", actions{})
			w.SetContent(v.Object)
			v.key.key.SetText("af_live_0123456789")
			uitest.Looks(t, name, w)
		})
	}
	t.Run("address", func(t *testing.T) {
		w := window(t, kit.Light, 1180, 760)
		v := newView(secret, "/home/morgan/Documents/AppFolio reports", actions{})
		w.SetContent(v.Object)
		v.done[0] = true
		v.moveTo(1)
		uitest.Looks(t, "welcome_address", w)
	})
	t.Run("own tunnel", func(t *testing.T) {
		w := window(t, kit.Dark, 900, 600)
		v := newView(secret, "/home/morgan/Documents/AppFolio reports", actions{})
		w.SetContent(v.Object)
		v.moveTo(1)
		uitest.TapText(t, w, "Through a tunnel of my own")
		uitest.Looks(t, "welcome_tunnel_dark", w)
	})
	t.Run("small", func(t *testing.T) {
		w := window(t, kit.Light, 900, 600)
		v := newView(secret, "/home/morgan/Documents/AppFolio reports", actions{})
		w.SetContent(v.Object)
		uitest.Looks(t, "welcome_small", w)
	})
	t.Run("space", func(t *testing.T) {
		w := window(t, kit.Light, 900, 600)
		v := newView(secret, "/home/morgan/Documents/AppFolio reports", actions{})
		w.SetContent(v.Object)
		uitest.TapText(t, w, "Developer Space")
		uitest.Looks(t, "welcome_space", w)
		v.done = progress{true, true}
		v.moveTo(2)
		s, a := listening(), core.Account{Kind: core.KindDeveloperSpace}
		s.Kind = a.Kind
		v.show(s, a, frame.DescribeRegistration(s, a.Secrets, uitest.Present), uitest.Present)
		uitest.Looks(t, "welcome_space_bell", w)
	})
	t.Run("space done", func(t *testing.T) {
		w := window(t, kit.Dark, 1180, 760)
		v := newView(secret, "/home/morgan/Documents/AppFolio reports", actions{})
		w.SetContent(v.Object)
		uitest.TapText(t, w, "Developer Space")
		v.done = progress{true, true}
		v.moveTo(2)
		s, a := listening(), core.Account{Kind: core.KindDeveloperSpace}
		s.Kind, s.Doorbell = a.Kind, uitest.Present.Add(-time.Minute)
		v.show(s, a, frame.DescribeRegistration(s, a.Secrets, uitest.Present), uitest.Present)
		uitest.Looks(t, "welcome_space_done_dark", w)
	})
	t.Run("bell", func(t *testing.T) {
		w := window(t, kit.Light, 1180, 760)
		v := newView(secret, "/home/morgan/Documents/AppFolio reports", actions{})
		w.SetContent(v.Object)
		v.done = progress{true, true}
		v.moveTo(2)
		s, secrets := listening(), core.Secrets{APIKey: secret, WebhookSecret: secret}
		v.show(s, core.Account{}, frame.DescribeRegistration(s, secrets, uitest.Present), uitest.Present)
		uitest.Looks(t, "welcome_bell", w)
		s.Registration = core.RegistrationStatus{Progress: core.Registered, Address: s.Address + core.WebhookPath, At: uitest.Present}
		v.show(s, core.Account{}, frame.DescribeRegistration(s, secrets, uitest.Present), uitest.Present)
		uitest.Looks(t, "welcome_done", w)
	})
}

// desk has the welcome pages over a real bell and store. Background work waits
// until the test runs it.
type desk struct {
	*View
	bell     *bell.Bell
	vault    *uitest.Keeper
	work     *uitest.Queue
	window   fyne.Window
	copied   string
	finished bool
	explored func() error
	chosen   string   // the folder that the user chooses
	opened   []string // folders
}

func openWelcome(t *testing.T, change func(*bell.Config)) *desk {
	t.Helper()
	w := window(t, kit.Light, 1180, 760)
	d := &desk{work: &uitest.Queue{}, window: w}
	d.bell, _, d.vault = uitest.EmptyBell(t, change)
	if !Needed(d.bell) {
		t.Fatal("with nothing set up, it is not the first run")
	}
	d.View = New(Config{
		Bell: d.bell, Post: d.work.Post, Now: func() time.Time { return uitest.Present },
		Saver: &frame.Saver{Post: d.work.Post, Keeper: d.bell, Saved: func() { d.Show(d.bell.Status()) }, Report: func(string, error) {}},
		Copy:  func(text string) { d.copied = text }, OpenPage: func(string) {},
		OpenFolder: func(dir string) { d.opened = append(d.opened, dir) }, ChooseDir: func(_ string, chosen func(string)) { chosen(d.chosen) },
		Explore: func() error { return d.explored() }, Finish: func() { d.finished = true },
	})
	w.SetContent(d.Object)
	d.Focus(w.Canvas())
	d.Show(d.bell.Status())
	return d
}

func TestFirstRunSavesEachStep(t *testing.T) {
	d := openWelcome(t, nil)
	v := d.View
	if !v.key.next.Disabled() {
		t.Error("Continue can be pressed without a key")
	}
	test.Tap(uitest.ButtonIn(t, v.Object, "Copy"))
	made := d.copied
	test.Type(v.key.key, "af_live_0123456789_4f2a")
	test.Tap(v.key.next)
	if !v.key.key.Disabled() || !v.key.next.Disabled() {
		t.Error("while the key is being saved it can be changed")
	}
	d.work.All(t)
	if got := d.vault.Kept; got.APIKey.Hint() != "4f2a" || got.WebhookSecret.Reveal() != made || made == "" {
		t.Error("the key or the secret that was shown is not kept")
	}
	if v.at != 1 || v.key.key.Text != "" {
		t.Fatalf("step %d, with a key in the entry: %v", v.at, v.key.key.Text != "")
	}

	test.Type(v.where.token, "2abcdefghijklmnop_Qm7t")
	v.where.address.SetText("ftp://oakline")
	test.Tap(v.where.next)
	d.work.All(t)
	if v.at != 1 || !v.where.note.Visible() || !d.vault.Kept.Authtoken.IsZero() {
		t.Fatalf("a wrong address leads to step %d, and the authtoken is kept: %v", v.at, !d.vault.Kept.Authtoken.IsZero())
	}
	v.where.address.SetText("oakline.ngrok.app")
	test.Tap(v.where.next)
	d.work.All(t)
	if v.at != 1 || !v.where.waits {
		t.Fatalf("step %d before anybody knows whether the address opens", v.at)
	}
	refused := core.Status{Connection: core.ConnectionRefused, Problem: &core.TunnelError{Code: "ERR_NGROK_107", Refused: true}}
	d.Show(refused)
	if strings.Contains(v.where.note.Text(), "Settings") {
		t.Errorf("a refused authtoken leads elsewhere: %q", v.where.note.Text())
	}
	if v.at != 1 || !strings.Contains(v.where.note.Text(), "refused") || !v.where.pass.Visible() {
		t.Fatalf("a refused authtoken: step %d, saying %q", v.at, v.where.note.Text())
	}
	d.Show(core.Status{Connection: core.Listening, Address: "https://oakline.ngrok.app"})
	if v.at != 2 || d.vault.Kept.Authtoken.Hint() != "Qm7t" || d.bell.Settings().Address != "https://oakline.ngrok.app" {
		t.Fatalf("step %d with address %q", v.at, d.bell.Settings().Address)
	}

	test.Tap(v.ring.register)
	d.work.All(t)
	if !d.bell.Settings().Register {
		t.Error("Register asks for nothing")
	}
	test.Tap(v.ring.later)
	d.work.All(t)
	if !d.bell.Settings().Welcomed || Needed(d.bell) || !d.finished {
		t.Error("the first run does not end")
	}
}

func TestFirstRunTellsAtOnceThatTheKeyIsWrong(t *testing.T) {
	d := openWelcome(t, nil)
	v := d.View
	test.Type(v.key.key, "the key is af_live_0123456789")
	test.Tap(v.key.next)
	d.work.All(t)
	if v.at != 0 || !strings.Contains(v.key.note.Text(), "not a key alone") {
		t.Errorf("words around a key: step %d, saying %q", v.at, v.key.note.Text())
	}
	v.key.key.SetText("af_live_mistyped_0000")
	test.Tap(v.key.next)
	d.work.All(t)
	if strings.Contains(v.key.note.Text(), "Settings") || !strings.Contains(v.key.note.Text(), "Paste the right one here") {
		t.Errorf("it leads elsewhere: %q", v.key.note.Text())
	}
	if v.at != 0 || !strings.Contains(v.key.note.Text(), "does not accept") || !d.vault.Kept.APIKey.IsZero() {
		t.Errorf("step %d, saying %q", v.at, v.key.note.Text())
	}
}

func TestFirstRunCanBeLeftForLater(t *testing.T) {
	d := openWelcome(t, nil)
	v := d.View
	v.key.skip()
	d.work.All(t)
	if v.at != 1 || d.vault.Kept.WebhookSecret.IsZero() || !d.vault.Kept.APIKey.IsZero() {
		t.Errorf("without a key: step %d", v.at)
	}
	v.moveTo(2)
	if !v.ring.register.Disabled() {
		t.Error("without a key it can be registered")
	}
}

func TestOnlyTheFirstRunIsOne(t *testing.T) {
	for name, change := range map[string]func(*bell.Config){
		"a secret is given this run": func(c *bell.Config) { c.Override.Secrets.WebhookSecret = core.NewSecret("s") },
		"a tunnel is given this run": func(c *bell.Config) {
			c.Override.Tunnel = core.TunnelOptions{Kind: core.TunnelLoopback}
		},
	} {
		if made, _, _ := uitest.EmptyBell(t, change); Needed(made) {
			t.Errorf("%s, and it is the first run", name)
		}
	}
	for name, edit := range map[string]func(*core.Settings){
		"it was left for later":        func(s *core.Settings) { s.Welcomed = true },
		"a registration was asked for": func(s *core.Settings) { s.Register = true },
	} {
		made, _, _ := uitest.EmptyBell(t, nil)
		if err := made.Change(t.Context(), edit); err != nil {
			t.Fatal(err)
		}
		if Needed(made) {
			t.Errorf("%s, and it is the first run", name)
		}
	}
}

func TestFirstRunGoesOnWhereItStopped(t *testing.T) {
	for name, tt := range map[string]struct {
		kept core.Secrets
		edit func(*core.Settings)
		at   int
		done progress
	}{
		"with nothing":          {at: 0},
		"with a key":            {kept: core.Secrets{APIKey: core.NewSecret("af_live_1"), WebhookSecret: core.NewSecret("rb_kept")}, at: 1, done: progress{true}},
		"without one":           {kept: core.Secrets{WebhookSecret: core.NewSecret("rb_kept")}, at: 1},
		"with an address alone": {kept: core.Secrets{WebhookSecret: core.NewSecret("rb_kept"), Authtoken: core.NewSecret("2abc")}, at: 2, done: progress{false, true}},
		"with a tunnel of one's own": {kept: core.Secrets{APIKey: core.NewSecret("af_live_1"), WebhookSecret: core.NewSecret("rb_kept")}, at: 2, done: progress{true, true},
			edit: func(s *core.Settings) {
				s.Door, s.ManualAddress, s.ManualPort = core.TunnelManual, "https://bell.example.com", 8787
			}},
		"in Developer Space": {at: 1, edit: func(s *core.Settings) { s.Kind = core.KindDeveloperSpace }},
	} {
		t.Run(name, func(t *testing.T) {
			d := openWelcome(t, nil)
			if err := d.bell.ChangeSecrets(t.Context(), func(s *core.Secrets) { *s = tt.kept }); err != nil {
				t.Fatal(err)
			}
			if tt.edit != nil {
				if err := d.bell.Change(t.Context(), tt.edit); err != nil {
					t.Fatal(err)
				}
			}
			if !Needed(d.bell) {
				t.Fatal("the first run does not come back")
			}
			again := New(d.handlers.Config)
			if again.at != tt.at || again.done != tt.done {
				t.Errorf("step %d with %v done, want step %d with %v", again.at, again.done, tt.at, tt.done)
			}
			if kept := tt.kept.WebhookSecret; !kept.IsZero() && again.handlers.secret != kept {
				t.Error("the webhook secret that is shown is not the one that is kept")
			}
		})
	}
}

func TestStepsLeftForLaterAreRingsAndCanBePressed(t *testing.T) {
	d := openWelcome(t, nil)
	uitest.TapText(t, d.window, "I will add the key later")
	d.work.All(t)
	uitest.TapText(t, d.window, "Later")
	if s := d.steps[0]; d.at != 2 || s.tick.Visible() || !s.number.Visible() || d.steps[1].tick.Visible() {
		t.Fatal("a step that was left for later has a tick")
	}
	uitest.TapText(t, d.window, "Connect AppFolio")
	if d.at != 0 || !d.key.key.Visible() {
		t.Fatalf("pressing the first step leads to step %d", d.at)
	}
	d.key.key.SetText("af_live_0123456789_4f2a")
	test.Tap(d.key.next)
	d.work.All(t)
	if !d.steps[0].tick.Visible() || d.vault.Kept.APIKey.Hint() != "4f2a" {
		t.Error("the key that followed is not kept, or its step has no tick")
	}
	uitest.TapText(t, d.window, "Connect AppFolio")
	uitest.TapText(t, d.window, "I will add the key later")
	d.work.All(t)
	if d.at != 1 || d.vault.Kept.APIKey.Hint() != "4f2a" {
		t.Error("going on from a step that is done takes the key away")
	}
	uitest.TapText(t, d.window, "Ring the bell")
	if d.at != 2 || !d.ring.register.Disabled() {
		t.Error("without an address it can be registered")
	}
	s := core.Status{Registration: core.RegistrationStatus{Progress: core.Waiting}}
	d.Show(s)
	if !d.ring.register.Disabled() || !strings.Contains(d.ring.state.Text(), "once you have an address") {
		t.Errorf("without an address it says %q", d.ring.state.Text())
	}
}

func TestFirstRunTakesATunnelOfOnesOwn(t *testing.T) {
	d := openWelcome(t, nil)
	d.moveTo(1)
	uitest.TapText(t, d.window, "Through a tunnel of my own")
	if d.where.token.Visible() && !d.where.own.form.Visible() || !d.where.next.Disabled() {
		t.Fatal("it asks for ngrok's authtoken, or goes on with nothing")
	}
	d.where.own.public.SetText("bell.example.com")
	d.where.own.port.SetText("many")
	test.Tap(d.where.next)
	d.work.All(t)
	if !strings.Contains(d.where.note.Text(), "This is no port") {
		t.Errorf("a port in words: %q", d.where.note.Text())
	}
	d.where.own.port.SetText("")
	test.Tap(d.where.next)
	d.work.All(t)
	if s := d.bell.Settings(); s.Door != core.TunnelManual || s.ManualAddress != "https://bell.example.com" || s.ManualPort != frame.UsualPort {
		t.Errorf("saved %s, %s, %d", s.Door, s.ManualAddress, s.ManualPort)
	}
	d.Show(listening())
	if d.at != 2 || !d.steps[1].tick.Visible() {
		t.Errorf("step %d once it is open", d.at)
	}
}

func TestExploringOpensAnother(t *testing.T) {
	d := openWelcome(t, nil)
	opened := 0
	d.explored = func() error {
		opened++
		return errors.New("exit status 1")
	}
	try := uitest.ButtonIn(t, d.Object, "Explore with sample data")
	test.Tap(try)
	if !try.Disabled() {
		t.Error("it can be pressed twice")
	}
	d.work.All(t)
	if opened != 1 || try.Disabled() || !d.tryNote.Visible() {
		t.Errorf("opened %d; its failure is told: %v", opened, d.tryNote.Visible())
	}
	w := words.Tongue.Error(errors.New("exit status 1"))
	wordtest.Words(t, "explore", w.Title, w.Cause, w.Fix)
}
