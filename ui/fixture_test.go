package ui

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	_ "fyne.io/fyne/v2/test" // makes the test app

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/store"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// present is the clock of these tests, in newYork.
var present, newYork = uitest.Present, uitest.NewYork

func TestMain(m *testing.M) { uitest.Main(m) }

// appLooking returns the test app with a theme. Tests share one app where
// possible, because Fyne reads all fonts again for a new app or theme.
func appLooking(th kit.Theme) fyne.App {
	app := fyne.CurrentApp()
	if now, ours := app.Settings().Theme().(*kit.Theme); !ours || *now != th {
		app.Settings().SetTheme(&th)
	}
	return app
}

// seat is a UI over a store, with a test window. Background work runs at once.
type seat struct {
	*UI
	db    *store.DB
	bare  *offline // the Bell of Settings, because tests have no network
	reads *int     // how often work was posted
}

// open returns a seat with a window of a given size, after Show.
func open(t testing.TB, db *store.DB, look kit.Appearance, size fyne.Size) seat {
	t.Helper()
	return openIn(t, db, kit.Theme{Appearance: look, Still: true}, size)
}

// openIn is open with a theme.
func openIn(t testing.TB, db *store.DB, th kit.Theme, size fyne.Size, change ...func(*bell.Config)) seat {
	t.Helper()
	app := appLooking(th)
	c := bell.Config{Store: db, Vault: uitest.NoVault{}, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return present }}
	for _, f := range change {
		f(&c)
	}
	bell, err := bell.New(c)
	if err != nil {
		t.Fatal(err)
	}
	reads, atOnce := new(int), uitest.AtOnce(t)
	post := func(work func(context.Context) func()) func() { *reads++; return atOnce(work) }
	u, o := offlineUI(Config{
		App: app, Bell: bell, Now: func() time.Time { return present }, Log: slog.New(slog.DiscardHandler),
		Version: "0.1.0", Dir: "/home/morgan/.config/rentbell", Desktop: &screen{tray: true}, Login: &signIn{on: true},
	}, post)
	t.Cleanup(u.window.Close)
	u.window.Resize(size)
	u.showStatus(allWell(t, bell))
	u.Show()
	return seat{u, db, o, reads}
}

// allWell returns the status of a bell without problems.
func allWell(t testing.TB, bell *bell.Bell) core.Status {
	t.Helper()
	s := bell.Status()
	var err error
	if s.Summary, err = bell.Summary(); err != nil {
		t.Fatal(err)
	}
	s.Connection, s.Address, s.Since = core.Listening, "https://oakline.ngrok.app", present.Add(-time.Hour)
	s.VaultKind, s.Vault = core.VaultKeychain, nil
	s.Line = core.Line{Plan: "Free", Region: "us", Latency: 41 * time.Millisecond}
	return s
}

// arrive stores an event and reports it to the UI as the bell would.
func (d seat) arrive(t testing.TB, e core.Event) core.Event {
	t.Helper()
	e = uitest.Add(t, d.db, e)
	s := allWell(t, d.bell)
	d.changed(core.Change{Status: s, Fresh: []core.Event{e}}, nil)
	return e
}
