package ui

import (
	"rentbell/core"
)

// saveSpace keeps a Developer Space account that AppFolio does not refuse, and
// chooses that kind; without one, only the latter.
func (u *UI) saveSpace(id core.Space, secret core.Secret, done func(error)) {
	a, settings := u.bell.Account(), u.bell.Settings()
	a.Kind = core.KindDeveloperSpace
	a.Space.ClientID, a.Space.DeveloperID, a.Secrets.ClientSecret = id.ClientID, id.DeveloperID, secret
	settings.Space = a.Space
	if err := settings.Validate(); err != nil {
		done(err)
		return
	}
	u.asker().Account(a, false, func(err error) {
		if err != nil {
			done(err)
			return
		}
		u.saver.Change(func(s *core.Settings) {
			s.Kind = core.KindDeveloperSpace
			s.Space.ClientID, s.Space.DeveloperID = id.ClientID, id.DeveloperID
		}, func(err error) {
			if err != nil {
				done(err)
				return
			}
			u.saver.ChangeSecrets(func(s *core.Secrets) { s.ClientSecret = secret }, done)
		})
	})
}
