package keychain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"

	"rentbell/core"
)

// errBroke: a call panicked.
var errBroke = errors.New("its client broke")

// bounded calls ask, which may hang for ever: a locked keychain asks its user
// for a password and go-keyring waits without a limit. After limit bounded
// returns context.DeadlineExceeded, and ask goes on alone; until it ends, later
// calls wait for their turn, so that an old Save cannot undo a newer one.
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
	answers := make(chan answer, 1) // capacity 1: the caller may have given up
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
// goes away while the keychain asks its user, as at log-out (it reads a signal
// from the closed channel), and on answers of an unexpected type.
func guarded[T any](ask func() (T, error)) (value T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %T", errBroke, r) // not its text: it is anybody's
		}
	}()
	return ask()
}

// noVault is the error of a keychain that is not there.
func noVault(why error) error { return fmt.Errorf("%w: %w", core.ErrNoVault, why) }

// unanswered takes a keychain that did not answer for none.
func unanswered(err error) error {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errBroke) {
		return noVault(err)
	}
	return err
}

// refusal is the error of a keychain that is there. Its words are its own: they
// might repeat what it was given.
func refusal(err error, s core.Secrets) error {
	if errors.Is(err, keyring.ErrUnsupportedPlatform) {
		return noVault(err)
	}
	return errors.New("keychain refused: " + s.Scrub(err.Error()))
}
