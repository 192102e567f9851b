package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
)

// kindsOff are the kinds of events that can be turned off, in a sentence.
var kindsOff = map[core.Feed]string{
	core.FeedPayments: "payments", core.FeedWorkOrders: "work orders", core.FeedLeases: "leases", core.FeedTenants: "tenants",
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
			return "Would ring at once: it is an emergency."
		}
		return ""
	case core.WhyPast:
		return "Did not ring: it is from before Rentbell read your AppFolio for the first time."
	case core.WhyOff:
		if e.Detail == nil {
			return "Would not ring: Rentbell only lists this kind of event."
		}
		return "Would not ring: " + kindsOff[e.Detail.Feed()] + " are turned off."
	case core.WhySmall:
		return "Would not ring: below your smallest payment of " + dollars(s.Bell.Smallest) + "."
	case core.WhyStatus:
		return "Would not ring: its status is not one you chose."
	case core.WhyQuiet:
		if waits {
			break
		}
		return "Would wait for the end of your quiet hours at " + clockText(s.Bell.Quiet.To) + "."
	}
	if waits {
		return "Would ring with your next digest."
	}
	return ""
}

// bellLine judges an event by the settings in force.
func (u *UI) bellLine(e core.Event) string {
	return bellLine(e, u.bell.Settings(), u.now().Location())
}

// withBellLine adds what the bell makes of an event to the parts of a pane.
func withBellLine(parts []fyne.CanvasObject, line string) []fyne.CanvasObject {
	if line == "" {
		return parts
	}
	return append(parts, kit.Inset(0, 0, 12, 0, kit.NewProse(line, kit.Caption)))
}
