package keychain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"

	"rentbell/core"
)

// errBroke says that a call of the keychain's client panicked.
var errBroke = errors.New("its client broke")

// bounded calls ask, which may block for ever: a locked keychain asks its user
// for a password, and go-keyring has no time limit. After limit, bounded
// returns context.DeadlineExceeded while ask goes on. Later calls wait until it
// ends, so that an old Save cannot overwrite a newer one.
func bounded[T any](busy chan struct{}, limit time.Duration, ask func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	var none T
	late := time.NewTimer(limit)
	defer late.Stop()
	select {
	case busy <- struct{}{}:
	case <-late.C:
		return none, context.DeadlineExceeded
	}
	answers := make(chan answer, 1) // capacity 1: ask can end after the caller has given up
	go func() {
		defer func() { <-busy }()
		value, err := guarded(ask)
		answers <- answer{value, err}
	}()
	select {
	case a := <-answers:
		return a.value, a.err
	case <-late.C:
		return none, context.DeadlineExceeded
	}
}

// guarded turns a panic into an error. go-keyring panics when the session bus
// closes while the keychain asks its user, as at log-out, because it reads a
// signal from the closed channel. It also panics on answers of an unexpected
// type.
func guarded[T any](ask func() (T, error)) (value T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %T", errBroke, r) // only its type: its text may hold a secret
		}
	}()
	return ask()
}

// noVault wraps the reason why there is no keychain in core.ErrNoVault.
func noVault(why error) error { return fmt.Errorf("%w: %w", core.ErrNoVault, why) }

// unanswered turns the error of a keychain that does not answer into
// core.ErrNoVault.
func unanswered(err error) error {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return stillAsking()
	case errors.Is(err, errBroke):
		return noVault(err)
	}
	return err
}

// stillAsking is the error of a keychain that waits for its user.
func stillAsking() error {
	return noVault(fmt.Errorf("%w: %w", core.ErrKeychainLocked, context.DeadlineExceeded))
}

// refusal returns the error of a keychain that answered with one. It removes
// the secrets from the text, because a keychain may repeat what it was given.
func refusal(err error, s core.Secrets) error {
	if errors.Is(err, keyring.ErrUnsupportedPlatform) {
		return noVault(err)
	}
	return errors.New("keychain refused: " + s.Scrub(err.Error()))
}
