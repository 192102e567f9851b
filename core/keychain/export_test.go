package keychain

import "rentbell/core"

// Hasten lets a test's passphrase be tried in no time.
func (v *Vault) Hasten() *Vault {
	v.file.workFactor = 2
	return v
}

// The halves of Move, for a program that ends between them.

// FillFile is the first half of moving to the file.
func (v *Vault) FillFile(s core.Secrets, passphrase core.Secret) error {
	return v.file.create(s, passphrase)
}

// EmptyKeychain is the second.
func (v *Vault) EmptyKeychain(s core.Secrets) error { return v.emptyKeychain(s) }

// FillKeychain is the first half of moving to the keychain.
func (v *Vault) FillKeychain(s core.Secrets) error { return v.fillKeychain(s) }
