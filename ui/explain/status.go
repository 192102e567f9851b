package explain

import (
	"errors"
	"io/fs"
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
		switch s.Kind {
		case core.KindReports:
			w.Fix = sentences(w.Fix, t("A report stays in its folder until it is kept."))
		case core.KindOffice:
			w.Fix = sentences(w.Fix, t("The computer that receives keeps everything."))
		default:
			w.Fix = sentences(w.Fix, t("AppFolio sends again what was not kept."))
		}
		return w, true
	case s.Kind == core.KindReports: // whatever has become of the address and of the keys
		return t.reports(s)
	case s.Kind == core.KindOffice && s.Office.Problem != nil:
		return t.Error(s.Office.Problem), true
	case s.Kind == core.KindOffice:
		return t.Error(s.Choices), s.Choices != nil
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

// reports says why no reports are taken in.
func (t Tongue) reports(s core.Status) (w Words, ok bool) {
	switch {
	case errors.Is(s.Reports.Problem, fs.ErrNotExist):
		return t.words(Words{
			"The folder of reports is gone",
			"Nothing that AppFolio sends is taken in.",
			"Bring it back, or choose another one in Settings.",
		}), true
	case s.Reports.Problem != nil && s.Reports.Dir != "":
		return t.Error(s.Reports.Problem), true
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
