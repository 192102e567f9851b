package register

import (
	"crypto/hmac"
	"crypto/rand"

	"rentbell/core"
)

// Proved notes that a delivery was authentic under a webhook secret. It does not wait.
func (k *Keeper) Proved(s core.Secret) {
	if last := k.proved.Load(); last == nil || *last != s {
		k.prove(s)
	}
}

// prove is apart because its secret moves to the heap, which each delivery would pay for.
func (k *Keeper) prove(s core.Secret) {
	k.proved.Store(&s)
	k.wake.Nudge()
}

// rememberProven saves which secret was proven last, unless that is known. Only the
// registering goroutine calls it: it computes for tens of milliseconds.
func (k *Keeper) rememberProven() {
	s := k.proved.Load()
	if s == nil || *s == k.remembered {
		return
	}
	last, err := k.store.Registration()
	if err == nil && !recognizes(last.Proven, *s) {
		p := core.Fingerprint{Salt: make([]byte, fingerprintSize)}
		_, _ = rand.Read(p.Salt) // never fails (crypto/rand)
		if p.Print, err = fingerprint(*s, p.Salt); err == nil {
			last.Proven = p
			err = k.store.SaveRegistration(last)
		}
	}
	if err != nil {
		k.log.Warn("which webhook secret is right could not be remembered", "err", err)
		return
	}
	k.remembered = *s
}

// Unproven reports whether the last delivery that was authentic was so under another
// webhook secret than s.
func (k *Keeper) Unproven(s core.Secret) bool {
	last, err := k.store.Registration()
	return err == nil && len(last.Proven.Salt) > 0 && !recognizes(last.Proven, s)
}

func recognizes(p core.Fingerprint, s core.Secret) bool {
	print, err := fingerprint(s, p.Salt)
	return err == nil && len(p.Salt) > 0 && hmac.Equal(print, p.Print)
}
