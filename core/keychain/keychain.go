// Package keychain keeps Rentbell's secrets in the operating system's keychain
// (the Secret Service on Linux, Keychain on macOS, Credential Manager on
// Windows) or in a file that a passphrase opens, and moves them from one to the
// other. It promises to answer in bounded time, whatever the keychain does; it
// must never write a secret anywhere else, leave one on disk that is not
// encrypted, or repeat one in an error.
package keychain

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"

	"rentbell/core"
)

// Config says where a Vault keeps secrets and how long it may take.
type Config struct {
	Dir      string        // the data directory, for FileName
	Profile  string        // tells data directories apart in the keychain, see ProfileOf; empty: the usual one
	LoadTime time.Duration // zero: 5 s; a start waits for it
	SaveTime time.Duration // zero: a minute, in which the user may unlock the keychain
}

// Vault is a core.Vault: in the file FileName where there is one, else in the
// keychain where one answers, else in memory. Its methods may be called from
// any goroutine.
//
// Errors: core.ErrNoVault where no keychain answers; when one is there but takes
// too long, because it is locked and waits for the user, they are
// context.DeadlineExceeded as well. The file adds core.ErrLocked,
// core.ErrPassphrase, core.ErrVaultDamaged and, when a later version wrote it,
// core.ErrNewer.
type Vault struct {
	system   *system
	file     *file
	loadTime time.Duration
	saveTime time.Duration

	turn     chan struct{} // capacity 1: one call at a time, so that no Save falls into a Move
	told     bool          // the keychain has told what it keeps; in turn
	unkept   *core.Secrets // the last Save, when it found no place: newer than what is kept; in turn
	answered atomic.Bool   // the keychain did, when it was last asked
}

// New makes a Vault. It asks for nothing yet.
func New(cfg Config) *Vault {
	if cfg.LoadTime == 0 {
		cfg.LoadTime = 5 * time.Second
	}
	if cfg.SaveTime == 0 {
		cfg.SaveTime = time.Minute
	}
	return &Vault{
		system:   &system{profile: cfg.Profile, busy: make(chan struct{}, 1)},
		file:     newFile(cfg.Dir),
		loadTime: cfg.LoadTime,
		saveTime: cfg.SaveTime,
		turn:     make(chan struct{}, 1),
	}
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
