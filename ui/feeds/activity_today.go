package feeds

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// What became of today's deliveries: the note at the top of Activity, and the
// lines of those that left no event behind.

// fate is what becomes of a delivery that is no event.
type fate int

const (
	sentTwice fate = iota
	keptOut
)

// outcome are today's deliveries of a fate.
type outcome struct {
	fate  fate
	today int
	ever  int
	last  time.Time
}

// outcomesOf are today's, the latest first.
func outcomesOf(s core.Summary, now time.Time) []outcome {
	var list []outcome
	midnight := core.DateOf(now).In(now.Location())
	for kept, tally := range []core.Tally{sentTwice: s.Duplicates, keptOut: s.Rejected} {
		if today := tally.Since(midnight); today > 0 && !tally.Last.Before(midnight) {
			list = append(list, outcome{fate: fate(kept), today: today, ever: tally.Count, last: tally.Last})
		}
	}
	slices.SortStableFunc(list, func(a, b outcome) int { return b.last.Compare(a.last) })
	return list
}

// talliedWords say what became of today's deliveries: "Today: 4 accepted, 1 sent
// twice, 1 kept out".
func talliedWords(accepted int, kept []outcome) string {
	twice, out := "", ""
	for _, o := range kept {
		n := explain.Number(o.today)
		switch o.fate {
		case sentTwice:
			twice = words.Say("%s sent twice", n)
		case keptOut:
			out = words.Say("%s kept out", n)
		}
	}
	return words.Say("Today: %s", words.Joined(words.Say("%s accepted", explain.Number(accepted)), twice, out))
}

// title heads the line of an outcome.
func (o outcome) title() string {
	n := explain.Number(o.today)
	if o.fate == keptOut {
		return words.SayN(o.today, "%s delivery was kept out", "%s deliveries were kept out", n)
	}
	return words.SayN(o.today, "%s delivery was sent twice", "%s deliveries were sent twice", n)
}

// note is what else there is to say on the line.
func (o outcome) note() string {
	if o.fate == keptOut {
		return words.SayN(o.today, "Its signature did not match", "Their signatures did not match")
	}
	return words.Say("Sent again by AppFolio, kept once")
}

// chip is the outcome in a word.
func (o outcome) chip() (kit.Family, fyne.Resource, string) {
	if o.fate == keptOut {
		return kit.Bad, assets.Rejected, words.Say("Kept out")
	}
	return kit.Neutral, assets.Duplicate, words.Say("Sent twice")
}

// showOutcome puts an outcome on the row.
func (r *activityRow) showOutcome(o outcome, now time.Time) {
	r.title.Set(o.title())
	r.note.Set(o.note())
	family, icon, word := o.chip()
	r.outcome.Set(family, icon, word)
	if o.fate == keptOut {
		icon = assets.Alert
	}
	r.tile.Set(family, icon)
	r.when.Set(words.Tongue.Clock(o.last.In(now.Location())))
	r.Relayout()
}

// showOutcome explains an outcome.
func (v *activityView) showOutcome(o outcome) {
	now := v.now()
	chips := []fyne.CanvasObject{kit.NewChip(o.chip())}
	if o.fate == keptOut {
		chips = append(chips, kit.NewChip(kit.Neutral, nil, words.Say("Not in your records")))
	}
	facts := []kit.Fact{
		{Label: words.Say("Last one"), Value: words.Moment(o.last.In(now.Location()), now)},
		{Label: words.Say("Today"), Value: explain.Number(o.today)},
		{Label: words.Say("In all"), Value: explain.Number(o.ever)},
	}
	parts := []fyne.CanvasObject{kit.NewProse(o.title(), kit.Heading), paneChips(chips...), kit.NewRule()}
	parts = append(parts, v.explanation(o)...)
	v.pane.Show(words.Say("Delivery"), append(parts, kit.NewRule(), paneFacts(facts))...)
}

// explanation says what happened and what to do.
func (v *activityView) explanation(o outcome) []fyne.CanvasObject {
	if o.fate == sentTwice {
		return []fyne.CanvasObject{
			paneTitle(words.Say("What happened")),
			kit.NewProse(words.Say("AppFolio sends a delivery again when it does not hear in time that it arrived. Rentbell kept each of them once."), kit.Body),
			paneTitle(words.Say("What to do")),
			kit.Inset(0, 0, 14, 0, kit.NewProse(words.Say("Nothing. Totals, notifications and exports count each event once."), kit.Body)),
		}
	}
	happened := words.SayN(o.today, "It was signed with a different secret than yours, so Rentbell kept it out of your records. Nothing has changed.",
		"They were signed with a different secret than yours, so Rentbell kept them out of your records. Nothing has changed.")
	open := kit.NewButton(words.Say("Open settings"), nil, v.settings).Primary()
	return []fyne.CanvasObject{
		paneTitle(words.Say("What happened")),
		kit.NewProse(happened, kit.Body),
		paneTitle(words.Say("What to do")),
		numbered(1, words.Say("If you made a new secret today, register the webhook again.")),
		numbered(2, words.Say("If not, you can leave it. Someone else may have found your address.")),
		kit.Inset(4, 0, 16, 0, kit.HStack(8, open)),
	}
}

// numbered is a step of several.
func numbered(n int, text string) fyne.CanvasObject {
	number := kit.VStack(0, kit.HStack(0, kit.NewChip(kit.Petrol, nil, strconv.Itoa(n))))
	return kit.Inset(0, 0, 8, 0, kit.Lead(10, number, kit.NewProse(text, kit.Body)))
}
