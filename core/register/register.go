// Package register keeps the public address registered with AppFolio. One loop
// compares what is wanted with what is registered and acts on the difference, so it
// is right after a crash, a new address or a missed nudge. It also retires a webhook
// secret that was replaced.
package register

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"rentbell/core"
	"rentbell/core/board"
)

// Keeper keeps the public address registered with AppFolio: it compares what is
// wanted with what is registered, whenever either may have changed, and acts on
// the difference. It also retires a webhook secret that was replaced.
type Keeper struct {
	source  core.Registrar
	store   Store
	choices *board.Choices
	board   *board.Board
	log     *slog.Logger
	now     func() time.Time

	wake        board.Signal
	pressed     atomic.Bool // the user asked for a registration, and has not got it yet
	changedOver atomic.Bool // a delivery has come under a new webhook secret

	proved     atomic.Pointer[core.Secret] // the webhook secret of the last authentic delivery; nil: none has come
	remembered core.Secret                 // the one that is known to be saved; of the registering goroutine

	attempts attempts
}

// Store is the part of a Store that remembers what AppFolio was told.
type Store interface {
	Registration() (core.Registration, error)
	SaveRegistration(core.Registration) error
}

// attempts is what the goroutine of Run knows of its attempts.
type attempts struct {
	wait    core.Backoff
	retryAt time.Time         // zero: wait for a change
	rest    time.Duration     // until retryAt, when that was set
	tried   core.Subscription // what the last attempt asked for
	refused bool              // and whether AppFolio's no was final
	recent  []time.Time       // the attempts of the last minute
}

// The waits between attempts, and how many go out at most, whatever is pressed or
// changes: more would have AppFolio lock us out.
const (
	registerFirst = time.Second
	registerMost  = 5 * time.Minute
	mostAttempts  = 10
	attemptsIn    = time.Minute
)

// Config is what a Keeper is made of.
type Config struct {
	Source  core.Registrar
	Store   Store
	Choices *board.Choices
	Board   *board.Board
	Log     *slog.Logger
	Now     func() time.Time
}

// New makes a Keeper. It shows in the status what was registered last.
func New(c Config) (*Keeper, error) {
	last, err := c.Store.Registration()
	if err != nil {
		return nil, fmt.Errorf("load registration: %w", err)
	}
	k := &Keeper{
		source: c.Source, store: c.Store, choices: c.Choices, board: c.Board, log: c.Log, now: c.Now,
		wake: board.NewSignal(), attempts: attempts{wait: core.Backoff{First: registerFirst, Most: registerMost}},
	}
	k.board.Note(func(s *core.Status) { s.Registration = core.RegistrationStatus{Address: last.Address, At: last.At} })
	k.choices.Follow(k.wake)
	return k, nil
}

// Opened says that there is a public address, which may be a new one. It does not
// wait.
func (k *Keeper) Opened() { k.wake.Nudge() }

// Register registers the public address now, whatever was tried before, and
// keeps it registered from then on. It writes the setting to disk: not for the
// UI goroutine. What comes of it shows in Status.
func (k *Keeper) Register(ctx context.Context) error {
	k.pressed.Store(true)
	return k.choices.Change(ctx, func(s *core.Settings) { s.Register = true })
}

// CheckKey asks AppFolio whether it accepts an API key, without registering
// anything. known is false where AppFolio does not tell. Errors are
// *SubscribeError: 401 and 403 say that it does not.
func (k *Keeper) CheckKey(ctx context.Context, key core.Secret) (known bool, err error) {
	ask := k.choices.Subscription()
	ask.Secrets.APIKey = key
	_, err = k.source.Subscriptions(ctx, ask)
	if errors.Is(err, core.ErrNoList) {
		return false, nil
	}
	return err == nil, err
}

// Run keeps the address registered until ctx ends.
func (k *Keeper) Run(ctx context.Context) {
	for ctx.Err() == nil {
		k.rememberProven()
		k.retire(ctx)
		k.step(ctx)
		k.await(ctx)
	}
	k.rememberProven() // what has come in the last moment counts, too
}

// await waits for a change, or until it is time to try again, or for a replaced
// secret to run out.
func (k *Keeper) await(ctx context.Context) {
	due := k.attempts.retryAt
	if r := k.choices.Account().Secrets.Retiring; !r.Secret.IsZero() {
		if over := time.Unix(r.Until, 0); due.IsZero() || over.Before(due) {
			due = over
		}
	}
	var alarm <-chan time.Time // nil, which never rings, when there is nothing to wait for
	if !due.IsZero() {
		timer := time.NewTimer(max(registerFirst/10, due.Sub(k.now())))
		defer timer.Stop()
		alarm = timer.C
	}
	select {
	case <-ctx.Done():
	case <-k.wake:
	case <-alarm:
	}
}

// step acts once on the difference between what is wanted and what is registered.
func (k *Keeper) step(ctx context.Context) {
	a := &k.attempts
	if now := k.now(); a.retryAt.Sub(now) > a.rest { // the clock was put back
		a.retryAt = now.Add(a.rest)
	}
	want, wanted := k.wanted()
	if !wanted {
		a.retryAt = time.Time{}
		return
	}
	pressed := k.pressed.Swap(false)
	if !pressed {
		done, err := k.isRegistered(want)
		if err != nil {
			k.log.Error("registration could not be looked up", "err", err)
		}
		if done || err != nil {
			a.retryAt = time.Time{}
			k.takeBack(ctx, want)
			return
		}
		if want == a.tried && (a.refused || k.now().Before(a.retryAt)) {
			return
		}
	}
	if want != a.tried {
		a.wait.Reset()
	}
	if free := a.admit(k.now()); !free.IsZero() {
		a.retryAt, a.rest = free, attemptsIn
		if pressed { // not forgotten
			k.pressed.Store(true)
		}
		return
	}
	k.attempt(ctx, want)
}

// admit notes an attempt, or returns when there is room for the next one.
func (a *attempts) admit(now time.Time) (free time.Time) {
	a.recent = slices.DeleteFunc(a.recent, func(at time.Time) bool { return core.Passed(now, at, attemptsIn) })
	if len(a.recent) >= mostAttempts {
		return a.recent[0].Add(attemptsIn)
	}
	a.recent = append(a.recent, now)
	return time.Time{}
}

// attempt registers once and notes what came of it.
func (k *Keeper) attempt(ctx context.Context, want core.Subscription) {
	a := &k.attempts
	a.tried, a.refused, a.retryAt = want, false, time.Time{}
	var status core.RegistrationStatus
	k.board.Note(func(s *core.Status) { status = s.Registration })
	status.Progress, status.Address, status.Problem, status.RetryAt = core.Registering, want.Address, nil, time.Time{}
	k.show(status)

	err := k.register(ctx, want)
	problem := new(core.SubscribeError)
	switch {
	case ctx.Err() != nil:
		return
	case err == nil:
		a.wait.Reset()
		k.log.Info("webhook registered", "address", want.Address)
		k.takeBack(ctx, want)
		return
	case errors.As(err, &problem) && !problem.Temporary():
		a.refused = true
		k.log.Error("registration declined", "err", err, "status", problem.Status, "appfolio_says", problem.Message)
		status.Progress, status.Problem = core.Declined, err
		k.show(status)
		return
	}
	d := k.retryLater(problem.RetryAfter)
	k.log.Warn("registration not accepted; trying again", "err", err, "in", d.Round(time.Millisecond))
	status.Progress, status.Problem, status.RetryAt = core.Retrying, err, a.retryAt
	k.show(status)
}

func (k *Keeper) retryLater(asked time.Duration) time.Duration {
	d := max(k.attempts.wait.Next(), asked)
	k.attempts.retryAt, k.attempts.rest = k.now().Add(d), d
	return d
}

// register tells AppFolio the address, and remembers that and what it replaces.
// The new registration comes first and the old ones go after it: deliveries may
// come twice in between, but none is lost.
func (k *Keeper) register(ctx context.Context, want core.Subscription) error {
	last, err := k.store.Registration()
	if err != nil {
		return err
	}
	before, err := k.listed(ctx, want)
	if err != nil {
		return err
	}
	id, err := k.source.Subscribe(ctx, want)
	if err != nil {
		return err
	}
	stale := replaced(want, last, id, before)
	if id == "" && len(stale) > 0 {
		stale = k.withoutReused(ctx, want, stale, last, before)
	}
	return k.remember(want, id, stale)
}
