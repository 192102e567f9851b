// Package keychain keeps Rentbell's secrets in the operating system's keychain:
// the Secret Service on Linux, Keychain on macOS, Credential Manager on
// Windows. It promises to answer in bounded time, whatever the keychain does,
// and it must never write a secret anywhere else or repeat one in an error.
package keychain

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"rentbell/core"
)

// service is the name all items carry in the keychain.
const service = "Rentbell"

// maxSecret leaves room for a time beside it below the smallest limit, that of
// Windows (2,560 bytes). AppFolio's and ngrok's secrets have about a hundred.
const maxSecret = 2048

// ErrTooLong: a secret has no room in a keychain.
var ErrTooLong = errors.New("a secret is longer than a keychain takes")

// Config says which secrets a Keychain keeps and how long it may take.
type Config struct {
	Profile  string        // tells data directories apart, see ProfileOf; empty: the usual one
	LoadTime time.Duration // zero: 5 s; a start waits for it
	SaveTime time.Duration // zero: a minute, in which the user may unlock the keychain
}

// Keychain is a core.Vault in the operating system's keychain. Its methods may
// be called from any goroutine. Where no keychain answers, their errors are
// core.ErrNoVault; when one is there but takes too long, because it is locked
// and waits for the user, they are context.DeadlineExceeded as well.
type Keychain struct {
	cfg  Config
	busy chan struct{} // capacity 1: one call at a time, however long it hangs
}

// New makes a Keychain. It asks for nothing yet.
func New(cfg Config) *Keychain {
	if cfg.LoadTime == 0 {
		cfg.LoadTime = 5 * time.Second
	}
	if cfg.SaveTime == 0 {
		cfg.SaveTime = time.Minute
	}
	return &Keychain{cfg: cfg, busy: make(chan struct{}, 1)}
}

// ProfileOf is the profile of a data directory that is not the usual one. It
// stays the same as long as the directory stays where it is.
func ProfileOf(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find profile: %w", err)
	}
	if target, err := filepath.EvalSymlinks(dir); err == nil { // else it is still to be made
		dir = target
	}
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:6]), nil
}

// Kind is the keychain.
func (k *Keychain) Kind() core.VaultKind { return core.VaultKeychain }

// Unlock has no file to open.
func (k *Keychain) Unlock(core.Secret) error { return core.ErrNoVault }

// Move has nowhere to go.
func (k *Keychain) Move(core.VaultKind, core.Secret) error { return core.ErrNoVault }

// Load reads the secrets. See core.Vault.
func (k *Keychain) Load() (core.Secrets, error) {
	s, err := bounded(k.busy, k.cfg.LoadTime, k.load)
	if err != nil {
		return core.Secrets{}, fmt.Errorf("load secrets: %w", unanswered(err))
	}
	return s, nil
}

func (k *Keychain) load() (core.Secrets, error) {
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

// Save keeps the secrets and deletes those that are zero. See core.Vault.
// After an error some may be kept.
func (k *Keychain) Save(s core.Secrets) error {
	_, err := bounded(k.busy, k.cfg.SaveTime, func() (struct{}, error) {
		return struct{}{}, k.save(s)
	})
	if err != nil {
		return fmt.Errorf("save secrets: %w", unanswered(err))
	}
	return nil
}

func (k *Keychain) save(s core.Secrets) error {
	items := k.items(&s)
	for _, i := range items {
		if len(i.secret.Reveal()) > maxSecret {
			return fmt.Errorf("%s: %w", i.account, ErrTooLong)
		}
	}
	if err := reachable(); err != nil {
		return noVault(err)
	}
	for _, i := range items {
		if err := i.keep(); err != nil {
			return fmt.Errorf("%s: %w", i.account, refusal(err, s))
		}
	}
	return nil
}
