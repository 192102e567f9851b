package expected

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// states lists how a lease can stand, in the order of the list: what needs somebody
// first.
func states() []core.RentState {
	return []core.RentState{
		core.RentLate, core.RentReturned, core.RentPartial, core.RentTwice,
		core.RentOpen, core.RentNotKnown, core.RentEarly, core.RentPaid,
	}
}

// chipOf returns how a lease stands: colours, icon and word of a chip.
func chipOf(l core.LeaseMonth) (kit.Family, fyne.Resource, string) {
	switch l.State {
	case core.RentLate:
		return kit.Warn, assets.Clock, words.SayN(l.DaysLate, "Late %s day", "Late %s days", explain.Number(l.DaysLate))
	case core.RentReturned:
		return kit.Bad, assets.Returned, words.Say("Returned")
	case core.RentPartial:
		return kit.Warn, assets.Info, words.Say("Partial")
	case core.RentTwice:
		return kit.Warn, assets.Duplicate, words.Say("Paid twice?")
	case core.RentOpen:
		return kit.Neutral, nil, words.Say("Not late yet")
	case core.RentEarly:
		return kit.Good, assets.Calendar, words.Say("Paid early")
	case core.RentPaid:
		return kit.Good, assets.Verified, words.Say("Paid")
	}
	return kit.Neutral, nil, words.Say("Not known")
}

// filter is a chip above the list. The first lists all leases.
type filter struct {
	state   core.RentState
	counted string // the chip's text
	none    string // says that no lease of a month is like that
}

// filters are the chips, from the left. Their texts are English sources.
func filters() []filter {
	return []filter{
		{counted: "All %s"},
		{core.RentLate, "Late %s", "No lease is late in %s."},
		{core.RentPartial, "Partial %s", "No lease has paid only a part in %s."},
		{core.RentReturned, "Returned %s", "No payment of %s was returned."},
		{core.RentTwice, "Paid twice %s", "No lease seems to have paid twice in %s."},
		{core.RentNotKnown, "Not known %s", "Every rent of %s is known."},
	}
}

// filterLabels returns the texts of the chips for the leases of a month.
func filterLabels(leases []core.LeaseMonth) []string {
	var labels []string
	for _, f := range filters() {
		n := 0
		for _, l := range leases {
			if f.state == "" || l.State == f.state {
				n++
			}
		}
		labels = append(labels, words.Say(f.counted, explain.Number(n)))
	}
	return labels
}

// nameOf returns the tenant of a lease, or its number if there is no name.
func nameOf(l core.LeaseMonth) (name string, known bool) {
	return words.NameOr(l.Tenant, l.Lease, "Lease", "Lease %s")
}

// compareStates puts what needs somebody first: by state, then the longest late, then
// by name.
func compareStates(a, b core.LeaseMonth) int {
	aName, _ := nameOf(a)
	bName, _ := nameOf(b)
	return cmp.Or(
		cmp.Compare(slices.Index(states(), a.State), slices.Index(states(), b.State)),
		cmp.Compare(b.DaysLate, a.DaysLate),
		cmp.Compare(words.Folded(aName), words.Folded(bName)),
		cmp.Compare(a.Lease, b.Lease),
	)
}

// above returns what came beyond the rent, at least 0. It is 0 where no rent is known.
func above(l core.LeaseMonth) core.Cents {
	if !l.Expected.Known() {
		return 0
	}
	return max(0, l.Received.Plus(-l.Expected.Amount))
}
