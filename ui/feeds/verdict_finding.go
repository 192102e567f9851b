package feeds

import (
	"slices"
	"time"

	"rentbell/core"
	"rentbell/ui/words"
)

// findingLines say what the present rules make of what was found about an event: of a work
// order whatever it waits for, and else what rests on the event.
func findingLines(e core.Event, found []core.Found, s core.Settings, loc *time.Location) string {
	var lines []string
	order, _ := e.Detail.(core.WorkOrder)
	for _, f := range found {
		if f.WorkOrder != "" && f.WorkOrder == order.ID || slices.Contains(f.Seqs, e.Seq) && f.WorkOrder == "" {
			lines = append(lines, findingLine(f.Finding, s, loc))
		}
	}
	return words.Paragraph(lines...)
}

// findingLine says what the present rules make of a finding, at the time it began to hold.
func findingLine(f core.Finding, s core.Settings, loc *time.Location) string {
	s.MutedUntil = time.Time{}
	title := words.FindingName(f.Kind)
	switch v := s.FindingVerdict(f, f.Begins(loc)); {
	case v.Why == core.WhyListed:
		return words.Say("%s: this is only listed.", title)
	case v.Why == core.WhyOff:
		return words.Say("%s: the bell does not tell this, it is turned off.", title)
	case v.Why == core.WhyRung:
		return words.Say("%s: the bell tells this from a later step on.", title)
	case s.FindingWaits(f):
		return words.Say("%s: the bell tells this with your next digest.", title)
	case v.Why == core.WhyEmergency:
		return words.Say("%s: the bell tells this at once.", title)
	case v.Why == core.WhyQuiet:
		return words.Say("%s: the bell tells this at the end of your quiet hours at %s.", title, words.MinuteText(s.Bell.Quiet.To))
	}
	return words.Say("%s: the bell tells this once.", title)
}
