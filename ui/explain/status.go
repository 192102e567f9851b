package explain

import (
	"errors"
	"time"

	"rentbell/core"
)

// Status says why deliveries do not arrive or are not kept, for the banner. ok
// is false while all is well, or is about to be, or is as the user wanted it.
func (t Tongue) Status(s core.Status, now time.Time) (w Words, ok bool) {
	switch {
	case s.Storage != nil:
		w = t.Error(s.Storage)
		w.Title = t("Rentbell cannot keep what arrives")
		w.Fix = sentences(w.Fix, t("AppFolio sends again what was not kept."))
		return w, true
	case s.Connection == core.ConnectionOff && s.KeysLocked() && !errors.Is(s.Vault, core.ErrKeychainSlow):
		return t.Error(s.Vault), true
	case s.Connection == core.ConnectionRefused:
		return t.Error(s.Problem), true
	case s.Connection == core.Unreachable:
		return t.unreachable(s, now), true
	case s.Choices != nil:
		return t.Error(s.Choices), true
	}
	return Words{}, false
}

func (t Tongue) unreachable(s core.Status, now time.Time) Words {
	since := ""
	if s.Address != "" { // it was open before
		since = t.At(s.Since.In(now.Location()), now)
	}
	tunnel := new(core.TunnelError)
	if !errors.As(s.Problem, &tunnel) {
		tunnel.Err = s.Problem
	}
	return t.tunnelDown(tunnel, since, t.again(s.RetryAt, now, keepsTrying))
}

// again says when something is tried again by itself, or otherwise, when nobody
// knows.
func (t Tongue) again(retryAt, now time.Time, otherwise string) string {
	if !retryAt.After(now) {
		return t(otherwise)
	}
	return t("Trying again in %s.", t.span(retryAt.Sub(now)))
}
