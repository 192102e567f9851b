package core

import "errors"

// Vault keeps secrets between runs. Its methods may wait for the user, who is
// asked to unlock a keychain: not for the UI goroutine.
type Vault interface {
	// Load returns what is kept; missing ones are zero. ErrNoVault: there is
	// no place to ask. ErrLocked: the file waits for its passphrase.
	// ErrKeychainSlow, ErrKeychainLocked: a later Load may tell more.
	Load() (Secrets, error)
	// Save keeps all of them and forgets those that are zero. Its errors are
	// those of Load.
	Save(Secrets) error
	// Kind says where Save keeps them at present.
	Kind() VaultKind
	// Unlock opens the file of VaultFile for Load and Save. ErrPassphrase: that
	// is not the one. Without a file it asks the user of a locked keychain once
	// more, and needs no passphrase.
	Unlock(passphrase Secret) error
	// Move keeps what is kept now, and from then on everything, in another place,
	// and empties the old one once the new one has it. VaultFile needs a
	// passphrase; the others need none. After an error nothing has moved.
	Move(to VaultKind, passphrase Secret) error
}

// VaultKind is where a Vault keeps secrets.
type VaultKind int

// The places for secrets.
const (
	VaultMemory   VaultKind = iota // until Rentbell is closed
	VaultKeychain                  // the operating system's
	VaultFile                      // a file encrypted with a passphrase
)

// Errors of a Vault.
var (
	// ErrNoVault: no keychain answers on this computer and there is no file; secrets stay in memory.
	ErrNoVault = errors.New("no keychain on this computer")
	// ErrLocked: the secrets are in a file whose passphrase has not been given yet.
	ErrLocked = errors.New("the file of secrets is locked")
	// ErrKeychainSlow: the keychain has been asked a moment ago and has not answered yet.
	ErrKeychainSlow = errors.New("the keychain has not answered yet")
	// ErrKeychainLocked: the keychain is locked. It still asks its user, which is
	// context.DeadlineExceeded as well, or the user has said no.
	ErrKeychainLocked = errors.New("the keychain is locked")
	// ErrForThisRun: the user keeps secrets in memory, because the keychain is locked.
	ErrForThisRun = errors.New("secrets stay in memory for this run")
	// ErrPassphrase: the file of secrets does not open with this passphrase.
	ErrPassphrase = errors.New("the passphrase does not open the file of secrets")
	// ErrVaultDamaged: the file of secrets is not as Rentbell wrote it; no passphrase opens it.
	ErrVaultDamaged = errors.New("the file of secrets is damaged")
	// ErrTooLong: a secret has no room in a keychain; nothing was kept.
	ErrTooLong = errors.New("a secret is longer than a keychain takes")
)
