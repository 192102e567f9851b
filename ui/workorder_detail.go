package ui

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
)

// workOrderDetail is one work order and its steps so far.
type workOrderDetail struct {
	order   core.WorkOrderState
	history []core.Event // newest first
}

func (v *workOrdersView) showDetail(d workOrderDetail, do paneActions) {
	w, now := d.order, v.now()
	title, known := nameOf(w.WorkOrder)
	style := kit.Heading
	style.Italic = !known
	family := kit.Petrol
	if !w.Open() {
		family = kit.Neutral
	}
	parts := []fyne.CanvasObject{
		kit.NewProse(title, style),
		paneChips(kit.NewChip(family, nil, statusName(w.Status)), verifiedChip()),
	}
	if len(d.history) > 0 {
		if note := paneNote(d.history[0]); note != nil {
			parts = append(parts, note)
		}
	}
	parts = append(parts, kit.NewRule(), paneFacts(workOrderFacts(w, do, now)), kit.NewRule(),
		paneTitle(say("Status")), kit.Inset(0, 0, 16, 0, kit.NewTimeline(workOrderSteps(d, now))), kit.NewRule())
	if w.Open() {
		parts = append(parts, kit.Inset(12, 0, 12, 0, kit.NewProse(workOrderNote(d, do, now), kit.Caption)))
	}
	if len(d.history) > 0 {
		parts = append(parts, newRaw(d.history[0].Body, do.copy, v.pane.update))
	}
	v.pane.show(say("Work order %s", w.ID), parts...)
}

// workOrderNote says how old the last step is, and what the bell makes of it.
func workOrderNote(d workOrderDetail, do paneActions, now time.Time) string {
	bell := ""
	if len(d.history) > 0 {
		bell = do.bellLine(d.history[0])
	}
	return say("Last update %s. %s", tongue.OnDay(d.order.Updated.In(now.Location()), now),
		cmp.Or(bell, say("The bell rings again when the status changes.")))
}

func workOrderFacts(w core.WorkOrderState, do paneActions, now time.Time) []kit.Fact {
	vendor := do.nameable(kit.Fact{Label: say("Vendor"), Value: w.Vendor}, core.NameVendor, cmp.Or(w.VendorID, w.Vendor))
	if w.Vendor == "" {
		vendor = kit.Fact{Label: say("Vendor"), Value: say("No vendor yet"), Style: kit.Unknown}
	}
	open := kit.Fact{Label: say("Open for"), Value: strings.ToLower(age(now.Sub(w.FirstSeen)))}
	if !w.Open() {
		open = kit.Fact{Label: say("Took"), Value: strings.ToLower(age(w.Updated.Sub(w.FirstSeen)))}
	}
	return knownFacts(
		placeFact(w.Place),
		kit.Fact{Label: say("Tenant"), Value: w.Tenant},
		vendor,
		kit.Fact{Label: say("Priority"), Value: priorityName(w.Priority)},
		open,
	)
}

// usualWay are the statuses most work orders go through.
var usualWay = []string{"New", "Assigned", "Scheduled", "Work done", "Completed"}

// workOrderSteps are the changes of status, oldest first, and what usually
// comes after the last one.
func workOrderSteps(d workOrderDetail, now time.Time) []kit.Step {
	var steps []kit.Step
	last := ""
	for _, e := range slices.Backward(d.history) {
		w, ok := e.Detail.(core.WorkOrder)
		if !ok || len(steps) > 0 && w.Status == last {
			continue // news that changed something else
		}
		last = w.Status
		t := e.OccurredAt.In(now.Location())
		steps = append(steps, kit.Step{Title: statusChange(e, w), Note: joined(w.Vendor, tongue.Clock(t)), When: tongue.ShortDate(t, now)})
	}
	if over := len(steps) - mostSteps; over > 0 {
		steps = steps[over:]
	}
	if len(steps) == 0 {
		return nil
	}
	steps[len(steps)-1].Moment = kit.Now
	at := slices.IndexFunc(usualWay, func(s string) bool { return strings.EqualFold(s, d.order.Status) })
	if at >= 0 && d.order.Open() {
		for _, next := range usualWay[at+1:] {
			steps = append(steps, kit.Step{Moment: kit.ToCome, Title: statusName(next)})
		}
	}
	return steps
}

// statusChange is the status that an event tells of, after the one before where
// AppFolio sent that along.
func statusChange(e core.Event, w core.WorkOrder) string {
	var data struct {
		Before string `json:"previous_status"`
	}
	if err := json.Unmarshal(e.Data(), &data); err != nil || data.Before == "" || data.Before == w.Status {
		return statusName(w.Status)
	}
	return say("%s → %s", statusName(data.Before), statusName(w.Status))
}
