package feeds

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

func (v *workOrdersView) showDetail(d story[order], do paneActions) {
	w, now := d.of, v.now()
	title, known := words.NameOf(w.WorkOrder)
	family := kit.Petrol
	if !w.Open() {
		family = kit.Neutral
	}
	chips := []fyne.CanvasObject{kit.NewChip(family, nil, words.StatusName(w.Status))}
	if family, icon, text, marked := w.chip(now); marked {
		chips = append(chips, kit.NewChip(family, icon, text))
	} else {
		chips = append(chips, originChip(newest(d.history)))
	}
	parts := []fyne.CanvasObject{
		paneName(title, known),
		paneChips(chips...),
	}
	parts = append(withNote(parts, newest(d.history)), kit.NewRule(), paneFacts(workOrderFacts(w, do, now)), kit.NewRule())
	parts = v.withLadder(parts, w, do)
	parts = append(withTimeline(parts, words.Say("Status"), workOrderSteps(d, now)), kit.NewRule())
	if w.Open() {
		parts = append(parts, kit.Inset(12, 0, 12, 0, kit.NewProse(workOrderNote(d, do, now), kit.Caption)))
	}
	if len(d.history) > 0 {
		parts = append(parts, newRaw(d.history[0].Body, do.copy, v.pane.Update))
	}
	v.pane.Show(words.Numbered("Work order", "Work order %s", w.Called()), parts...)
}

// workOrderNote says how old the last step is, and what the bell makes of it.
func workOrderNote(d story[order], do paneActions, now time.Time) string {
	bell := ""
	if len(d.history) > 0 {
		bell = do.bellLine(d.history[0])
	}
	return words.Say("Last update %s. %s", words.Tongue.OnDay(d.of.Updated.In(now.Location()), now),
		cmp.Or(bell, words.Say("The bell rings again when the status changes.")))
}

func workOrderFacts(w order, do paneActions, now time.Time) []kit.Fact {
	vendor := do.nameable(kit.Fact{Label: words.Say("Vendor"), Value: w.Vendor}, core.NameVendor, cmp.Or(w.VendorID, w.Vendor))
	if w.Vendor == "" {
		vendor = kit.Fact{Label: words.Say("Vendor"), Value: words.Say("No vendor yet"), Style: kit.Unknown}
	}
	open := kit.Fact{Label: words.Say("Open for"), Value: strings.ToLower(words.Age(now.Sub(w.FirstSeen)))}
	if !w.Open() {
		open = kit.Fact{Label: words.Say("Took"), Value: strings.ToLower(words.Age(w.Updated.Sub(w.FirstSeen)))}
	}
	return knownFacts(
		placeFact(w.Place),
		kit.Fact{Label: words.Say("Tenant"), Value: w.Tenant},
		vendor,
		lastChange(w, now),
		kit.Fact{Label: words.Say("Priority"), Value: words.PriorityName(w.Priority)},
		open,
	)
}

// lastChange is when the status or the vendor of an open work order changed last.
func lastChange(o order, now time.Time) kit.Fact {
	if o.clock.Changed.IsZero() {
		return kit.Fact{}
	}
	at := o.clock.Changed.In(now.Location())
	return kit.Fact{Label: words.Say("Last change"), Value: words.Moment(at, now)}
}

// usualWay are the statuses most work orders go through.
var usualWay = []string{"New", "Assigned", "Scheduled", "Work done", "Completed"}

// workOrderSteps are the changes of status, oldest first, and what usually
// comes after the last one.
func workOrderSteps(d story[order], now time.Time) []kit.Step {
	var steps []kit.Step
	last := ""
	for _, e := range slices.Backward(d.history) {
		w, ok := e.Detail.(core.WorkOrder)
		if !ok || len(steps) > 0 && w.Status == last {
			continue // news that changed something else
		}
		last = w.Status
		t := e.OccurredAt.In(now.Location())
		steps = append(steps, kit.Step{Title: statusChange(e, w), Note: words.Joined(w.Vendor, words.Tongue.Clock(t)), When: words.Tongue.ShortDate(t, now)})
	}
	if over := len(steps) - mostSteps; over > 0 {
		steps = steps[over:]
	}
	if len(steps) == 0 {
		return nil
	}
	steps[len(steps)-1].Moment = kit.Now
	at := slices.IndexFunc(usualWay, func(s string) bool { return strings.EqualFold(s, d.of.Status) })
	if at >= 0 && d.of.Open() {
		for _, next := range usualWay[at+1:] {
			steps = append(steps, kit.Step{Moment: kit.ToCome, Title: words.StatusName(next)})
		}
	}
	return steps
}

// statusChange is the status in an event. Where AppFolio also sent the status before,
// it names both.
func statusChange(e core.Event, w core.WorkOrder) string {
	var data struct {
		Before string `json:"previous_status"`
	}
	if err := json.Unmarshal(e.Data(), &data); err != nil || data.Before == "" || data.Before == w.Status {
		return words.StatusName(w.Status)
	}
	return words.Say("%s (was %s)", words.StatusName(w.Status), words.StatusName(data.Before))
}
