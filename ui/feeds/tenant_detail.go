package feeds

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

func (v *tenantsView) showDetail(d story[core.TenantState], do paneActions) {
	t, now := d.of, v.now()
	name, known := words.NameOf(t.Tenant)
	parts := withNote([]fyne.CanvasObject{paneName(name, known), paneChips(originChip(newest(d.history)))}, newest(d.history))
	facts := knownFacts(
		do.nameable(idFact(words.Say("Tenant"), t.ID, t.Tenant.Tenant), core.NameTenant, t.ID),
		do.nameable(placeFact(t.Place), core.NameProperty, t.PropertyID),
		kit.Fact{Label: words.Say("E-mail"), Value: t.Email},
		kit.Fact{Label: words.Say("Added"), Value: words.Moment(t.Created.In(now.Location()), now)},
	)
	parts = append(parts, kit.NewRule(), paneFacts(facts))
	if len(d.history) > 0 {
		parts = withTimeline(append(parts, kit.NewRule()), words.Say("This tenant so far"), tenantSteps(d.history, now))
		parts = append(parts, newRaw(d.history[0].Body, do.copy, v.pane.Update))
	}
	button := kit.NewButton(words.Say("Copy details"), assets.Copy, func() { do.copy(factsText(name, facts)) })
	v.pane.Show(words.Numbered("Tenant", "Tenant %s", t.ID), append(parts, kit.Inset(14, 0, 0, 0, kit.HStack(8, button)))...)
}

// tenantSteps are what AppFolio sent about a tenant, newest first.
func tenantSteps(history []core.Event, now time.Time) []kit.Step {
	var steps []kit.Step
	for i, e := range history[:min(len(history), mostSteps)] {
		t := e.OccurredAt.In(now.Location())
		s := kit.Step{Title: words.Say("Added in AppFolio"), Note: words.Tongue.Clock(t), When: words.Tongue.ShortDate(t, now)}
		if m, ok := e.Detail.(core.Move); ok {
			s.Title = words.MoveOf(m, now)
		}
		if i == 0 {
			s.Moment = kit.Now
		}
		steps = append(steps, s)
	}
	return steps
}
