package ui

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// makeSettings makes the Settings page and ties what it asks for to what it does.
func (u *UI) makeSettings(inst installation) {
	u.saver = &frame.Saver{Post: u.post, Keeper: u.bell, Saved: u.showSaved, Report: u.report}
	do := settingsActions{
		change: func(edit func(*core.Settings), done func(error)) { u.saver.Change(edit, done) },
		changeSecrets: func(edit func(*core.Secrets), done func(error)) {
			u.saver.ChangeSecrets(edit, done)
		},
		saveKey:    u.saveKey,
		register:   func(done func(error)) { u.saver.Do(u.bell.Register, done) },
		unregister: func(done func(error)) { u.saver.Do(u.bell.Unregister, done) },
		reconnect:  u.bell.Reconnect,
		test:       func(done func(time.Duration, error)) { frame.Background(u.post, u.bell.SendTest, done) },
		check:      u.checkHealth,
		unlock:     u.askPassphrase,
		protect:    u.choosePassphrase,
		toKeychain: func(done func(error)) {
			u.saver.Do(func(ctx context.Context) error {
				return u.bell.MoveSecrets(ctx, core.VaultKeychain, core.Secret{})
			}, done)
		},
		showKeys:    func() { u.settings.open(dataTab) },
		whyKeptOut:  u.whyKeptOut,
		copy:        u.app.Clipboard().SetContent,
		copyAddress: u.copyAddress,
		ask:         func(q frame.Question) { frame.Ask(u.window.Canvas(), q) },
		openFolder:  u.openFolder,
		importNames: func() { u.openNamesImport() },
		exportNames: u.saveNames,
		notify:      func() { u.notifier.Ring(core.Ring{Event: &sampleEvent, Count: 1}) },
		pause:       u.pause,
		resume:      u.resume,
		data:        u.dataActions(),
		exports:     u.exportsActions(),
	}
	do.spaceActions = u.spaceActions()
	do.sounds = u.desktop != nil && u.desktop.Sounds()
	if u.login != nil {
		do.startsAtLogin, do.startAtLogin = u.startsAtLogin, u.startAtLogin
	}
	u.settings = newSettingsView(u.now, do, inst)
}

// whyKeptOut explains deliveries with a wrong signature: nothing is kept of them
// that could be shown.
func (u *UI) whyKeptOut() {
	if u.status.Kind == core.KindDeveloperSpace {
		u.whyKeptOutOfSpace()
		return
	}
	w := words.Tongue.Error(core.ErrForged)
	frame.Ask(u.window.Canvas(), frame.Question{
		Title: w.Title, Text: w.Text(), Verb: words.Say("Register again"),
		Answer: func() { u.saver.Do(u.bell.Register, nil) },
	})
}

// saveKey keeps an API key that AppFolio does not refuse.
func (u *UI) saveKey(key core.Secret, done func(error)) {
	u.asker().Key(key, func(err error) {
		if err != nil {
			done(err)
			return
		}
		u.saver.ChangeSecrets(func(s *core.Secrets) { s.APIKey = key }, done)
	})
}

// checkHealth looks at every part of the way.
func (u *UI) checkHealth(done func(core.Report)) {
	frame.Background(u.post, func(ctx context.Context) (core.Report, error) { return u.bell.Check(ctx), nil },
		func(r core.Report, _ error) { done(r) })
}

// showSettings brings the Settings page to the front, at what connects.
func (u *UI) showSettings() {
	u.settings.open(connectionTab)
	u.Open(settingsSection)
}

// refreshSettings shows how things stand, if somebody is looking.
func (u *UI) refreshSettings() {
	if u.shell.open == settingsSection && !u.hidden {
		u.settings.show(settingsPage{
			status: u.status, settings: u.bell.Settings(), secrets: u.bell.Secrets(), account: u.bell.Account(), override: u.bell.Override(),
			names: u.bell.Names(),
		})
	}
}

// openFolder shows a folder in the system's own way, which may take its time.
func (u *UI) openFolder(dir string) {
	frame.Background(u.post, func(context.Context) (struct{}, error) { return struct{}{}, u.app.OpenURL(fileURL(dir)) },
		func(_ struct{}, err error) { u.report("open a folder", err) })
}

func fileURL(path string) *url.URL {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // "C:/…"
		path = "/" + path
	}
	return &url.URL{Scheme: "file", Path: path}
}
