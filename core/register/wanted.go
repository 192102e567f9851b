package register

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"rentbell/core"
)

// What is wanted, and what is registered.

const (
	fingerprintRounds = 200_000 // some tens of milliseconds: slow enough to spoil guessing a weak secret
	fingerprintSize   = 16
)

// wanted returns what should be registered. It is not wanted when
// nobody asked, or as long as the address or the key are missing; the status
// says which.
func (k *Keeper) wanted() (core.Subscription, bool) {
	account := k.choices.Account()
	asked := account.Kind == core.KindWebhookAPI && (k.choices.Settings().Register || k.choices.Override().Register)
	var address string
	var progress core.Progress
	k.board.Note(func(s *core.Status) { address, progress = s.Address, s.Registration.Progress })
	ready := address != "" && !account.Secrets.APIKey.IsZero() && !account.Secrets.WebhookSecret.IsZero()
	switch {
	case !asked && progress != core.NotWanted:
		k.board.Set(func(s *core.Status) { s.Registration.Progress = core.NotWanted })
	case asked && !ready && progress != core.Waiting:
		k.board.Set(func(s *core.Status) { s.Registration.Progress = core.Waiting })
	}
	want := k.choices.Subscription()
	want.Address = address + core.WebhookPath
	return want, asked && ready
}

// isRegistered compares want with what is remembered.
func (k *Keeper) isRegistered(want core.Subscription) (bool, error) {
	last, err := k.store.Registration()
	if err != nil {
		return false, err
	}
	if last.Address != want.Address || last.Base != want.Base {
		return false, nil
	}
	print, err := fingerprint(want.Secrets.WebhookSecret, last.Salt)
	if err != nil || !hmac.Equal(print, last.Fingerprint) {
		return false, err
	}
	k.show(core.RegistrationStatus{Progress: core.Registered, Address: last.Address, At: last.At})
	return true, nil
}

// remember saves what AppFolio now has. stale are the ids of what it
// replaces.
func (k *Keeper) remember(want core.Subscription, id string, stale []string) error {
	last, err := k.store.Registration()
	if err != nil {
		return fmt.Errorf("remember registration: %w", err)
	}
	r := core.Registration{
		Base: want.Base, Address: want.Address, ID: id, Stale: stale, At: k.now().UTC(), Salt: make([]byte, fingerprintSize), Proven: last.Proven,
	}
	_, _ = rand.Read(r.Salt) // never fails (crypto/rand)
	if r.Fingerprint, err = fingerprint(want.Secrets.WebhookSecret, r.Salt); err != nil {
		return err
	}
	if err := k.store.SaveRegistration(r); err != nil {
		return fmt.Errorf("remember registration: %w", err)
	}
	k.show(core.RegistrationStatus{Progress: core.Registered, Address: r.Address, At: r.At})
	return nil
}

func (k *Keeper) show(r core.RegistrationStatus) {
	k.board.Set(func(s *core.Status) { s.Registration = r })
}

// fingerprint recognises a secret without keeping it (PBKDF2, RFC 8018).
func fingerprint(s core.Secret, salt []byte) ([]byte, error) {
	if len(salt) == 0 {
		return nil, nil // nothing was ever registered
	}
	print, err := pbkdf2.Key(sha256.New, s.Reveal(), salt, fingerprintRounds, fingerprintSize)
	if err != nil {
		return nil, fmt.Errorf("fingerprint secret: %w", err)
	}
	return print, nil
}
