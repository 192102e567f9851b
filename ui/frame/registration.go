package frame

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Registration describes the state of the webhook's registration, and the
// button for the next step.
type Registration struct {
	Family kit.Family
	Icon   fyne.Resource
	Chip   string
	Text   string
	Verb   string // text of the button
	Ready  bool   // whether the button is enabled
	Note   string // below the button; may be empty
}

// DescribeRegistration describes the registration. The button is disabled while
// keys or the address are missing, and while registering is under way.
func DescribeRegistration(s core.Status, secrets core.Secrets, now time.Time) Registration {
	r := s.Registration
	w := Registration{Verb: words.Say("Register webhook"), Ready: true}
	if !r.At.IsZero() {
		w.Note = words.Say("Last registered %s", words.Tongue.At(r.At.In(now.Location()), now))
	}
	switch r.Progress {
	case core.Registering:
		w.Family, w.Icon, w.Chip = kit.Petrol, assets.Send, words.Say("Registering")
		w.Text, w.Ready = words.Say("AppFolio is being told your address."), false
		return w
	case core.Registered:
		w.Family, w.Icon, w.Chip, w.Verb = kit.Good, assets.Verified, words.Say("Registered"), words.Say("Register again")
		w.Text = words.Say("AppFolio delivers payments, work orders, leases and tenants to %s.", words.HostOf(r.Address))
	case core.Retrying:
		why := words.Tongue.Error(r.Problem)
		w.Family, w.Icon, w.Chip = kit.Warn, assets.Clock, words.Say("Trying again")
		w.Text = words.Say("%s. %s", why.Title, why.Cause)
		w.Note = words.Say("Tries again %s", words.Tongue.At(r.RetryAt.In(now.Location()), now))
	case core.Declined:
		why := words.Tongue.Error(r.Problem)
		w.Family, w.Icon, w.Chip = kit.Bad, assets.Rejected, words.Say("Not accepted")
		w.Text = words.Trouble(why)
	case core.Waiting:
		w.Family, w.Icon, w.Chip = kit.Neutral, assets.Clock, words.Say("Waiting")
		w.Text = words.Say("Rentbell registers as soon as your address is open.")
	case core.NotWanted:
		w.Family, w.Icon, w.Chip = kit.Warn, assets.Alert, words.Say("Needs registering")
		w.Text = words.Say("AppFolio does not know your address yet. Register once, and from then on the bell rings by itself.")
	}
	switch {
	case s.KeysLocked() && (secrets.APIKey.IsZero() || secrets.WebhookSecret.IsZero()):
		w.Ready, w.Note = false, words.Say("Needs your keys, which are locked")
	case secrets.APIKey.IsZero():
		w.Ready, w.Note = false, words.Say("Needs the API key first")
	case secrets.WebhookSecret.IsZero():
		w.Ready, w.Note = false, words.Say("Needs a webhook secret first")
	case s.Connection == core.ConnectionOff:
		w.Ready, w.Note = false, words.Say("Needs an address first")
	}
	return w
}
