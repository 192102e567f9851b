package frame

import (
	"cmp"
	"context"
	"errors"

	"rentbell/core"
)

// Asker asks AppFolio whether it accepts what the user has pasted. Only a plain
// no is an error: without an answer it may be right, and the next use will tell.
type Asker struct {
	Post Poster
	Bell interface {
		CheckKey(ctx context.Context, key core.Secret) (known bool, err error)
		TryAccount(ctx context.Context, a core.Account) (records, receipts error)
	}
}

// Key asks about an API key. No key passes.
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

// Account asks about a Developer Space account: about its Reports API, or about
// all else. One that has not yet what AppFolio wants to see passes.
func (a Asker) Account(account core.Account, reports bool, done func(error)) {
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
	Background(a.Post, func(ctx context.Context) (struct{}, error) {
		records, receipts := a.Bell.TryAccount(ctx, account)
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

// Whole reports whether a Developer Space account has what AppFolio wants to see
// before it hands out records.
func Whole(a core.Account) bool {
	return a.Space.ClientID != "" && a.Space.DeveloperID != "" && !a.Secrets.ClientSecret.IsZero()
}
