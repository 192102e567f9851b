package ui

import (
	"time"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// Times in which no delivery could arrive: the notice on return, and their lines
// in Activity.

// describeAway says what the user missed, for the notice. ok is false when that
// is nothing, or known already.
func describeAway(s core.Status, now time.Time) (w explain.Words, ok bool) {
	if s.Away == nil || s.Connection != core.Listening {
		return explain.Words{}, false
	}
	return explain.Words{
		Title: "While you were away, deliveries could not arrive for " + lasting(s.Away.To.Sub(s.Away.From)),
		Cause: capital(spanOf(*s.Away, now)) + ". " + broughtWords(*s.Away),
	}, true
}

// broughtWords say what became of that time's deliveries.
func broughtWords(g core.Gap) string {
	switch g.Brought {
	case 0:
		return "AppFolio has sent nothing of that time since."
	case 1:
		return "AppFolio has sent 1 delivery of that time since."
	}
	return "AppFolio has sent " + explain.Number(g.Brought) + " deliveries of that time since."
}

// spanOf is a gap within a sentence: "from 10:31 AM to 11:05 AM", with the days
// where they are not today.
func spanOf(g core.Gap, now time.Time) string {
	from, to := g.From.In(now.Location()), g.To.In(now.Location())
	begin := "from " + tongue.Clock(from)
	if core.DateOf(from) != core.DateOf(now) {
		begin = "from " + onDayClock(from, now)
	}
	switch {
	case g.To.IsZero():
		return begin + " on"
	case core.DateOf(to) == core.DateOf(from) || core.DateOf(to) == core.DateOf(now):
		return begin + " to " + tongue.Clock(to)
	}
	return begin + " to " + onDayClock(to, now)
}

// onDayClock is a time of another day: "yesterday 5:05 PM", "June 16 5:05 PM".
func onDayClock(t, now time.Time) string {
	if core.DateOf(t).DaysUntil(core.DateOf(now)) == 1 {
		return "yesterday " + tongue.Clock(t)
	}
	return tongue.LongDate(t, now) + " " + tongue.Clock(t)
}

// lasting is a stretch of time: "34 minutes", "9 hours", "3 days".
func lasting(d time.Duration) string {
	switch {
	case d < time.Hour:
		return tongue.Count(max(1, int(d.Round(time.Minute)/time.Minute)), "minute")
	case d < 48*time.Hour:
		return tongue.Count(int(d.Round(time.Hour)/time.Hour), "hour")
	}
	return tongue.Count(int(d/(24*time.Hour)), "day")
}

// gapReasons say why deliveries could not arrive.
var gapReasons = map[core.GapReason]string{
	core.GapNetwork: "There was no connection to the internet, or to ngrok.",
	core.GapRefused: "ngrok did not open the address.",
	core.GapAsleep:  "This computer was asleep.",
	core.GapClosed:  "You had closed the address.",
	core.GapOff:     "Rentbell was not running.",
}

// gapTitle heads a gap's line in Activity.
func gapTitle(g core.Gap, now time.Time) string {
	if g.To.IsZero() {
		return "Not reachable"
	}
	return "Not reachable for " + lasting(g.To.Sub(g.From))
}

// gapNote is what else there is to say on the line.
func gapNote(g core.Gap, now time.Time) string {
	return capital(spanOf(g, now)) + ". " + gapReasons[g.Reason]
}

// showGap shows a time without deliveries.
func (v *activityView) showGap(g core.Gap) {
	now := v.now()
	until := "It goes on"
	if !g.To.IsZero() {
		until = moment(g.To.In(now.Location()), now)
	}
	v.pane.show("Connection",
		kit.NewProse(gapTitle(g, now), kit.Heading),
		kit.Inset(9, 0, 12, 0, kit.NewProse(gapReasons[g.Reason]+" AppFolio tries again for some time when a delivery does not arrive.", kit.Body)),
		kit.NewRule(),
		paneFacts([]kit.Fact{
			{Label: "From", Value: moment(g.From.In(now.Location()), now)},
			{Label: "To", Value: until},
			{Label: "Came later", Value: cameLater(g)},
		}),
		kit.NewNote("Compare with AppFolio if in doubt", "Look up payments of that time there. What AppFolio has given up sending does not come by itself."),
	)
}

func cameLater(g core.Gap) string {
	if g.Brought == 0 {
		return "Nothing yet"
	}
	return explain.Number(g.Brought) + " of that time"
}

// gapOutcome is the chip of a gap's line.
func (r *activityRow) gapOutcome(g core.Gap) {
	switch {
	case g.To.IsZero():
		r.outcome.Set(kit.Bad, assets.Offline, "Goes on")
	case g.Brought > 0:
		r.outcome.Set(kit.Neutral, assets.Check, explain.Number(g.Brought)+" came later")
	default:
		r.outcome.Set(kit.Neutral, assets.Clock, "Nothing since")
	}
}

// showGap puts a gap on the row.
func (r *activityRow) showGap(g core.Gap, now time.Time) {
	r.title.Set(gapTitle(g, now))
	r.note.Set(gapNote(g, now))
	r.tile.Set(kit.Neutral, assets.Offline)
	r.gapOutcome(g)
	r.when.Set(tongue.Clock(gapEnd(g, now).In(now.Location())))
	r.Relayout()
}

// gapEnd is where a gap stands among the events.
func gapEnd(g core.Gap, now time.Time) time.Time {
	if g.To.IsZero() {
		return now
	}
	return g.To
}
