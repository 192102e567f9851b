package keychain

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"rentbell/core"
)

// service is the service name of all of Rentbell's items in the keychain.
const service = "Rentbell"

// maxSecret is below the smallest limit of an item, which is 2,560 bytes on
// Windows, and leaves room for the time beside a secret. The secrets of
// AppFolio and ngrok have about 100 bytes.
const maxSecret = 2048

// system keeps the secrets in the operating system's keychain.
type system struct {
	profile string
	busy    chan struct{} // capacity 1: one call at a time, even when one blocks

	mu      sync.Mutex
	refused bool               // the user did not unlock the keychain; he is not asked again by itself
	giveUp  context.CancelFunc // ends the question that is open; nil: there is none
}

// askAgain forgets what the user said, and takes back the question that is open.
func (k *system) askAgain() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refused = false
	if k.giveUp != nil {
		k.giveUp()
	}
}

// open reports why secrets cannot be reached, or unlocks the keychain, which may
// take as long as its user likes.
func (k *system) open() error {
	asking, giveUp := context.WithCancel(context.Background()) // bounded gives up waiting, and the question goes on
	defer giveUp()
	k.mu.Lock()
	ask := !k.refused
	k.giveUp = giveUp
	k.mu.Unlock()
	err := reachable(asking, ask)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.giveUp = nil
	if asking.Err() != nil { // askAgain has asked for another question
		return core.ErrKeychainLocked
	}
	k.refused = errors.Is(err, core.ErrKeychainLocked)
	if err != nil && !k.refused {
		return noVault(err)
	}
	return err
}

// load reads the secrets. Those that the keychain does not have are zero.
func (k *system) load(limit time.Duration) (core.Secrets, error) {
	s, err := bounded(k.busy, limit, k.read)
	if err != nil {
		return core.Secrets{}, fmt.Errorf("load secrets: %w", unanswered(err))
	}
	return s, nil
}

func (k *system) read() (core.Secrets, error) {
	var s core.Secrets
	if err := k.open(); err != nil {
		return s, err
	}
	for _, i := range k.items(&s) {
		if err := i.read(); err != nil {
			return s, fmt.Errorf("%s: %w", i.account, refusal(err, s))
		}
	}
	return s, nil
}

// save writes the secrets and deletes those that are zero. After an error some
// may be written.
func (k *system) save(s core.Secrets, limit time.Duration) error {
	_, err := bounded(k.busy, limit, func() (struct{}, error) { return struct{}{}, k.write(s) })
	if err != nil {
		return fmt.Errorf("save secrets: %w", unanswered(err))
	}
	return nil
}

func (k *system) write(s core.Secrets) error {
	items := k.items(&s)
	for _, i := range items {
		if len(i.secret.Reveal()) > maxSecret {
			return fmt.Errorf("%s: %w", i.account, core.ErrTooLong)
		}
	}
	if err := k.open(); err != nil {
		return err
	}
	for _, i := range items {
		if err := i.write(); err != nil {
			return fmt.Errorf("%s: %w", i.account, refusal(err, s))
		}
	}
	return nil
}
