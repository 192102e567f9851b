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
	u.saver = &saver{post: u.post, bell: u.bell}
	do := settingsActions{
		change: func(edit func(*core.Settings), done func(error)) { u.saver.change(edit, u.saved(done)) },
		changeSecrets: func(edit func(*core.Secrets), done func(error)) {
			u.saver.changeSecrets(edit, u.saved(done))
		},
		saveKey:    u.saveKey,
		register:   func(done func(error)) { u.saver.register(u.saved(done)) },
		unregister: func(done func(error)) { u.saver.do(u.bell.Unregister, u.saved(done)) },
		reconnect:  u.bell.Reconnect,
		test:       u.sendTest,
		check:      u.checkHealth,
		unlock:     u.askPassphrase,
		protect:    u.choosePassphrase,
		toKeychain: func(done func(error)) {
			u.saver.do(func(ctx context.Context) error {
				return u.bell.MoveSecrets(ctx, core.VaultKeychain, core.Secret{})
			}, u.saved(done))
		},
		showKeys:    func() { u.settings.open(dataTab) },
		whyKeptOut:  u.whyKeptOut,
		copy:        u.app.Clipboard().SetContent,
		copyAddress: u.copyAddress,
		ask:         func(q frame.Question) { frame.Ask(u.window.Canvas(), q) },
		openFolder:  u.openFolder,
		importNames: func() { u.openNamesImport() },
		exportNames: u.saveNames,
		notify:      func() { u.notifier.ring(core.Ring{Event: &sampleEvent, Count: 1}) },
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
		Answer: func() { u.saver.register(u.saved(nil)) },
	})
}

// saveKey keeps an API key that AppFolio does not refuse.
func (u *UI) saveKey(key core.Secret, done func(error)) {
	u.checkKey(key, func(err error) {
		if err != nil {
			done(err)
			return
		}
		u.saver.changeSecrets(func(s *core.Secrets) { s.APIKey = key }, u.saved(done))
	})
}

// sendTest sends a test event the whole way round.
func (u *UI) sendTest(done func(time.Duration, error)) {
	frame.Background(u.post, u.bell.SendTest, done)
}

// checkHealth looks at every part of the way.
func (u *UI) checkHealth(done func(core.Report)) {
	frame.Background(u.post, func(ctx context.Context) (core.Report, error) { return u.bell.Check(ctx), nil },
		func(r core.Report, _ error) { done(r) })
}

// saved shows what has been saved, after done.
func (u *UI) saved(done func(error)) func(error) {
	return func(err error) {
		if done == nil {
			u.report("save", err)
		} else {
			done(err)
		}
		u.applyLook()
		u.showStatus(u.bell.Status())
	}
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

// pause keeps the bell quiet for a time; everything is still kept.
func (u *UI) pause(p pauseFor) { u.muteUntil(p.until(u.now())) }

func (u *UI) resume() { u.muteUntil(time.Time{}) }

// togglePause pauses the bell until it is resumed, or resumes it.
func (u *UI) togglePause() {
	if u.status.Muted(u.now()) {
		u.resume()
	} else {
		u.pause(pauseOpen)
	}
}

func (u *UI) muteUntil(end time.Time) {
	u.saver.change(func(s *core.Settings) { s.MutedUntil = end }, u.saved(nil))
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
