package ui

import (
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

func (u *UI) spaceActions() spaceActions {
	return spaceActions{saveAccount: u.saveAccount, forgetAccount: u.forgetAccount, readNow: u.bell.ReadNow, openPage: u.openPage}
}

// saveAccount keeps a part of the account that AppFolio does not refuse.
func (u *UI) saveAccount(part accountPart, text string, done func(error)) {
	a, settings := u.bell.Account(), u.bell.Settings()
	a.Kind = core.KindDeveloperSpace
	part.put(text, &a.Space, &a.Secrets)
	settings.Space = a.Space
	if err := settings.Validate(); err != nil {
		done(err)
		return
	}
	saved := func(err error) {
		if err != nil {
			done(err)
			return
		}
		u.connectSpace(done)
	}
	u.asker().Account(a, part.reports, func(err error) {
		switch {
		case err != nil:
			done(err)
		case part.secret != nil:
			u.saver.ChangeSecrets(func(s *core.Secrets) { part.put(text, &core.Space{}, s) }, saved)
		default:
			u.saver.Change(func(s *core.Settings) { part.put(text, &s.Space, &core.Secrets{}) }, saved)
		}
	})
}

// connectSpace goes over to Developer Space once its account is whole.
func (u *UI) connectSpace(done func(error)) {
	if !frame.Whole(u.bell.Account()) || u.bell.Settings().Kind == core.KindDeveloperSpace || u.bell.Override().Kind != "" {
		done(nil)
		return
	}
	u.saver.Change(func(s *core.Settings) { s.Kind = core.KindDeveloperSpace }, done)
}

// forgetAccount takes away what is kept of the account.
func (u *UI) forgetAccount(done func(error)) {
	u.saver.ChangeSecrets(func(s *core.Secrets) {
		s.ClientSecret, s.ReportsSecret = core.Secret{}, core.Secret{}
	}, func(err error) {
		if err != nil {
			done(err)
			return
		}
		u.saver.Change(func(s *core.Settings) { s.Space = core.Space{ReportsURL: s.Space.ReportsURL} }, done)
	})
}

// whyKeptOutOfSpace is whyKeptOut where AppFolio's own key signs, and no secret
// of the user's.
func (u *UI) whyKeptOutOfSpace() {
	frame.Ask(u.window.Canvas(), frame.Question{
		Title:  words.Say("Somebody else sent this"),
		Text:   words.Say("AppFolio had not signed it, so it was kept out of your records. If you expected something, press Send Test Event on AppFolio's page and see whether that arrives."),
		Verb:   words.Say("Open AppFolio's page"),
		Answer: func() { u.openPage(frame.AppFolioPage(u.bell.Account().Space.Company)) },
	})
}
