package ui

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/ui/exports"
	"rentbell/ui/frame"
	"rentbell/ui/settings"
	"rentbell/ui/words"
)

// pause pauses the bell. Deliveries are still stored.
func (u *UI) pause(p words.Pause) { u.muteUntil(p.Until(u.now())) }

func (u *UI) resume() { u.muteUntil(time.Time{}) }

// togglePause resumes a paused bell, or pauses it until it is resumed.
func (u *UI) togglePause() {
	if u.status.Muted(u.now()) {
		u.resume()
	} else {
		u.pause(words.PauseOpen)
	}
}

func (u *UI) muteUntil(end time.Time) {
	u.saver.Change(func(s *core.Settings) { s.MutedUntil = end }, nil)
}

// makeSettings makes the Settings page and the saver for all settings.
func (u *UI) makeSettings(cfg Config) {
	bell := cfg.settings
	if bell == nil {
		bell = u.bell
	}
	u.saver = &frame.Saver{Post: u.post, Keeper: u.bell, Saved: u.showSaved, Report: u.report}
	u.settings = settings.New(settings.Config{
		Window: u.window, Post: u.post, Chooser: u.chooser, Saver: u.saver, Bell: bell, Now: u.now, Report: u.report, Version: cfg.Version, Dir: cfg.Dir,
		Sounds: u.desktop != nil && u.desktop.Sounds(), Login: u.login, Office: cfg.Office, Host: cfg.Host, Updates: u.makeUpdates(cfg.Updates), ExportDir: exports.Dir,
		Do: settings.Presses{
			Ring: func(r core.Ring) { u.notifier.Ring(r) }, Copy: u.app.Clipboard().SetContent,
			OpenFolder: u.openFolder, OpenPage: u.openPage, Unlock: u.unlock, InMemory: u.askInMemory, Protect: u.choosePassphrase,
			Import: func() { u.importTable("") }, Imported: u.showImported, Export: u.showExport, Restored: u.showRestored,
			CountDown: u.countDown,
		},
	})
}

// showRestored shows the records of a restored backup.
func (u *UI) showRestored() {
	u.feeds.Forget()
	u.showStatus(u.bell.Status())
	u.load(u.shell.open)
}

// showSaved shows the settings after a change.
func (u *UI) showSaved() {
	u.applyLook()
	u.showStatus(u.bell.Status())
}

// showSettings opens the Settings page at what the window gets its events from.
func (u *UI) showSettings() {
	tab := settings.ConnectionTab
	if u.status.Kind == core.KindOffice {
		tab = settings.OfficeTab
	}
	u.settings.Open(tab)
	u.Open(settingsSection)
}

// refreshSettings updates the Settings page if it is visible.
func (u *UI) refreshSettings() {
	if u.shell.open == settingsSection && !u.hidden {
		u.settings.Show(settings.State{
			Status: u.status, Settings: u.bell.Settings(), Secrets: u.bell.Secrets(), Account: u.bell.Account(), Override: u.bell.Override(),
			Names: u.bell.Names(),
		})
	}
}

// openFolder opens a folder in the system's file manager. It runs in the
// background, because that may take long.
func (u *UI) openFolder(dir string) {
	frame.Run(u.post, func(context.Context) error { return u.app.OpenURL(fileURL(dir)) }, func(err error) { u.report("open a folder", err) })
}

// showFile shows a file in the system's file manager, or where that cannot select one, its
// folder.
func (u *UI) showFile(path string) {
	frame.Run(u.post, func(ctx context.Context) error {
		if u.desktop != nil && u.desktop.ShowFile(ctx, path) == nil {
			return nil
		}
		return u.app.OpenURL(fileURL(filepath.Dir(path)))
	}, func(err error) { u.report("show a file", err) })
}

func fileURL(path string) *url.URL {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // "C:/…"
		path = "/" + path
	}
	return &url.URL{Scheme: "file", Path: path}
}
