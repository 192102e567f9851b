package feeds

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// order is a work order, how long it has waited, and what the radar found of it.
type order struct {
	core.WorkOrderState
	clock core.WorkOrderClock // zero where it is not known
	found []core.Found
}

// readOrders reads all work orders.
func (p *Pages) readOrders() ([]order, error) {
	states, err := p.bell.WorkOrders()
	found := map[string][]core.Found{}
	for _, f := range p.bell.Findings() {
		if f.WorkOrder != "" && f.NeedsAttention() {
			found[f.WorkOrder] = append(found[f.WorkOrder], f)
		}
	}
	all := make([]order, len(states))
	for i, w := range states {
		all[i] = order{WorkOrderState: w, found: found[w.ID]}
		if w.Open() {
			all[i].clock, _ = p.bell.WorkOrderClock(w.ID)
		}
	}
	return all, err
}

// changed is when the status or the vendor changed last, as far as it is known.
func (o order) changed() time.Time {
	if o.clock.Changed.IsZero() {
		return o.Updated
	}
	return o.clock.Changed
}

// waits is the finding that says why an order is stuck; false if it is not, or if the
// finding is snoozed or handled.
func (o order) waits(now time.Time) (core.Found, bool) {
	for _, f := range o.found {
		if !f.Mark.Hidden(now) {
			return f, true
		}
	}
	return core.Found{}, false
}

// snoozed is until when an order that is stuck is out of sight; zero if it is not.
func (o order) snoozed(now time.Time) (until time.Time) {
	for _, f := range o.found {
		if f.Mark.Handled.IsZero() && now.Before(f.Mark.Snoozed) {
			until = f.Mark.Snoozed
		}
	}
	return until
}

// chip says why an order is stuck, or that it is snoozed. ok is false for others.
func (o order) chip(now time.Time) (f kit.Family, icon fyne.Resource, text string, ok bool) {
	if found, stuck := o.waits(now); stuck {
		if found.Kind == core.FindNoVendor {
			return kit.Warn, assets.Clock, words.SayN(found.Hours, "No vendor %s hour", "No vendor %s hours", explain.Number(found.Hours)), true
		}
		days := int(now.Sub(found.Since) / day)
		return kit.Warn, assets.Clock, words.SayN(days, "Untouched %s day", "Untouched %s days", explain.Number(days)), true
	}
	if until := o.snoozed(now); !until.IsZero() {
		return kit.Neutral, assets.Moon, words.Say("Snoozed to %s", snoozeDay(until.In(now.Location()), now)), true
	}
	return kit.Neutral, nil, "", false
}

const day = 24 * time.Hour

// snoozeDay is the day on which a snooze ends: the weekday within a week, else the date.
func snoozeDay(until, now time.Time) string {
	if core.DateOf(now).DaysUntil(core.DateOf(until)) < 7 {
		return words.Tongue.Date(until, "Monday")
	}
	return words.Tongue.ShortDate(until, now)
}

// ladder are the steps of an open work order that nobody touches.
func ladder(o order, s core.Settings, now time.Time) []kit.Step {
	changed := o.changed()
	since := changed
	if !o.clock.NoVendor.IsZero() {
		since = o.clock.NoVendor
	}
	steps := []kit.Step{ladderStep(int(o.clock.Patience()/time.Hour), "hour", words.Say("Only while there is no vendor"), since.Add(o.clock.Patience()), now)}
	reached := 0
	for i, days := range o.clock.Ladder() {
		at := changed.Add(time.Duration(days) * day)
		if !now.Before(at) {
			reached = i + 1
		}
		steps = append(steps, ladderStep(days, "day", words.Rung(i+1, s), at, now))
	}
	if reached > 0 || !o.clock.NoVendor.IsZero() && steps[0].Moment == kit.Past {
		steps[reached].Moment = kit.Now
	}
	return steps
}

// ladderStep is a step that is reached at a time.
func ladderStep(n int, unit, note string, at, now time.Time) kit.Step {
	step := kit.Step{Title: words.Tongue.Count(n, unit), Note: note, When: words.Tongue.ShortDate(at.In(now.Location()), now)}
	if now.Before(at) {
		step.Moment = kit.ToCome
	}
	return step
}

// withLadder adds to a pane how long an open work order has waited, and what can be done
// about it.
func (v *workOrdersView) withLadder(parts []fyne.CanvasObject, o order, do paneActions) []fyne.CanvasObject {
	if o.clock == (core.WorkOrderClock{}) {
		return parts
	}
	parts = append(withTimeline(parts, words.Say("Since the last change"), ladder(o, do.settings, v.now())), kit.NewRule())
	parts = append(parts, kit.Inset(12, 0, 12, 0, kit.NewProse(words.Paragraph(
		words.Say("A new status or vendor starts the clock again."), words.Say("Marking it handled waits for the next step.")), kit.Caption)))
	if len(o.found) > 0 {
		parts = append(parts, kit.Inset(0, 0, 16, 0, v.newMarkButtons(o, do)))
	}
	return append(parts, kit.NewRule())
}

// newMarkButtons makes the buttons for the findings of an order: those that put them out
// of sight, or the one that brings them back.
func (v *workOrdersView) newMarkButtons(o order, do paneActions) fyne.CanvasObject {
	keys := make([]core.FindingKey, len(o.found))
	for i, f := range o.found {
		keys[i] = f.Key()
	}
	if _, stuck := o.waits(v.now()); !stuck {
		v.snooze, v.handle = nil, nil
		return kit.HStack(8, kit.NewButton(words.Say("Take the mark away"), nil, func() { do.unmark(keys) }))
	}
	v.snooze = kit.NewButton(words.Say("Snooze until"), nil, func() {
		now := v.now()
		s := frame.Snooze{Now: now, Pick: func(until time.Time) { do.snooze(keys, until) }}
		for _, f := range o.found {
			if at, days := f.Step(); !at.IsZero() {
				s.Step, s.Days = at, days
			}
		}
		s.Open(v.snooze)
	})
	v.snooze.SetOpens(true)
	v.handle = kit.NewButton(words.Say("Mark handled"), nil, func() { do.handle(keys) })
	return kit.Flow(8, v.snooze, v.handle)
}

// typed handles a key that the list does not use: S snoozes what the pane shows, H marks
// it handled.
func (v *workOrdersView) typed(_ int, key fyne.KeyName) bool {
	button := map[fyne.KeyName]*kit.Button{fyne.KeyS: v.snooze, fyne.KeyH: v.handle}[key]
	if button == nil || !v.pane.Open {
		return false
	}
	button.Tapped(nil)
	return true
}

// marking are the pane actions that change marks.
func (p *Pages) marking(do paneActions) paneActions {
	do.settings = p.bell.Settings()
	do.snooze = func(keys []core.FindingKey, until time.Time) {
		p.mark("snooze", func(ctx context.Context) error { return p.bell.Snooze(ctx, keys, until) })
	}
	do.handle = func(keys []core.FindingKey) {
		p.mark("mark findings handled", func(ctx context.Context) error { return p.bell.Handle(ctx, keys) })
	}
	do.unmark = func(keys []core.FindingKey) {
		p.mark("take a mark away", func(ctx context.Context) error { return p.bell.Unmark(ctx, keys) })
	}
	return do
}
