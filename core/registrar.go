package core

import (
	"context"
	"errors"
	"slices"
	"time"
)

// registrar is the state of the registering goroutine.
type registrar struct {
	bell    *Bell
	wait    backoff
	retryAt time.Time     // zero: wait for a change
	rest    time.Duration // until retryAt, when that was set
	tried   Subscription  // what the last attempt asked for
	refused bool          // and whether the vendor's no was final
	recent  []time.Time   // the attempts of the last minute
}

// mostAttempts a minute go out, whatever is pressed or changes: more would have
// AppFolio lock us out.
const (
	mostAttempts = 10
	attemptsIn   = time.Minute
)

// step acts once on the difference between what is wanted and what is registered.
func (k *registrar) step(ctx context.Context) {
	b := k.bell
	if now := b.now(); k.retryAt.Sub(now) > k.rest { // the clock was put back
		k.retryAt = now.Add(k.rest)
	}
	want, wanted := b.wantedSubscription()
	if !wanted {
		k.retryAt = time.Time{}
		return
	}
	pressed := b.takePressed()
	if !pressed {
		done, err := b.isRegistered(want)
		if err != nil {
			b.log.Error("registration could not be looked up", "err", err)
		}
		if done || err != nil {
			k.retryAt = time.Time{}
			k.takeBack(ctx, want)
			return
		}
		if want == k.tried && (k.refused || b.now().Before(k.retryAt)) {
			return
		}
	}
	if want != k.tried {
		k.wait.reset()
	}
	if free := k.rateLimit(b.now()); !free.IsZero() {
		k.retryAt, k.rest = free, attemptsIn
		if pressed { // not forgotten
			b.press()
		}
		return
	}
	k.attempt(ctx, want)
}

// rateLimit notes an attempt, or returns when there is room for the next one.
func (k *registrar) rateLimit(now time.Time) (free time.Time) {
	k.recent = slices.DeleteFunc(k.recent, func(at time.Time) bool { return passed(now, at, attemptsIn) })
	if len(k.recent) >= mostAttempts {
		return k.recent[0].Add(attemptsIn)
	}
	k.recent = append(k.recent, now)
	return time.Time{}
}

// attempt registers once and notes what came of it.
func (k *registrar) attempt(ctx context.Context, want Subscription) {
	b := k.bell
	k.tried, k.refused, k.retryAt = want, false, time.Time{}
	status := b.Status().Registration
	status.Progress, status.Address, status.Problem, status.RetryAt = Registering, want.Address, nil, time.Time{}
	b.registrationStatus(status)

	err := k.register(ctx, want)
	problem := new(SubscribeError)
	switch {
	case ctx.Err() != nil:
		return
	case err == nil:
		k.wait.reset()
		b.log.Info("webhook registered", "address", want.Address)
		k.takeBack(ctx, want)
		return
	case errors.As(err, &problem) && !problem.Temporary():
		k.refused = true
		b.log.Error("registration declined", "err", err, "status", problem.Status, "appfolio_says", problem.Message)
		status.Progress, status.Problem = Declined, err
		b.registrationStatus(status)
		return
	}
	d := k.retryLater(problem.RetryAfter)
	b.log.Warn("registration not accepted; trying again", "err", err, "in", d.Round(time.Millisecond))
	status.Progress, status.Problem, status.RetryAt = Retrying, err, k.retryAt
	b.registrationStatus(status)
}

func (k *registrar) retryLater(asked time.Duration) time.Duration {
	d := max(k.wait.next(), asked)
	k.retryAt, k.rest = k.bell.now().Add(d), d
	return d
}

// register tells AppFolio the address, and remembers that and what it replaces.
// The new registration comes first and the old ones go after it: deliveries may
// come twice in between, but none is lost.
func (k *registrar) register(ctx context.Context, want Subscription) error {
	b := k.bell
	last, err := b.cfg.Store.Registration()
	if err != nil {
		return err
	}
	before, err := b.listed(ctx, want)
	if err != nil {
		return err
	}
	id, err := b.cfg.Source.Subscribe(ctx, want)
	if err != nil {
		return err
	}
	stale := replaced(want, last, id, before)
	if id == "" && len(stale) > 0 {
		stale = b.withoutReused(ctx, want, stale, last, before)
	}
	return b.rememberRegistration(want, id, stale)
}
