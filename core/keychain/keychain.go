// Package keychain keeps Rentbell's secrets in the operating system's keychain
// (the Secret Service on Linux, Keychain on macOS, Credential Manager on
// Windows) or in a file that is encrypted with a passphrase, and moves them
// between the two. Every call returns in bounded time, even when the keychain
// does not answer. The package must never write a secret elsewhere, leave one
// on disk unencrypted, or repeat one in an error.
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

// Config says where a Vault keeps secrets and how long its calls may take.
type Config struct {
	Dir      string        // data directory, which holds the file FileName
	Profile  string        // separates the secrets of data directories in the keychain, see ProfileOf; empty: the default directory
	LoadTime time.Duration // limit of Load; zero: 5 s
	Start    time.Duration // limit of the first Load, for which a window may wait; zero: LoadTime
	SaveTime time.Duration // limit of the other calls; zero: one minute, in which the user may unlock the keychain
}

// Vault implements core.Vault. It keeps the secrets in the file FileName if
// that exists, else in the keychain if one answers, else in memory. Its methods
// may be called from any goroutine.
//
// Errors: core.ErrNoVault when no keychain answers; while one asks its user for
// the password, core.ErrKeychainLocked and context.DeadlineExceeded as well, or
// core.ErrKeychainSlow from the first Load. core.ErrKeychainLocked alone when the
// user has said no: then only Unlock asks again. The file adds core.ErrLocked,
// core.ErrPassphrase, core.ErrVaultDamaged, and core.ErrNewer when a later
// version of Rentbell wrote it.
type Vault struct {
	system   *system
	file     *file
	loadTime time.Duration
	start    time.Duration // of the first Load; zero once that is over; guarded by turn
	saveTime time.Duration

	turn     chan struct{} // capacity 1: one call at a time, so that no Save runs during a Move
	told     bool          // the keychain has been read once; guarded by turn
	unkept   *core.Secrets // what the last Save could not keep; newer than what is kept; guarded by turn
	answered atomic.Bool   // the keychain answered the last call
}

// New makes a Vault. It does not call the keychain or open the file.
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
		start:    cfg.Start,
		saveTime: cfg.SaveTime,
		turn:     make(chan struct{}, 1),
	}
}

// ProfileOf returns the keychain profile of a data directory other than the
// default one. It depends on the directory's path alone, with links resolved,
// so it is the same at every start.
func ProfileOf(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find profile: %w", err)
	}
	if target, err := filepath.EvalSymlinks(dir); err == nil { // the directory may not exist yet
		dir = target
	}
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:6]), nil
}
