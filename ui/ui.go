// Package ui is Rentbell's user interface: the window with its pages, the tray
// and the notifications. It shows values of package core in widgets of ui/kit
// and turns what the user does into calls of package bell.
//
// UI knows the bell; ui/feeds, ui/settings and the other packages have the
// pages, which get values to show and call back. Everything runs on Fyne's main
// goroutine, except in mailbox.go and ui/frame/post.go, which hold all that
// crosses goroutines. Text from outside is never parsed as markup. An error's
// own text is never shown: ui/explain has texts for users.
package ui

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/names"
	"rentbell/ui/chooser"
	"rentbell/ui/explain"
	"rentbell/ui/feeds"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/notify"
	"rentbell/ui/settings"
	"rentbell/ui/words"
)

// Config is what a UI needs.
type Config struct {
	App  fyne.App
	Bell *bell.Bell
	Now  func() time.Time // in the user's time zone; nil: time.Now
	Log  *slog.Logger
	Quit func() // quits the app: ends the UI's ctx, then Fyne's loop

	Version string
	Dir     string  // data directory
	Desktop Desktop // shows notifications that can be pressed; nil: Fyne shows them
	// TrayPixels is the width in which Windows loads the tray's icon; 0: not known.
	TrayPixels int

	Office   Office         // joins an office; nil: not possible
	Host     string         // the name of this computer
	Login    Login          // starts Rentbell at sign-in; nil: not possible
	Updates  *Updates       // finds newer versions; nil: not possible
	Files    chooser.System // the system's file dialogs; nil: use dialogs inside the window
	settings settings.Bell  // Bell of the Settings page, for tests; nil: Bell
	Explore  func() error   // opens another Rentbell with sample data and returns when it is closed
}

// UI is the window, the tray and the notifications for one bell.
type UI struct {
	services
	display
	visibility
	trayParts

	status   core.Status
	feeds    *feeds.Pages
	settings *settings.View
	chooser  *chooser.Chooser
	saver    *frame.Saver
	notifier *notify.Notifier
	names    *names.Table // the names on screen
}

// New makes the window and fills it without showing it. ctx ends the UI's
// background work. It has to end before Fyne's loop does: afterwards Fyne would
// run functions meant for the main goroutine on other goroutines.
func New(ctx context.Context, cfg Config) *UI {
	cfg.App.Settings().SetTheme(themeOf(cfg.Bell.Settings().Look))
	u := newUI(cfg, frame.NewPoster(ctx, fyne.Do))
	u.after = afterOnMain(ctx)
	mail := &mailbox{}
	stop := mail.watch(ctx, u.bell, u.changed)
	context.AfterFunc(ctx, stop)
	everyMinute(ctx, u.tick)
	u.app.Lifecycle().SetOnExitedForeground(until(ctx, u.lostFocus))
	u.app.Lifecycle().SetOnEnteredForeground(until(ctx, u.gotFocus))
	u.welcomeUndecided = true
	u.startWelcome()
	return u
}

// newUI makes the UI. Tests give it a poster that runs work at once.
func newUI(cfg Config, post frame.Poster) *UI {
	u := &UI{services: services{app: cfg.App, bell: cfg.Bell, now: cfg.Now, log: cfg.Log, sample: cfg.Explore, office: cfg.Office, host: cfg.Host, desktop: cfg.Desktop, login: cfg.Login, post: post}, visibility: visibility{hidden: true}}
	u.look = u.bell.Settings().Look
	u.quit = func() { u.keepSize(); cfg.Quit() }
	if u.now == nil {
		u.now = time.Now
	}
	u.makePages()
	u.makeNotifier()
	u.window = u.app.NewWindow(windowTitle(u.bell.Status().Sample))
	u.makeChooser(cfg.Files)
	u.makeSettings(cfg)
	u.card = newConnectionCard(u.showSettings, u.copyAddress)
	nav := newNavigation(u.Open, u.card)
	u.shell = newShell(nav, u.pages(), u.setSingle)
	u.window.SetIcon(assets.AppIcon256)
	u.window.SetPadded(false)
	u.window.SetOnDropped(u.dropped)
	u.window.SetContent(u.shell.object)
	u.window.Resize(keptSize(u.app.Preferences()))
	u.addKeys()
	u.names = u.bell.Names()
	u.showStatus(u.bell.Status())
	u.makeTray(cfg.TrayPixels)
	return u
}

// windowTitle returns the window's title. Two windows may be open, so the one
// with sample data says so.
func windowTitle(sample bool) string {
	if sample {
		return words.Say("Rentbell: sample data")
	}
	return "Rentbell"
}

// makeChooser makes the file dialogs. The preferences keep their last folders.
func (u *UI) makeChooser(system chooser.System) {
	kept := u.app.Preferences()
	u.chooser = chooser.New(chooser.Config{
		Window: u.window, Post: u.post, System: system, Report: u.report,
		Kept: func(about string) string { return kept.String("folder." + about) },
		Keep: func(about, dir string) { kept.SetString("folder."+about, dir) },
	})
}

// makePages makes the pages with AppFolio's records.
func (u *UI) makePages() {
	u.feeds = feeds.New(feeds.Config{
		Bell: u.bell, Now: u.now, Post: u.post, Report: u.report,
		Canvas: func() fyne.Canvas { return u.window.Canvas() },
		After: func(d time.Duration, do func()) {
			if u.after != nil {
				u.after(d, do)
			}
		},
		Do: feeds.Actions{
			Open: u.Open, Settings: u.showSettings, Export: u.showExport, SeeAway: u.seeAway,
			Handled: u.markHandled, Renew: u.renew, Copy: u.app.Clipboard().SetContent, Name: u.askName, Import: u.importTable,
			MonthSheet: u.showMonth, Calendar: u.saveCalendar,
		},
	})
}

func (u *UI) pages() [sections]*frame.Page {
	all := [sections]*frame.Page{settingsSection: u.settings.Page}
	for s := range settingsSection {
		all[s] = u.feeds.Page(s)
	}
	return all
}

func (u *UI) setSingle(single bool) {
	u.feeds.SetSingle(single)
	u.settings.Page.SetSingle(single)
}

// Show brings the window to the front and updates it. Call it on the main
// goroutine.
func (u *UI) Show() {
	u.hidden = false
	u.gotFocus()
	u.showStatus(u.status)
	u.load(u.shell.open)
	u.window.Show()
	u.window.RequestFocus()
	u.askOnce()
}

// Hide hides the window. Rentbell keeps listening.
func (u *UI) Hide() {
	u.keepSize()
	u.lostFocus()
	u.hidden = true
	u.settings.Leave()
	u.window.Hide()
}

// Open opens a section.
func (u *UI) Open(to section) {
	u.feeds.Forget()
	u.shell.show(to)
	if to != settingsSection {
		u.settings.Leave()
	}
	u.showStatus(u.status)
	u.load(to)
}

// load reads a section's page again and shows it. It does nothing while the
// window is hidden; Show loads the page then.
func (u *UI) load(s section) {
	if !u.hidden {
		u.feeds.Load(s)
	}
}

// changed shows changes. The mailbox calls it at most once in a frameTime.
func (u *UI) changed(c core.Change, rings []core.Ring) {
	for _, r := range rings {
		u.notifier.Ring(r)
	}
	u.feeds.Arrived(c.Fresh)
	if u.inView() {
		u.bell.See()
		c.Status.Unread = 0
	}
	u.showStatus(c.Status)
	u.startWelcome()
	u.refreshTray(c.Fresh)
	u.load(u.shell.open)
	if !u.hidden {
		u.feeds.News(u.shell.open, c.Fresh)
	}
	u.showNames()
}

// tick updates texts that depend on the time.
func (u *UI) tick() {
	u.refreshTray(nil)
	u.remindLocked()
	u.lookForUpdates()
	if !u.hidden {
		u.showStatus(u.status)
		u.load(u.shell.open)
	}
}

// showStatus updates everything outside the lists. If the window is hidden, it
// only records the status.
func (u *UI) showStatus(s core.Status) {
	u.status = s
	u.feeds.SetStatus(s)
	if u.hidden {
		return
	}
	now := u.now()
	u.card.show(describeConnection(s, now))
	u.shell.nav.show(u.shell.open, navCounts{s.Summary.OpenWorkOrders, s.Attention()})
	if p := u.shell.page(); p != nil {
		w, wrong := words.Tongue.Status(s, now)
		if !wrong || u.shell.open == settingsSection { // the health check on that page says the same
			w = explain.Words{}
		}
		p.SetBanner(w, u.bannerActions(s)...)
		if u.shell.open == overviewSection {
			u.feeds.ShowAway()
		}
	}
	u.refreshSettings()
	u.refreshWelcome()
	u.countDown()
}

// countDown calls showStatus every second while a visible window says "Trying
// again in 12 seconds", or as often as a page needs it.
func (u *UI) countDown() {
	wait := u.countsEvery()
	if u.counting || u.after == nil || u.hidden || wait == 0 {
		return
	}
	u.counting = true
	u.after(wait, func() {
		u.counting = false
		u.showStatus(u.status)
	})
}

// countsEvery is how often what the window says changes by itself; 0: every minute will do.
func (u *UI) countsEvery() time.Duration {
	now, s := u.now(), u.status
	switch {
	case s.Connection == core.Unreachable && s.RetryAt.After(now), s.Kind == core.KindOffice && s.Office.Retry.After(now):
		return time.Second
	case u.shell.open == settingsSection:
		return u.settings.Counts()
	}
	return 0
}

// seeAway removes the notice of deliveries that were missed.
func (u *UI) seeAway() {
	frame.Run(u.post, func(context.Context) error { return u.bell.SeeAway() }, func(err error) {
		u.report("close the notice", err)
		u.showStatus(u.bell.Status())
	})
}

// bannerActions returns the buttons for a problem. The last is the remedy.
func (u *UI) bannerActions(s core.Status) []kit.BannerAction {
	settings := kit.BannerAction{Text: words.Say("Open settings"), OnTap: u.showSettings}
	again := kit.BannerAction{Text: words.Say("Try now"), Icon: assets.Refresh, OnTap: u.bell.Reconnect}
	switch {
	case s.Storage != nil:
		return nil
	case !s.Kind.Delivered():
		return []kit.BannerAction{settings}
	case s.Connection == core.ConnectionOff && s.KeysLocked():
		unlock := []kit.BannerAction{{Text: words.Say("Unlock"), Icon: assets.Key, OnTap: u.unlock}}
		if needsPassphrase(s) {
			return unlock
		}
		return append([]kit.BannerAction{{Text: words.Say("Keep keys in memory"), OnTap: u.askInMemory}}, unlock...)
	case s.Connection == core.ConnectionRefused:
		return []kit.BannerAction{again, settings}
	case s.Connection != core.Unreachable && s.Choices != nil:
		return []kit.BannerAction{settings}
	}
	return []kit.BannerAction{settings, again}
}

func (u *UI) copyAddress() { u.app.Clipboard().SetContent(u.status.Address) }

// renew has the open page and its pane read again.
func (u *UI) renew() {
	u.load(u.shell.open)
	if !u.hidden {
		u.feeds.RenewPane(u.shell.open)
	}
}

// markHandled takes concerns off their list, together with those that are alike.
func (u *UI) markHandled(concerns []uint64) {
	frame.Run(u.post, func(context.Context) (err error) {
		if err = u.bell.MarkHandled(concerns...); errors.Is(err, core.ErrNotFound) {
			return nil // somebody else was quicker
		}
		return err
	}, func(err error) {
		u.report("mark a concern handled", err)
		u.load(u.shell.open)
	})
}
