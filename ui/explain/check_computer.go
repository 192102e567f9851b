package explain

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

// The checks of the computer that Rentbell runs on.

func sayClock(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	const set = "Set it to the internet's time in your system settings."
	skew := c.Skew.Round(time.Second)
	switch {
	case c.State == core.CheckUnknown:
		return notKnown, ""
	case skew.Abs() <= time.Second && c.State != core.CheckGood:
		return "Wrong", set
	case skew.Abs() <= time.Second:
		return "Right to the second", ""
	case skew > 0:
		return span(skew) + " fast", set
	}
	return span(-skew) + " slow", set
}

func saySecrets(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	if c.Err != nil {
		w := Error(c.Err)
		if w == unexplained { // a keychain's own words
			w = Words{"Your password store refuses", "It may be locked.", "Unlock it, then try again."}
		}
		return told(w)
	}
	if c.State == core.CheckWarn || c.State == core.CheckBad {
		return told(Error(core.ErrNoVault))
	}
	switch c.Vault {
	case core.VaultKeychain:
		return "In this computer's password store", ""
	case core.VaultFile:
		return "In a file that only your passphrase opens", ""
	}
	return "Not kept, only lent to this run", ""
}

func sayNotifications(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	switch c.State {
	case core.CheckGood:
		return "Shown on this desktop", ""
	case core.CheckUnknown:
		return "Not needed here", ""
	}
	w := Error(core.ErrNoNotifier)
	return strings.TrimSuffix(w.Cause, "."), w.Fix
}

func sayDisk(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	switch {
	case c.State == core.CheckUnknown:
		return notKnown, ""
	case c.Err != nil && !errors.Is(c.Err, core.ErrLowDisk):
		return told(Error(c.Err))
	}
	return Size(c.Free) + " free", Error(core.ErrLowDisk).Fix
}

// Size is a number of bytes as disks are sold: "180 MB", "12.4 GB".
func Size(bytes uint64) string {
	const mega, giga, tera = 1e6, 1e9, 1e12
	b := float64(bytes)
	switch {
	case b < giga:
		return strconv.FormatFloat(b/mega, 'f', 0, 64) + " MB"
	case b < 100*giga:
		return strconv.FormatFloat(b/giga, 'f', 1, 64) + " GB"
	case b < tera:
		return strconv.FormatFloat(b/giga, 'f', 0, 64) + " GB"
	}
	return strconv.FormatFloat(b/tera, 'f', 1, 64) + " TB"
}
