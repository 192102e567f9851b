package core

import (
	"context"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

const (
	fingerprintRounds = 200_000 // some tens of milliseconds: slow enough to spoil guessing a weak secret
	fingerprintSize   = 16
)

// NewWebhookSecret makes a secret of 128 random bits, recognisable as ours.
func NewWebhookSecret() Secret {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return NewSecret("rb_" + hex.EncodeToString(b))
}

// Register registers the public address now, whatever was tried before, and
// keeps it registered from then on. It writes the setting to disk: not for the
// UI goroutine. What comes of it shows in Status.
func (b *Bell) Register(ctx context.Context) error {
	b.press()
	return b.Change(ctx, func(s *Settings) { s.Register = true })
}

func (b *Bell) press() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pressed = true
}

// keepRegistered compares what is wanted with what is registered, whenever
// either may have changed, and acts on the difference.
func (b *Bell) keepRegistered(ctx context.Context) {
	k := registrar{bell: b, wait: backoff{first: retryFirst, most: retryMost}}
	for ctx.Err() == nil {
		b.retire(ctx)
		k.step(ctx)
		b.awaitRegistration(ctx, k.retryAt)
	}
}

// awaitRegistration waits for a change, or until it is time to try again, or for
// a replaced secret to run out.
func (b *Bell) awaitRegistration(ctx context.Context, retryAt time.Time) {
	due := retryAt
	if r := b.Secrets().Retiring; !r.Secret.IsZero() {
		if over := time.Unix(r.Until, 0); due.IsZero() || over.Before(due) {
			due = over
		}
	}
	var alarm <-chan time.Time // nil, which never rings, when there is nothing to wait for
	if !due.IsZero() {
		timer := time.NewTimer(max(retryFirst/10, due.Sub(b.now())))
		defer timer.Stop()
		alarm = timer.C
	}
	select {
	case <-ctx.Done():
	case <-b.registration:
	case <-alarm:
	}
}

// takePressed reports, once, that the user asked for a registration now.
func (b *Bell) takePressed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	pressed := b.pressed
	b.pressed = false
	return pressed
}

// wantedSubscription returns what should be registered. It is not wanted when
// nobody asked, or as long as the address or the key are missing; the status
// says which.
func (b *Bell) wantedSubscription() (Subscription, bool) {
	secrets := b.Secrets()
	b.mu.Lock()
	asked := b.kind() == KindWebhookAPI && (b.settings.Register || b.cfg.Override.Register)
	address := b.status.Address
	progress := b.status.Registration.Progress
	b.mu.Unlock()
	ready := address != "" && !secrets.APIKey.IsZero() && !secrets.WebhookSecret.IsZero()
	switch {
	case !asked && progress != NotWanted:
		b.set(func(s *Status) { s.Registration.Progress = NotWanted })
	case asked && !ready && progress != Waiting:
		b.set(func(s *Status) { s.Registration.Progress = Waiting })
	}
	want := b.subscription()
	want.Address = address + WebhookPath
	return want, asked && ready
}

// subscription says how AppFolio is asked, without an address.
func (b *Bell) subscription() Subscription {
	account := b.account.Load()
	secrets := account.Secrets
	secrets.Retiring, secrets.Authtoken = Retiring{}, Secret{} // not AppFolio's business, and no reason to register again
	return Subscription{Base: account.Base, Proxy: account.Proxy, Secrets: secrets}
}

// isRegistered compares want with what is remembered.
func (b *Bell) isRegistered(want Subscription) (bool, error) {
	last, err := b.cfg.Store.Registration()
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
	b.registrationStatus(RegistrationStatus{Progress: Registered, Address: last.Address, At: last.At})
	return true, nil
}

// rememberRegistration saves what AppFolio now has. stale are the ids of what it
// replaces.
func (b *Bell) rememberRegistration(want Subscription, id string, stale []string) error {
	r := Registration{Base: want.Base, Address: want.Address, ID: id, Stale: stale, At: b.now().UTC(), Salt: make([]byte, fingerprintSize)}
	_, _ = rand.Read(r.Salt) // never fails (crypto/rand)
	var err error
	if r.Fingerprint, err = fingerprint(want.Secrets.WebhookSecret, r.Salt); err != nil {
		return err
	}
	if err := b.cfg.Store.SaveRegistration(r); err != nil {
		return fmt.Errorf("remember registration: %w", err)
	}
	b.registrationStatus(RegistrationStatus{Progress: Registered, Address: r.Address, At: r.At})
	return nil
}

func (b *Bell) registrationStatus(r RegistrationStatus) {
	b.set(func(s *Status) { s.Registration = r })
}

// fingerprint recognises a secret without keeping it (PBKDF2, RFC 8018).
func fingerprint(s Secret, salt []byte) ([]byte, error) {
	if len(salt) == 0 {
		return nil, nil // nothing was ever registered
	}
	print, err := pbkdf2.Key(sha256.New, s.Reveal(), salt, fingerprintRounds, fingerprintSize)
	if err != nil {
		return nil, fmt.Errorf("fingerprint secret: %w", err)
	}
	return print, nil
}
