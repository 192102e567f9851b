package keychain

import (
	"fmt"
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
	if err := reachable(); err != nil {
		return s, noVault(err)
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
	if err := reachable(); err != nil {
		return noVault(err)
	}
	for _, i := range items {
		if err := i.write(); err != nil {
			return fmt.Errorf("%s: %w", i.account, refusal(err, s))
		}
	}
	return nil
}
