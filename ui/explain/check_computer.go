package explain

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

// The checks of the computer that Rentbell runs on.

func (t Tongue) sayClock(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	set := t("Set it to the internet's time in your system settings.")
	skew := c.Skew.Round(time.Second)
	switch {
	case c.State == core.CheckUnknown:
		return t(notKnown), ""
	case skew.Abs() <= time.Second && c.State != core.CheckGood:
		return t("Wrong"), set
	case skew.Abs() <= time.Second:
		return t("Right to the second"), ""
	case skew > 0:
		return t("%s fast", t.span(skew)), set
	}
	return t("%s slow", t.span(-skew)), set
}

func (t Tongue) saySecrets(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	if c.Err != nil {
		w := t.Error(c.Err)
		if w == t.words(unexplained) { // a keychain's own words
			w = Words{t("Your password store refuses"), t("It may be locked."), t("Unlock it, then try again.")}
		}
		return t.told(w)
	}
	if c.State == core.CheckWarn || c.State == core.CheckBad {
		return t.told(t.Error(core.ErrNoVault))
	}
	switch c.Vault {
	case core.VaultKeychain:
		return t("In this computer's password store"), ""
	case core.VaultFile:
		return t("In a file that only your passphrase opens"), ""
	}
	return t("Not kept, only lent to this run"), ""
}

func (t Tongue) sayNotifications(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	switch c.State {
	case core.CheckGood:
		return t("Shown on this desktop"), ""
	case core.CheckUnknown:
		return t("Not needed here"), ""
	}
	w := t.Error(core.ErrNoNotifier)
	return strings.TrimSuffix(strings.TrimSuffix(w.Cause, "."), fullStop), w.Fix
}

func (t Tongue) sayDisk(c core.Check, _ core.Status, _ time.Time) (text, fix string) {
	switch {
	case c.State == core.CheckUnknown:
		return t(notKnown), ""
	case c.Err != nil && !errors.Is(c.Err, core.ErrLowDisk):
		return t.told(t.Error(c.Err))
	}
	return t("%s free", Size(c.Free)), t.Error(core.ErrLowDisk).Fix
}

func (t Tongue) sayControl(core.Check, core.Status, time.Time) (text, fix string) {
	return t("Commands such as rentbelld events cannot reach this Rentbell"), t("Everything else works. Quit Rentbell and start it again.")
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
