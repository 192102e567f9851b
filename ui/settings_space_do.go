package ui

import (
	"context"
	"errors"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// whole reports whether an account has what AppFolio wants to see before it
// hands out records.
func whole(a core.Account) bool {
	return a.Space.ClientID != "" && a.Space.DeveloperID != "" && !a.Secrets.ClientSecret.IsZero()
}

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
			u.saved(done)(err)
			return
		}
		u.connectSpace(done)
	}
	u.tryAccount(a, part.reports, func(err error) {
		switch {
		case err != nil:
			done(err)
		case part.secret != nil:
			u.saver.changeSecrets(func(s *core.Secrets) { part.put(text, &core.Space{}, s) }, saved)
		default:
			u.saver.change(func(s *core.Settings) { part.put(text, &s.Space, &core.Secrets{}) }, saved)
		}
	})
}

// tryAccount asks AppFolio about an account that has what can be asked about.
// Only a plain no is an error: without an answer the account may be right, and
// reading will tell.
func (u *UI) tryAccount(a core.Account, reports bool, done func(error)) {
	ready := whole(a)
	if reports {
		ready = a.Space.Receipts() && !a.Secrets.ReportsSecret.IsZero()
	}
	if !ready {
		done(nil)
		return
	}
	frame.Background(u.post, func(ctx context.Context) (struct{}, error) {
		records, receipts := u.bell.TryAccount(ctx, a)
		if reports {
			return struct{}{}, receipts
		}
		return struct{}{}, records
	}, func(_ struct{}, err error) {
		refusal := new(core.Refused)
		if errors.As(err, &refusal) && refusal.Temporary() {
			err = nil
		}
		done(err)
	})
}

// connectSpace goes over to Developer Space once its account is whole.
func (u *UI) connectSpace(done func(error)) {
	if !whole(u.bell.Account()) || u.bell.Settings().Kind == core.KindDeveloperSpace || u.bell.Override().Kind != "" {
		u.saved(done)(nil)
		return
	}
	u.saver.change(func(s *core.Settings) { s.Kind = core.KindDeveloperSpace }, u.saved(done))
}

// forgetAccount takes away what is kept of the account.
func (u *UI) forgetAccount(done func(error)) {
	u.saver.changeSecrets(func(s *core.Secrets) {
		s.ClientSecret, s.ReportsSecret = core.Secret{}, core.Secret{}
	}, func(err error) {
		if err != nil {
			u.saved(done)(err)
			return
		}
		u.saver.change(func(s *core.Settings) { s.Space = core.Space{ReportsURL: s.Space.ReportsURL} }, u.saved(done))
	})
}

// whyKeptOutOfSpace is whyKeptOut where AppFolio's own key signs, and no secret
// of the user's.
func (u *UI) whyKeptOutOfSpace() {
	frame.Ask(u.window.Canvas(), frame.Question{
		Title:  words.Say("Somebody else sent this"),
		Text:   words.Say("AppFolio had not signed it, so it was kept out of your records. If you expected something, press Send Test Event on AppFolio's page and see whether that arrives."),
		Verb:   words.Say("Open AppFolio's page"),
		Answer: func() { u.openPage(appFolioPage(u.bell.Account().Space.Company)) },
	})
}
