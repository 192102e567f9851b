package register

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"rentbell/core"
)

// What a registration replaces, and how it is taken back.

// listed returns what AppFolio has; nil where it does not say. Its trouble is no
// reason not to register, which will tell, but for its wish to be left alone:
// that is the only error.
func (k *Keeper) listed(ctx context.Context, want core.Subscription) ([]core.Subscribed, error) {
	all, err := k.source.Subscriptions(ctx, want)
	refused := new(core.SubscribeError)
	if errors.As(err, &refused) && refused.Status == http.StatusTooManyRequests {
		return nil, err
	}
	if err != nil && !errors.Is(err, core.ErrNoList) && ctx.Err() == nil {
		k.log.Debug("registrations could not be listed", "err", err)
	}
	return all, nil
}

// replaced returns the ids of what the new registration id makes superfluous:
// what was there for the same address, and what we registered last.
func replaced(want core.Subscription, last core.Registration, id string, before []core.Subscribed) []string {
	var stale []string
	add := func(old string) {
		if old != "" && old != id && !slices.Contains(stale, old) {
			stale = append(stale, old)
		}
	}
	same := last.Base == want.Base && last.Address != ""
	if same {
		add(last.ID)
		for _, old := range last.Stale {
			add(old)
		}
	}
	for _, s := range before {
		if s.Address == want.Address || same && s.Address == last.Address {
			add(s.ID)
		}
	}
	return stale
}

// withoutReused asks what is listed after a registration whose id nobody told:
// unless there is a new entry for the address, the old one was changed and must
// stay.
func (k *Keeper) withoutReused(ctx context.Context, want core.Subscription, stale []string, last core.Registration, before []core.Subscribed) []string {
	if last.Address == want.Address { // where AppFolio has no list, our own memory is one
		before = append(before, core.Subscribed{ID: last.ID, Address: last.Address})
	}
	old := func(id string) bool {
		return slices.ContainsFunc(before, func(s core.Subscribed) bool { return s.ID == id })
	}
	after, err := k.listed(ctx, want)
	if err != nil {
		after = nil // as good as no list; nothing is taken back on a guess
	}
	for _, s := range after {
		if s.Address == want.Address && !old(s.ID) {
			return stale
		}
	}
	return slices.DeleteFunc(stale, func(id string) bool {
		return slices.ContainsFunc(before, func(s core.Subscribed) bool { return s.ID == id && s.Address == want.Address })
	})
}

// takeBack deletes earlier registrations of ours that a newer one has replaced.
// What AppFolio refuses for good is left: deliveries that come twice are kept once.
func (k *Keeper) takeBack(ctx context.Context, want core.Subscription) {
	last, err := k.store.Registration()
	if err != nil || len(last.Stale) == 0 {
		return
	}
	var left []string
	for _, id := range last.Stale {
		problem := new(core.SubscribeError)
		err := k.source.Unsubscribe(ctx, want, id)
		if errors.As(err, &problem) && problem.Temporary() {
			left = append(left, id)
			k.retryLater(problem.RetryAfter)
		}
		if err != nil && ctx.Err() == nil {
			k.log.Warn("earlier registration could not be taken back", "err", err)
		}
	}
	if ctx.Err() != nil {
		return
	}
	last.Stale = left
	if err := k.store.SaveRegistration(last); err != nil {
		k.log.Error("registration could not be remembered", "err", err)
	}
}

// Unregister takes the registration back and stops wanting one. It waits for
// AppFolio: not for the UI goroutine. ErrNoList: AppFolio cannot be told and goes
// on delivering; other errors are *SubscribeError, or wrap ErrStorage.
func (k *Keeper) Unregister(ctx context.Context) error {
	if err := k.choices.Change(ctx, func(s *core.Settings) { s.Register = false }); err != nil {
		return err
	}
	last, err := k.store.Registration()
	if err != nil || last.Address == "" {
		return err
	}
	from := k.choices.Subscription()
	from.Base, from.Address = last.Base, last.Address
	ids := last.Stale
	if last.ID != "" {
		ids = append(ids, last.ID)
	}
	all, err := k.source.Subscriptions(ctx, from)
	if err != nil && len(ids) == 0 {
		return err
	}
	for _, s := range all {
		if s.Address == last.Address && s.ID != "" && !slices.Contains(ids, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	for _, id := range ids {
		refused := new(core.SubscribeError)
		err := k.source.Unsubscribe(ctx, from, id)
		if errors.As(err, &refused) && (refused.Status == http.StatusMethodNotAllowed || refused.Status == http.StatusNotImplemented) {
			return core.ErrNoList // it has no way to take one back either
		}
		if err != nil {
			return err
		}
	}
	if err := k.store.SaveRegistration(core.Registration{Proven: last.Proven}); err != nil {
		return err
	}
	k.show(core.RegistrationStatus{Progress: core.NotWanted})
	return nil
}
