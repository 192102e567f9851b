package feeds

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// kindsOff say that a kind of events is turned off, in English.
var kindsOff = map[core.Feed]string{
	core.FeedActivity:   "Would not ring: Rentbell only lists this kind of event.",
	core.FeedPayments:   "Would not ring: payments are turned off.",
	core.FeedWorkOrders: "Would not ring: work orders are turned off.",
	core.FeedLeases:     "Would not ring: leases are turned off.",
	core.FeedTenants:    "Would not ring: tenants are turned off.",
}

// bellLine says what the present rules make of an event, at the time it came. It
// is empty when the event simply rings: only exceptions are worth a line. A
// pause is over before anybody asks.
func bellLine(e core.Event, s core.Settings, loc *time.Location) string {
	s.MutedUntil = time.Time{}
	came := e.ReceivedAt.In(loc)
	waits := s.Bell.Waits(e)
	switch v := s.Verdict(e, came); v.Why {
	case core.WhyEmergency:
		if waits || s.Bell.Quiet.At(came) {
			return words.Say("Would ring at once: it is an emergency.")
		}
		return ""
	case core.WhyPast:
		return words.Say("Did not ring: it is from before Rentbell read your AppFolio for the first time.")
	case core.WhyOff:
		if e.Detail == nil {
			return words.Say(kindsOff[core.FeedActivity])
		}
		return words.Say(kindsOff[e.Detail.Feed()])
	case core.WhySmall:
		return words.Say("Would not ring: below your smallest payment of %s.", words.Dollars(s.Bell.Smallest))
	case core.WhyStatus:
		return words.Say("Would not ring: its status is not one you chose.")
	case core.WhyQuiet:
		if waits {
			break
		}
		return words.Say("Would wait for the end of your quiet hours at %s.", words.MinuteText(s.Bell.Quiet.To))
	}
	if waits {
		return words.Say("Would ring with your next digest.")
	}
	return ""
}

// withBellLine adds what the bell makes of an event to the parts of a pane.
func withBellLine(parts []fyne.CanvasObject, line string) []fyne.CanvasObject {
	if line == "" {
		return parts
	}
	return append(parts, kit.Inset(0, 0, 12, 0, kit.NewProse(line, kit.Caption)))
}
