package expected

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// markActions are what can become of the findings of a lease.
type markActions struct {
	snooze func(anchor fyne.CanvasObject, keys []core.FindingKey) // asks until when
	handle func(keys []core.FindingKey)
	unmark func(keys []core.FindingKey) // takes both back
}

// stateOf is how a lease stands of which something was found; empty for what is not
// about a month's rent.
func stateOf(kind core.FindingKind) core.RentState {
	switch kind {
	case core.FindLate:
		return core.RentLate
	case core.FindPartial:
		return core.RentPartial
	case core.FindTwice:
		return core.RentTwice
	case core.FindReturned:
		return core.RentReturned
	}
	return ""
}

// foundOf returns the findings about a lease's rent of a month.
func foundOf(all []core.Found, lease string, month core.Month) []core.Found {
	var found []core.Found
	for _, f := range all {
		if f.Lease == lease && f.Month == month && stateOf(f.Kind) != "" {
			found = append(found, f)
		}
	}
	return found
}

// elsewhere returns the latest month besides one of the findings in sight, by state.
func elsewhere(all []core.Found, month core.Month, now time.Time) map[core.RentState]core.Month {
	latest := map[core.RentState]core.Month{}
	for _, f := range all {
		state := stateOf(f.Kind)
		if state != "" && f.Month != month && !f.Mark.Hidden(now) && latest[state].Before(f.Month) {
			latest[state] = f.Month
		}
	}
	return latest
}

// keysOf are the keys of findings, those in sight or those out of sight.
func keysOf(found []core.Found, hidden bool, now time.Time) (keys []core.FindingKey) {
	for _, f := range found {
		if f.Mark.Hidden(now) == hidden {
			keys = append(keys, f.Key())
		}
	}
	return keys
}

// markParts says what became of the findings, and offers to take it back.
func markParts(found []core.Found, do markActions, now time.Time) []fyne.CanvasObject {
	keys := keysOf(found, true, now)
	if len(keys) == 0 {
		return nil
	}
	text := words.Say("Handled")
	for _, f := range found {
		if f.Mark.Handled.IsZero() && f.Mark.Hidden(now) {
			until := f.Mark.Snoozed.In(now.Location())
			text = words.Say("Snoozed until %s", words.Moment(until, now))
		}
	}
	undo := kit.NewLink(words.Say("Undo"), func() { do.unmark(keys) })
	return []fyne.CanvasObject{kit.Inset(12, 0, 0, 0, kit.Lead(6, kit.NewText(text, kit.Muted), kit.HStack(0, undo)))}
}

// markButtons take findings out of sight; both are nil if there are none.
type markButtons struct{ snooze, handle *kit.Button }

func newMarkButtons(found []core.Found, do markActions, now time.Time) (b markButtons) {
	if keys := keysOf(found, false, now); len(keys) > 0 {
		b.snooze = kit.NewButton(words.Say("Snooze"), nil, func() { do.snooze(b.snooze, keys) })
		b.snooze.SetOpens(true)
		b.handle = kit.NewButton(words.Say("Mark handled"), assets.Check, func() { do.handle(keys) })
	}
	return b
}
