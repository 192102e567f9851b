package settings

import (
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// saveAccount keeps a part of the account that AppFolio does not refuse.
func (w *tasks) saveAccount(part accountPart, text string, done func(error)) {
	a, settings := w.Bell.Account(), w.Bell.Settings()
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
		w.connectSpace(done)
	}
	w.asker().Account(a, part.reports, func(err error) {
		switch {
		case err != nil:
			done(err)
		case part.secret != nil:
			w.Saver.ChangeSecrets(func(s *core.Secrets) { part.put(text, &core.Space{}, s) }, saved)
		default:
			w.Saver.Change(func(s *core.Settings) { part.put(text, &s.Space, &core.Secrets{}) }, saved)
		}
	})
}

// connectSpace goes over to Developer Space once its account is whole.
func (w *tasks) connectSpace(done func(error)) {
	if !frame.Whole(w.Bell.Account()) || w.Bell.Settings().Kind == core.KindDeveloperSpace || w.Bell.Override().Kind != "" {
		done(nil)
		return
	}
	w.Saver.Change(func(s *core.Settings) { s.Kind = core.KindDeveloperSpace }, done)
}

// forgetAccount takes away what is kept of the account.
func (w *tasks) forgetAccount(done func(error)) {
	w.Saver.ChangeSecrets(func(s *core.Secrets) {
		s.ClientSecret, s.ReportsSecret = core.Secret{}, core.Secret{}
	}, func(err error) {
		if err != nil {
			done(err)
			return
		}
		w.Saver.Change(func(s *core.Settings) { s.Space = core.Space{ReportsURL: s.Space.ReportsURL} }, done)
	})
}

// whyKeptOutOfSpace is whyKeptOut where AppFolio's own key signs, and no secret
// of the user's.
func (w *tasks) whyKeptOutOfSpace() {
	w.ask(frame.Question{
		Title:  words.Say("Somebody else sent this"),
		Text:   words.Say("AppFolio had not signed it, so it was kept out of your records. If you expected something, press Send Test Event on AppFolio's page and see whether that arrives."),
		Verb:   words.Say("Open AppFolio's page"),
		Answer: func() { w.Do.OpenPage(frame.AppFolioPage(w.Bell.Account().Space.Company)) },
	})
}
