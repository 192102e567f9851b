package core

import (
	"context"
	"crypto/hmac"
	"errors"
	"net/http"
	"time"
)

// A new webhook secret takes the place of the old one without a lost delivery:
// until AppFolio signs with the new one, and for retireAfter at most, both count.

// retireAfter bounds how long a replaced secret opens the door.
const retireAfter = 24 * time.Hour

// retireBefore keeps the secret that a change replaces as retiring. When one is
// retiring already, AppFolio signs with one of the two: with the one that was
// registered last.
func (b *Bell) retireBefore(before Secrets, kept *Secrets) {
	if kept.WebhookSecret == before.WebhookSecret || before.WebhookSecret.IsZero() || kept.WebhookSecret.IsZero() {
		return
	}
	retiring := before.WebhookSecret
	if before.Retiring.inForce(b.now()) && !b.wasRegistered(before.WebhookSecret) {
		retiring = before.Retiring.Secret
	}
	kept.Retiring = Retiring{Secret: retiring, Until: b.now().Add(retireAfter).Unix()}
}

// wasRegistered reports whether AppFolio was told this secret last.
func (b *Bell) wasRegistered(s Secret) bool {
	last, err := b.cfg.Store.Registration()
	if err != nil || len(last.Salt) == 0 {
		return false
	}
	print, err := fingerprint(s, last.Salt)
	return err == nil && hmac.Equal(print, last.Fingerprint)
}

// inForce reports whether deliveries signed with the secret still count.
func (r Retiring) inForce(now time.Time) bool {
	return !r.Secret.IsZero() && now.Unix() < r.Until
}

// openDelivery verifies and decodes a delivery under the secret in force, or the
// one that is retiring. replaced is true when the first opened it although there
// is a second: AppFolio has changed over.
func (b *Bell) openDelivery(ctx context.Context, header http.Header, body []byte, received time.Time) (d Delivery, replaced bool, err error) {
	account := *b.account.Load()
	source := b.source(account.Kind)
	d, err = source.Open(ctx, account, header, body, received)
	retiring := account.Secrets.Retiring
	if retiring.Secret.IsZero() || account.Kind == KindDeveloperSpace {
		return d, false, err
	}
	if !errors.Is(err, ErrForged) {
		return d, true, err
	}
	if !retiring.inForce(received) {
		return d, false, err
	}
	account.Secrets.WebhookSecret = retiring.Secret
	d, err = source.Open(ctx, account, header, body, received)
	return d, false, err
}

// retire forgets the replaced secret, once a delivery has come under the new one
// or its time is over. Only the registering goroutine calls it: it may wait for
// the keychain.
func (b *Bell) retire(ctx context.Context) {
	r := b.Secrets().Retiring
	if most := b.now().Add(retireAfter).Unix(); r.Until > most { // the clock was put back
		if err := b.ChangeSecrets(ctx, func(s *Secrets) { s.Retiring.Until = min(s.Retiring.Until, most) }); err != nil && ctx.Err() == nil {
			b.log.Warn("the end of the replaced webhook secret could not be noted", "err", err)
		}
		r = b.Secrets().Retiring
	}
	if r.Secret.IsZero() || !b.changedOver.Load() && r.inForce(b.now()) {
		return
	}
	b.changedOver.Store(false)
	b.log.Info("the replaced webhook secret is no longer accepted")
	if err := b.ChangeSecrets(ctx, func(s *Secrets) {
		if s.Retiring == r { // else another secret was made meanwhile
			s.Retiring = Retiring{}
		}
	}); err != nil && ctx.Err() == nil {
		b.log.Warn("replaced webhook secret could not be taken out of the keychain", "err", err)
	}
}

// changeOver notes that AppFolio signs with the new secret.
func (b *Bell) changeOver() {
	if !b.changedOver.Swap(true) {
		nudge(b.registration)
	}
}
