package feeds

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/expected"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// leaseDetail is one lease, its past, and what is expected of it this month.
type leaseDetail struct {
	story[core.LeaseState]
	rent expected.Terms // without a lease: nothing is known of it
}

func (v *leasesView) showDetail(d leaseDetail, do paneActions) {
	l, now := d.of, v.now()
	name, known := leaseName(l)
	stage := leaseStages[stageOf(l, now)]
	parts := []fyne.CanvasObject{
		paneName(name, known),
		paneChips(kit.NewChip(stage.family, nil, words.Say(stage.name)), originChip(newest(d.history))),
		kit.NewRule(),
		paneFacts(leaseFacts(l, do, now)),
		kit.NewRule(),
	}
	if d.rent.Month.Lease != "" {
		rent := do.rent.For(d.rent)
		parts = append(parts, paneFacts(d.rent.Facts(rent)), kit.NewRule(), d.rent.Switches(rent), kit.NewRule())
	}
	if len(d.history) > 0 {
		parts = withTimeline(parts, words.Say("This lease so far"), leaseSteps(d.history, d.history[0].Seq, now))
		parts = append(parts, newRaw(d.history[0].Body, do.copy, v.pane.Update))
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

// leaseSteps is a lease's history, newest first, as a timeline on which one
// event is marked.
func leaseSteps(history []core.Event, marked uint64, now time.Time) []kit.Step {
	var steps []kit.Step
	for _, e := range history[:min(len(history), mostSteps)] {
		t := e.OccurredAt.In(now.Location())
		s := kit.Step{When: words.Tongue.ShortDate(t, now)}
		switch d := e.Detail.(type) {
		case core.Payment:
			s.Title, s.Note = words.Say("Payment %s", words.AmountOf(d)), words.MethodName(d.Method)
		case core.LeaseSigned:
			s.Title, s.Note = words.Say("Lease signed"), words.TermOf(d.MoveIn, d.Months, now)
		case core.LeaseExpired:
			s.Title = words.Say("Lease ended")
			if !d.Vacate.IsZero() {
				s.Note = words.Say("Move-out %s", words.Tongue.LongDate(words.DayOf(d.Vacate, now), now))
			}
		default:
			s.Title, _ = words.TypeName(e.Type)
		}
		if e.Seq == marked {
			s.Moment = kit.Now
		}
		steps = append(steps, s)
	}
	return steps
}
