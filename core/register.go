package core

import (
	"context"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
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
	b.mu.Lock()
	b.pressed = true
	s := b.settings
	b.mu.Unlock()
	s.Register = true
	return b.Apply(ctx, s)
}

// keepRegistered compares what is wanted with what is registered, whenever
// either may have changed, and acts on the difference.
func (b *Bell) keepRegistered(ctx context.Context) {
	k := registrar{bell: b, wait: backoff{first: retryFirst, most: retryMost}}
	for ctx.Err() == nil {
		k.step(ctx)
		if k.retryAt.IsZero() {
			select {
			case <-ctx.Done():
			case <-b.registration:
			}
			continue
		}
		timer := time.NewTimer(k.retryAt.Sub(b.now()))
		select {
		case <-ctx.Done():
		case <-b.registration:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// registrar is the state of the registering goroutine.
type registrar struct {
	bell    *Bell
	wait    backoff
	retryAt time.Time    // zero: wait for a change
	tried   Subscription // what the last attempt asked for
	refused bool         // and whether the vendor's no was final
}

func (k *registrar) step(ctx context.Context) {
	b := k.bell
	want, wanted := b.wantedSubscription()
	if !wanted {
		k.retryAt = time.Time{}
		return
	}
	if !b.takePressed() {
		done, err := b.isRegistered(want)
		if err != nil {
			b.log.Error("registration could not be looked up", "err", err)
		}
		if done || err != nil {
			k.retryAt = time.Time{}
			return
		}
		if want == k.tried && (k.refused || b.now().Before(k.retryAt)) {
			return
		}
	}
	if want != k.tried {
		k.wait.reset()
	}
	k.attempt(ctx, want)
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
	asked := b.settings.Register || b.cfg.Override.Register
	base := b.settings.AppFolioURL
	address := b.status.Address
	progress := b.status.Registration.Progress
	b.mu.Unlock()
	if b.cfg.Override.AppFolioURL != "" {
		base = b.cfg.Override.AppFolioURL
	}
	base = strings.TrimRight(base, "/")
	ready := address != "" && !secrets.APIKey.IsZero() && !secrets.WebhookSecret.IsZero()
	switch {
	case !asked && progress != NotWanted:
		b.set(func(s *Status) { s.Registration.Progress = NotWanted })
	case asked && !ready && progress != Waiting:
		b.set(func(s *Status) { s.Registration.Progress = Waiting })
	}
	return Subscription{Base: base, Address: address + WebhookPath, Secrets: secrets}, asked && ready
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

// attempt sends one registration and notes what came of it.
func (k *registrar) attempt(ctx context.Context, want Subscription) {
	b := k.bell
	k.tried, k.refused, k.retryAt = want, false, time.Time{}
	status := b.Status().Registration
	status.Progress, status.Address, status.Problem, status.RetryAt = Registering, want.Address, nil, time.Time{}
	b.registrationStatus(status)

	_, err := b.cfg.Source.Subscribe(ctx, want)
	problem := new(SubscribeError)
	switch {
	case ctx.Err() != nil:
		return
	case err == nil:
		err = b.rememberRegistration(want)
		if err == nil {
			k.wait.reset()
			b.log.Info("webhook registered", "address", want.Address)
			return
		}
		b.log.Error("registration could not be remembered", "err", err)
	case errors.As(err, &problem) && !problem.Temporary():
		k.refused = true
		b.log.Error("registration declined", "status", problem.Status, "appfolio_says", problem.Message)
		status.Progress, status.Problem = Declined, err
		b.registrationStatus(status)
		return
	}
	d := max(k.wait.next(), problem.RetryAfter)
	k.retryAt = b.now().Add(d)
	b.log.Warn("registration not accepted; trying again", "err", err, "in", d.Round(time.Millisecond))
	status.Progress, status.Problem, status.RetryAt = Retrying, err, k.retryAt
	b.registrationStatus(status)
}

func (b *Bell) rememberRegistration(want Subscription) error {
	r := Registration{Base: want.Base, Address: want.Address, At: b.now().UTC(), Salt: make([]byte, fingerprintSize)}
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
