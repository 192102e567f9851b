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
		Title: say("While you were away, deliveries could not arrive for %s", lasting(s.Away.To.Sub(s.Away.From))),
		Cause: say("%s. %s", spanOf(*s.Away, now), broughtWords(*s.Away)),
	}, true
}

// broughtWords say what became of that time's deliveries.
func broughtWords(g core.Gap) string {
	if g.Brought == 0 {
		return say("AppFolio has sent nothing of that time since.")
	}
	return sayN(g.Brought, "AppFolio has sent %s delivery of that time since.", "AppFolio has sent %s deliveries of that time since.", explain.Number(g.Brought))
}

// spanOf is when a gap was: "From 10:31 AM to 11:05 AM", with the days where they
// are not today.
func spanOf(g core.Gap, now time.Time) string {
	from, to := g.From.In(now.Location()), g.To.In(now.Location())
	begin, end := onDayClock(from, now), onDayClock(to, now)
	if core.DateOf(to) == core.DateOf(from) {
		end = tongue.Clock(to)
	}
	if g.To.IsZero() {
		return say("From %s on", begin)
	}
	return say("From %s to %s", begin, end)
}

// onDayClock is a time with its day where that is not today: "5:05 PM",
// "yesterday 5:05 PM", "June 16 5:05 PM".
func onDayClock(t, now time.Time) string {
	switch core.DateOf(t).DaysUntil(core.DateOf(now)) {
	case 0:
		return tongue.Clock(t)
	case 1:
		return say("yesterday %s", tongue.Clock(t))
	}
	return say("%s %s", tongue.LongDate(t, now), tongue.Clock(t))
}

// lasting is a stretch of time: "34 minutes", "9 hours", "3 days".
func lasting(d time.Duration) string {
	minutes, hours, days := max(1, int(d.Round(time.Minute)/time.Minute)), int(d.Round(time.Hour)/time.Hour), int(d/(24*time.Hour))
	switch {
	case d < time.Hour:
		return sayN(minutes, "%s minute", "%s minutes", explain.Number(minutes))
	case d < 48*time.Hour:
		return sayN(hours, "%s hour", "%s hours", explain.Number(hours))
	}
	return sayN(days, "%s day", "%s days", explain.Number(days))
}

// gapReason says why deliveries could not arrive.
func gapReason(r core.GapReason) string {
	switch r {
	case core.GapNetwork:
		return say("There was no connection to the internet, or to ngrok.")
	case core.GapRefused:
		return say("ngrok did not open the address.")
	case core.GapAsleep:
		return say("This computer was asleep.")
	case core.GapClosed:
		return say("You had closed the address.")
	case core.GapOff:
		return say("Rentbell was not running.")
	}
	return ""
}

// gapTitle heads a gap's line in Activity.
func gapTitle(g core.Gap, now time.Time) string {
	if g.To.IsZero() {
		return say("Not reachable")
	}
	return say("Not reachable for %s", lasting(g.To.Sub(g.From)))
}

// gapNote is what else there is to say on the line.
func gapNote(g core.Gap, now time.Time) string {
	return say("%s. %s", spanOf(g, now), gapReason(g.Reason))
}

// showGap shows a time without deliveries.
func (v *activityView) showGap(g core.Gap) {
	now := v.now()
	until := say("It goes on")
	if !g.To.IsZero() {
		until = moment(g.To.In(now.Location()), now)
	}
	v.pane.show(say("Connection"),
		kit.NewProse(gapTitle(g, now), kit.Heading),
		kit.Inset(9, 0, 12, 0, kit.NewProse(paragraph(gapReason(g.Reason), say("AppFolio tries again for some time when a delivery does not arrive.")), kit.Body)),
		kit.NewRule(),
		paneFacts([]kit.Fact{
			{Label: say("From"), Value: moment(g.From.In(now.Location()), now)},
			{Label: say("To"), Value: until},
			{Label: say("Came later"), Value: cameLater(g)},
		}),
		kit.NewNote(say("Compare with AppFolio if in doubt"), say("Look up payments of that time there. What AppFolio has given up sending does not come by itself.")),
	)
}

func cameLater(g core.Gap) string {
	if g.Brought == 0 {
		return say("Nothing yet")
	}
	return say("%s of that time", explain.Number(g.Brought))
}

// gapOutcome is the chip of a gap's line.
func (r *activityRow) gapOutcome(g core.Gap) {
	switch {
	case g.To.IsZero():
		r.outcome.Set(kit.Bad, assets.Offline, say("Goes on"))
	case g.Brought > 0:
		r.outcome.Set(kit.Neutral, assets.Check, say("%s came later", explain.Number(g.Brought)))
	default:
		r.outcome.Set(kit.Neutral, assets.Clock, say("Nothing since"))
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
