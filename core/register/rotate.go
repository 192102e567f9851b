package register

import (
	"context"
	"crypto/hmac"
	"time"

	"rentbell/core"
)

// A new webhook secret takes the place of the old one without a lost delivery:
// until AppFolio signs with the new one, and for retireAfter at most, both count.

// retireAfter bounds how long a replaced secret opens the door.
const retireAfter = 24 * time.Hour

// ChangeSecrets is Choices.ChangeSecrets for the user. A webhook secret that the
// change replaces counts until AppFolio signs with the new one.
func (k *Keeper) ChangeSecrets(ctx context.Context, change func(*core.Secrets)) error {
	return k.choices.ChangeSecrets(ctx, func(s *core.Secrets) {
		before := *s
		change(s)
		k.retireBefore(before, s)
	})
}

// retireBefore keeps the secret that a change replaces as retiring. When one is
// retiring already, AppFolio signs with one of the two: with the one that was
// registered last.
func (k *Keeper) retireBefore(before core.Secrets, kept *core.Secrets) {
	if kept.WebhookSecret == before.WebhookSecret || before.WebhookSecret.IsZero() || kept.WebhookSecret.IsZero() {
		return
	}
	retiring := before.WebhookSecret
	if before.Retiring.InForce(k.now()) && !k.wasRegistered(before.WebhookSecret) {
		retiring = before.Retiring.Secret
	}
	kept.Retiring = core.Retiring{Secret: retiring, Until: k.now().Add(retireAfter).Unix()}
}

// wasRegistered reports whether AppFolio was told this secret last.
func (k *Keeper) wasRegistered(s core.Secret) bool {
	last, err := k.store.Registration()
	if err != nil || len(last.Salt) == 0 {
		return false
	}
	print, err := fingerprint(s, last.Salt)
	return err == nil && hmac.Equal(print, last.Fingerprint)
}

// retire forgets the replaced secret, once a delivery has come under the new one
// or its time is over. Only the registering goroutine calls it: it may wait for
// the keychain.
func (k *Keeper) retire(ctx context.Context) {
	r := k.choices.Account().Secrets.Retiring
	if most := k.now().Add(retireAfter).Unix(); r.Until > most { // the clock was put back
		if err := k.choices.ChangeSecrets(ctx, func(s *core.Secrets) { s.Retiring.Until = min(s.Retiring.Until, most) }); err != nil && ctx.Err() == nil {
			k.log.Warn("the end of the replaced webhook secret could not be noted", "err", err)
		}
		r = k.choices.Account().Secrets.Retiring
	}
	if r.Secret.IsZero() || !k.changedOver.Load() && r.InForce(k.now()) {
		return
	}
	k.changedOver.Store(false)
	k.log.Info("the replaced webhook secret is no longer accepted")
	if err := k.choices.ChangeSecrets(ctx, func(s *core.Secrets) {
		if s.Retiring == r { // else another secret was made meanwhile
			s.Retiring = core.Retiring{}
		}
	}); err != nil && ctx.Err() == nil {
		k.log.Warn("replaced webhook secret could not be taken out of the keychain", "err", err)
	}
}

// ChangeOver notes that AppFolio signs with the new secret. It does not wait.
func (k *Keeper) ChangeOver() {
	if !k.changedOver.Swap(true) {
		k.wake.Nudge()
	}
}
