package feeds

import (
	"cmp"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// paymentDetail is one payment and its lease's story so far.
type paymentDetail struct {
	event   core.Event
	lease   core.LeaseState // zero: not known
	history []core.Event    // of the lease, newest first
}

func (v *paymentsView) showDetail(d paymentDetail, do paneActions) {
	p, ok := d.event.Detail.(core.Payment)
	if !ok {
		return
	}
	now := v.now()
	name, known := words.NameOf(p)
	style := kit.Strong
	if !known {
		style = kit.Unknown
	}
	facts := paymentFacts(p, d, do, now)
	parts := []fyne.CanvasObject{
		kit.Inset(-1, 0, 1, 0, kit.VStack(0,
			kit.NewText(words.AmountOf(p), kit.Figure).Tight(),
			kit.Lead(4, kit.NewText(words.Say("from"), kit.Body), kit.NewText(name, style).Tight()),
		)),
		paneChips(originChip(d.event), kit.NewChip(kit.Neutral, nil, words.MethodName(p.Method))),
	}
	parts = append(withNote(parts, d.event), kit.NewRule(), paneFacts(facts))
	parts = append(withBellLine(parts, do.bellLine(d.event)), kit.NewRule())
	if len(d.history) > 0 {
		parts = withTimeline(parts, words.Say("This lease so far"), leaseSteps(d.history, d.event.Seq, now))
	}
	parts = append(parts, newRaw(d.event.Body, do.copy, v.pane.Update))
	details := kit.NewButton(words.Say("Copy details"), assets.Copy, func() { do.copy(factsText(words.Say("%s from %s", words.AmountOf(p), name), facts)) })
	buttons := []fyne.CanvasObject{details}
	if p.Lease != "" {
		show := kit.NewButton(words.Say("Show lease"), assets.NavLeases, func() { do.showLease(p.Lease) })
		buttons = []fyne.CanvasObject{show, details}
	}
	v.pane.Show(words.Say("Payment"), append(parts, kit.Inset(14, 0, 0, 0, kit.Flow(8, buttons...)))...)
}

func paymentFacts(p core.Payment, d paymentDetail, do paneActions, now time.Time) []kit.Fact {
	return knownFacts(
		kit.Fact{Label: words.Say("Received"), Value: words.Moment(d.event.OccurredAt.In(now.Location()), now)},
		placeFact(p.Place),
		do.nameable(paymentLease(p, d.lease), core.NameLease, p.Lease),
		kit.Fact{Label: words.Say("For"), Value: p.Memo},
		kit.Fact{Label: words.Say("Reference"), Value: p.Reference},
		kit.Fact{Label: words.Say("Receipt"), Value: core.ReceiptNumber(d.event.ID)},
	)
}

// paymentLease is the lease of a payment: its id where that tells anything, and its end.
func paymentLease(p core.Payment, l core.LeaseState) kit.Fact {
	f := kit.Fact{Label: words.Say("Lease"), Value: words.MeaningfulID(p.Lease)}
	ends := l.Ends()
	switch {
	case f.Value != "" && !ends.IsZero():
		f.Value = words.Say("%s, to %s", f.Value, words.FullDate(ends))
	case f.Value == "" && !ends.IsZero():
		f.Value = words.Say("Ends %s", words.FullDate(ends))
	case f.Value == "" && p.Lease != "":
		f.Value = cmp.Or(words.PlaceOf(l.Place), words.PlaceOf(p.Place), words.Say("Not known"))
	}
	return f
}
