package feeds

import (
	"time"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
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
		Title: words.Say("While you were away, deliveries could not arrive for %s", lasting(s.Away.To.Sub(s.Away.From))),
		Cause: words.Say("%s. %s", spanOf(*s.Away, now), broughtWords(*s.Away)),
	}, true
}

// broughtWords say what became of that time's deliveries.
func broughtWords(g core.Gap) string {
	if g.Brought == 0 {
		return words.Say("AppFolio has sent nothing of that time since.")
	}
	return words.SayN(g.Brought, "AppFolio has sent %s delivery of that time since.", "AppFolio has sent %s deliveries of that time since.", explain.Number(g.Brought))
}

// spanOf is when a gap was: "From 10:31 AM to 11:05 AM", with the days where they
// are not today.
func spanOf(g core.Gap, now time.Time) string {
	from, to := g.From.In(now.Location()), g.To.In(now.Location())
	begin, end := onDayClock(from, now), onDayClock(to, now)
	if core.DateOf(to) == core.DateOf(from) {
		end = words.Tongue.Clock(to)
	}
	if g.To.IsZero() {
		return words.Say("From %s on", begin)
	}
	return words.Say("From %s to %s", begin, end)
}

// onDayClock is a time with its day where that is not today: "5:05 PM",
// "yesterday 5:05 PM", "June 16 5:05 PM".
func onDayClock(t, now time.Time) string {
	switch core.DateOf(t).DaysUntil(core.DateOf(now)) {
	case 0:
		return words.Tongue.Clock(t)
	case 1:
		return words.Say("yesterday %s", words.Tongue.Clock(t))
	}
	return words.Say("%s %s", words.Tongue.LongDate(t, now), words.Tongue.Clock(t))
}

// lasting is a stretch of time: "34 minutes", "9 hours", "3 days".
func lasting(d time.Duration) string {
	minutes, hours, days := max(1, int(d.Round(time.Minute)/time.Minute)), int(d.Round(time.Hour)/time.Hour), int(d/(24*time.Hour))
	switch {
	case d < time.Hour:
		return words.SayN(minutes, "%s minute", "%s minutes", explain.Number(minutes))
	case d < 48*time.Hour:
		return words.SayN(hours, "%s hour", "%s hours", explain.Number(hours))
	}
	return words.SayN(days, "%s day", "%s days", explain.Number(days))
}

// gapReason says why deliveries could not arrive.
func gapReason(r core.GapReason) string {
	switch r {
	case core.GapNetwork:
		return words.Say("There was no connection to the internet, or to ngrok.")
	case core.GapRefused:
		return words.Say("ngrok did not open the address.")
	case core.GapAsleep:
		return words.Say("This computer was asleep.")
	case core.GapClosed:
		return words.Say("You had closed the address.")
	case core.GapOff:
		return words.Say("Rentbell was not running.")
	}
	return ""
}

// gapTitle heads a gap's line in Activity.
func gapTitle(g core.Gap, now time.Time) string {
	if g.To.IsZero() {
		return words.Say("Not reachable")
	}
	return words.Say("Not reachable for %s", lasting(g.To.Sub(g.From)))
}

// gapNote is what else there is to say on the line.
func gapNote(g core.Gap, now time.Time) string {
	return words.Say("%s. %s", spanOf(g, now), gapReason(g.Reason))
}

// showGap shows a time without deliveries.
func (v *activityView) showGap(g core.Gap) {
	now := v.now()
	until := words.Say("It goes on")
	if !g.To.IsZero() {
		until = words.Moment(g.To.In(now.Location()), now)
	}
	v.pane.Show(words.Say("Connection"),
		kit.NewProse(gapTitle(g, now), kit.Heading),
		kit.Inset(9, 0, 12, 0, kit.NewProse(words.Paragraph(gapReason(g.Reason), words.Say("AppFolio tries again for some time when a delivery does not arrive.")), kit.Body)),
		kit.NewRule(),
		paneFacts([]kit.Fact{
			{Label: words.Say("From"), Value: words.Moment(g.From.In(now.Location()), now)},
			{Label: words.Say("To"), Value: until},
			{Label: words.Say("Came later"), Value: cameLater(g)},
		}),
		kit.NewNote(words.Say("Compare with AppFolio if in doubt"), words.Say("Look up payments of that time there. What AppFolio has given up sending does not come by itself.")),
	)
}

func cameLater(g core.Gap) string {
	if g.Brought == 0 {
		return words.Say("Nothing yet")
	}
	return words.Say("%s of that time", explain.Number(g.Brought))
}

// gapOutcome is the chip of a gap's line.
func (r *activityRow) gapOutcome(g core.Gap) {
	switch {
	case g.To.IsZero():
		r.outcome.Set(kit.Bad, assets.Offline, words.Say("Goes on"))
	case g.Brought > 0:
		r.outcome.Set(kit.Neutral, assets.Check, words.Say("%s came later", explain.Number(g.Brought)))
	default:
		r.outcome.Set(kit.Neutral, assets.Clock, words.Say("Nothing since"))
	}
}

// showGap puts a gap on the row.
func (r *activityRow) showGap(g core.Gap, now time.Time) {
	r.title.Set(gapTitle(g, now))
	r.note.Set(gapNote(g, now))
	r.tile.Set(kit.Neutral, assets.Offline)
	r.gapOutcome(g)
	r.when.Set(words.Tongue.Clock(gapEnd(g, now).In(now.Location())))
	r.Relayout()
}

// gapEnd is where a gap stands among the events.
func gapEnd(g core.Gap, now time.Time) time.Time {
	if g.To.IsZero() {
		return now
	}
	return g.To
}
