package ui

import (
	"context"
	"log/slog"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/store"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// offline is a bell whose health check returns what a test sets. The real
// result depends on the computer.
type offline struct {
	*bell.Bell
	report func() core.Report
	data   func() (core.Data, error) // nil: the bell's own
}

func (o *offline) Check(context.Context) core.Report { return o.report() }

func (o *offline) Data() (core.Data, error) {
	if o.data != nil {
		return o.data()
	}
	return o.Bell.Data()
}

// offlineUI returns a UI whose health check finds no problem.
func offlineUI(cfg Config, post frame.Poster) (*UI, *offline) {
	o := &offline{Bell: cfg.Bell}
	cfg.settings = o
	u := newUI(cfg, post)
	o.report = func() core.Report { return uitest.WellReport(u.status) }
	return u, o
}

// settingsDesk is a UI that shows its Settings page, over a real bell and
// store.
type settingsDesk struct {
	*UI
	work   *uitest.Queue
	vault  *uitest.Keeper
	signIn *signIn
	screen *screen
	db     *store.DB
}

func openSettings(t *testing.T, change func(*bell.Config)) settingsDesk {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&kit.Theme{Appearance: kit.Light, Still: true})
	d := settingsDesk{work: &uitest.Queue{}, signIn: &signIn{}, screen: &screen{tray: true}}
	var bell *bell.Bell
	bell, d.db, d.vault = uitest.EmptyBell(t, change)
	d.UI, _ = offlineUI(Config{App: app, Bell: bell, Now: nowThen, Log: slog.New(slog.DiscardHandler), Desktop: d.screen, Login: d.signIn}, d.work.Post)
	t.Cleanup(d.window.Close)
	d.window.Resize(windowSize)
	d.Show()
	d.showSettings()
	d.work.All(t)
	return d
}
