package frame

import (
	"cmp"
	"context"
	"errors"

	"rentbell/core"
)

// Asker asks AppFolio whether it accepts credentials that the user has entered.
// It reports an error only if AppFolio refuses them, or if they cannot be
// right. If AppFolio cannot be reached, or answers that the trouble is its own,
// they may be right, and the next use will show.
type Asker struct {
	Post Poster
	Bell interface {
		Settings() core.Settings
		CheckKey(ctx context.Context, key core.Secret) (known bool, err error)
		TryAccount(ctx context.Context, a core.Account) (records, receipts error)
	}
}

// Key checks an API key. It calls done on the main goroutine; an empty key has
// no error.
func (a Asker) Key(key core.Secret, done func(error)) {
	if key.IsZero() {
		done(nil)
		return
	}
	if err := key.Check(); err != nil {
		done(err)
		return
	}
	Background(a.Post, func(ctx context.Context) (bool, error) { return a.Bell.CheckKey(ctx, key) }, func(_ bool, err error) {
		refusal := new(core.SubscribeError)
		if errors.As(err, &refusal) && refusal.Temporary() {
			err = nil
		}
		done(err)
	})
}

// Account checks the Reports API of a Developer Space account, or with reports
// false the rest of the account. It calls done on the main goroutine. An id
// that cannot be one is an error, and AppFolio is not asked. An account that is
// not filled in far enough to be asked about has no error.
func (a Asker) Account(account core.Account, reports bool, done func(error)) {
	account.Kind = core.KindDeveloperSpace
	settings := a.Bell.Settings()
	settings.Space = account.Space
	if err := settings.Validate(); err != nil {
		done(err)
		return
	}
	ready := Whole(account)
	if reports {
		ready = account.Space.Receipts() && !account.Secrets.ReportsSecret.IsZero()
	}
	if !ready {
		done(nil)
		return
	}
	if err := cmp.Or(account.Secrets.ClientSecret.Check(), account.Secrets.ReportsSecret.Check()); err != nil {
		done(err)
		return
	}
	Run(a.Post, func(ctx context.Context) error {
		records, receipts := a.Bell.TryAccount(ctx, account)
		if reports {
			return receipts
		}
		return records
	}, func(err error) {
		refusal := new(core.Refused)
		if errors.As(err, &refusal) && refusal.Temporary() {
			err = nil
		}
		done(err)
	})
}

// Whole reports whether an account has all that AppFolio needs to return
// records of a Developer Space.
func Whole(a core.Account) bool {
	return a.Space.ClientID != "" && a.Space.DeveloperID != "" && !a.Secrets.ClientSecret.IsZero()
}

// After returns a callback that calls next if there is no error, and otherwise
// done with the error.
func After(done func(error), next func()) func(error) {
	return func(err error) {
		if err != nil {
			done(err)
			return
		}
		next()
	}
}
