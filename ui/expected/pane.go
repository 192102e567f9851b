package expected

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// story is what the pane shows of a lease.
type story struct {
	Terms
	past  []core.LeaseMonth // up to the month, oldest first
	ends  core.Date         // zero: never, or not known
	found []core.Found      // of the lease in the month
}

// paneActions are what the pane can ask for.
type paneActions struct {
	TermsActions
	copy      func(text string)
	showLease func()
	marks     markActions
}

// paneTitle is the kind that heads the pane: "Rent for June".
func paneTitle(m core.Month) string { return words.Say("Rent for %s", words.MonthWord(m.First())) }

// paneParts are the parts of the pane.
func paneParts(s story, do paneActions, marks markButtons, now time.Time) []fyne.CanvasObject {
	facts := s.facts(do.TermsActions)
	parts := append(paneHead(s.Month), kit.NewRule(), kit.Inset(13, 0, 12, 0, kit.NewFacts(facts)), kit.NewRule())
	if len(s.past) > 0 {
		title := kit.Inset(12, 0, 8, 0, kit.NewText(words.Say("Last six months"), kit.Title))
		parts = append(parts, title, kit.Inset(0, 0, 12, 0, newBars(s.past)), kit.NewRule())
	}
	parts = append(parts, s.Switches(do.TermsActions), kit.NewRule())
	parts = append(parts, markParts(s.found, do.marks, now)...)
	name, _ := nameOf(s.Month)
	var buttons []fyne.CanvasObject
	if marks.snooze != nil {
		buttons = append(buttons, marks.snooze, marks.handle)
	}
	buttons = append(buttons,
		kit.NewButton(words.Say("Show lease"), assets.NavLeases, do.showLease),
		kit.NewButton(words.Say("Copy details"), assets.Copy, func() { do.copy(factsText(paneTitle(s.Month.Month)+", "+name, facts)) }))
	return append(parts, kit.Inset(14, 0, 0, 0, kit.Flow(8, buttons...)))
}

// paneHead is the sum, whose it is, and how it stands.
func paneHead(l core.LeaseMonth) []fyne.CanvasObject {
	name, known := nameOf(l)
	style := kit.Strong
	if !known {
		style = kit.Unknown
	}
	sum, verb := l.Received, words.Say("received from")
	if due := l.StillDue(); due > 0 {
		sum, verb = due, words.Say("still due from")
	}
	family, icon, text := chipOf(l)
	chips := []fyne.CanvasObject{kit.NewChip(family, icon, text)}
	switch more := above(l); {
	case l.Received == 0:
		chips = append(chips, kit.NewChip(kit.Neutral, nil, words.Say("Nothing received")))
	case l.StillDue() > 0:
		chips = append(chips, kit.NewChip(kit.Neutral, nil, words.Say("%s received", words.Dollars(l.Received))))
	case more > 0:
		chips = append(chips, kit.NewChip(kit.Neutral, nil, words.Say("+%s above rent", words.Dollars(more))))
	}
	return []fyne.CanvasObject{
		kit.Inset(-1, 0, 1, 0, kit.VStack(0,
			kit.NewText(words.Dollars(sum), kit.Figure).Tight(),
			kit.Lead(4, kit.NewText(verb, kit.Body), kit.NewText(name, style).Tight()),
		)),
		kit.Inset(9, 0, 12, 0, kit.Flow(6, chips...)),
	}
}

// facts are the facts of a lease in a month.
func (s story) facts(do TermsActions) []kit.Fact {
	l := s.Month
	place := kit.Fact{Label: words.Say("Property"), Value: words.Joined(l.Property, words.UnitName(l.Unit))}
	if place.Value == "" {
		place.Value, place.Style = words.Say(words.NoProperty), kit.Unknown
	}
	lease := kit.Fact{Label: words.Say("Lease"), Value: words.MeaningfulID(l.Lease)}
	switch {
	case s.ends.IsZero():
	case lease.Value == "":
		lease.Value = words.Say("Ends %s", words.FullDate(s.ends))
	default:
		lease.Value = words.Say("%s, to %s", lease.Value, words.FullDate(s.ends))
	}
	facts := []kit.Fact{place}
	if lease.Value != "" {
		facts = append(facts, lease)
	}
	return append(facts, s.Facts(do)...)
}

// factsText is what "Copy details" puts on the clipboard.
func factsText(title string, facts []kit.Fact) string {
	var b strings.Builder
	b.WriteString(title + "\n")
	for _, f := range facts {
		b.WriteString(words.Say("%s: %s", f.Label, f.Value) + "\n")
	}
	return b.String()
}
