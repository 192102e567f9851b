package feeds

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

func (v *leasesView) showDetail(d story[core.LeaseState], do paneActions) {
	l, now := d.of, v.now()
	name, known := leaseName(l)
	style := kit.Heading
	style.Italic = !known
	stage := leaseStages[stageOf(l, now)]
	parts := []fyne.CanvasObject{
		kit.NewProse(name, style),
		paneChips(kit.NewChip(stage.family, nil, words.Say(stage.name)), originChip(newest(d.history))),
		kit.NewRule(),
		paneFacts(leaseFacts(l, do, now)),
		kit.NewRule(),
	}
	if len(d.history) > 0 {
		steps := leaseSteps(d.history, d.history[0].Seq, now)
		parts = append(parts, paneTitle(words.Say("This lease so far")), kit.Inset(0, 0, 16, 0, kit.NewTimeline(steps)),
			newRaw(d.history[0].Body, do.copy, v.pane.Update))
	}
	v.pane.Show(words.Numbered("Lease", "Lease %s", l.ID), parts...)
}

func leaseFacts(l core.LeaseState, do paneActions, now time.Time) []kit.Fact {
	ends, left := leaseEnd(l, now)
	if days := core.DateOf(now).DaysUntil(l.Ends()); !l.Ends().IsZero() && days >= 0 {
		left = daysLeft(days)
	}
	moveIn, signed := "", ""
	if !l.MoveIn.IsZero() {
		moveIn = words.FullDate(l.MoveIn)
	}
	if !l.SignedAt.IsZero() {
		signed = words.FullDate(core.DateOf(l.SignedAt.In(now.Location())))
	}
	dates := kit.Fact{}
	if moveIn == "" && ends == "" {
		dates = kit.Fact{Label: words.Say("Dates"), Value: words.Say("Not sent yet"), Style: kit.Unknown}
	}
	return knownFacts(
		placeFact(l.Place),
		do.nameable(idFact(words.Say("Lease"), l.ID, l.Tenant), core.NameLease, l.ID),
		do.nameable(idFact(words.Say("Unit"), l.UnitID, words.UnitName(l.Unit)), core.NameUnit, l.UnitID),
		dates,
		kit.Fact{Label: words.Say("Signed"), Value: signed},
		kit.Fact{Label: words.Say("Move-in"), Value: moveIn},
		kit.Fact{Label: words.Say("Term"), Value: leaseTerm(l)},
		kit.Fact{Label: words.Say("Ends"), Value: ends},
		kit.Fact{Label: words.Say("Days left"), Value: left},
	)
}
