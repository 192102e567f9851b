package news

import (
	"cmp"
	"slices"
	"time"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Radar knows what should have come and did not, or came and should not.
type Radar interface {
	Findings() []core.Found // those with a mark as well
	Terms(lease string) core.LeaseTerms
}

// pile is the findings of one kind.
type pile struct {
	kind  core.FindingKind
	found []core.Found
}

// piles sorts the findings that need attention now by kind.
func piles(r Radar, now time.Time) []pile {
	of := map[core.FindingKind][]core.Found{}
	for _, f := range r.Findings() {
		if f.NeedsAttention() && !f.Mark.Hidden(now) {
			of[f.Kind] = append(of[f.Kind], f)
		}
	}
	var all []pile
	for _, kind := range core.FindingKinds() {
		if len(of[kind]) > 0 {
			all = append(all, pile{kind, of[kind]})
		}
	}
	return all
}

func groupOf(k core.FindingKind) Group {
	switch k {
	case core.FindNotice:
		return AtOnce
	case core.FindNoVendor, core.FindUntouched:
		return WorkOrders
	case core.FindLeaseEnds:
		return Leases
	}
	return Rents
}

// findingConcern puts the findings of a pile into words.
func findingConcern(p pile, r Reader, now time.Time) Concern {
	item := Concern{Kind: p.kind, Group: groupOf(p.kind), Family: kit.Warn}
	item.Found = slices.SortedStableFunc(slices.Values(p.found), mostUrgent)
	item.Count = len(subjects(item.Found))
	switch p.kind {
	case core.FindNotice:
		item.Family, item.Icon = kit.Bad, assets.Alert
		item.Title = words.SayN(item.Count, "Payment although notice was served", "%s payments although notice was served", number(item.Count)...)
		item.Text = noticeText(item.Found, r, now)
	case core.FindReturned:
		item.Family, item.Icon = kit.Bad, assets.Returned
		item.Title = words.SayN(item.Count, "Returned payment", "%s returned payments", number(item.Count)...)
		item.Text = returnedText(item.Found, r, now)
	case core.FindLate:
		item.Icon = assets.Clock
		item.Title = words.SayN(item.Count, "%s lease is late", "%s leases are late", explain.Number(item.Count))
		item.Text = dueText(item.Found)
	case core.FindPartial:
		item.Icon = assets.NavPayments
		item.Title = words.SayN(item.Count, "%s lease paid in part", "%s leases paid in part", explain.Number(item.Count))
		item.Text = dueText(item.Found)
	case core.FindTwice:
		item.Icon = assets.Duplicate
		item.Title = words.SayN(item.Count, "Paid twice?", "%s leases paid twice?", number(item.Count)...)
		item.Text = twiceText(item.Found, r, now)
	case core.FindNoVendor:
		item.Icon = assets.NavTenants
		item.Title, item.Text = noVendorWords(item.Found, now)
	case core.FindUntouched:
		item.Icon = assets.NavWorkOrders
		item.Title, item.Text = untouchedWords(item.Found, now)
	case core.FindLeaseEnds:
		item.Icon = assets.NavLeases
		item.Title, item.Text = endingWords(item.Found, now)
	}
	return item
}

// About is an item of one finding, without its words.
func About(f core.Found) Concern {
	return Concern{Kind: f.Kind, Group: groupOf(f.Kind), Found: []core.Found{f}, Count: 1}
}

// number is n as the argument of a plural; the singular has no figure.
func number(n int) []any {
	if n == 1 {
		return nil
	}
	return []any{explain.Number(n)}
}

// mostUrgent puts first what is the oldest, or ends soonest.
func mostUrgent(a, b core.Found) int {
	return cmp.Or(
		cmp.Compare(0, a.Ends.DaysUntil(b.Ends)),
		cmp.Compare(0, a.SinceDay.DaysUntil(b.SinceDay)),
		a.Since.Compare(b.Since),
		cmp.Compare(whose(a), whose(b)),
		cmp.Compare(a.Lease+a.WorkOrder, b.Lease+b.WorkOrder),
	)
}

// subjects are findings of which each is about another lease or work order, unless they
// are about payments.
func subjects(found []core.Found) []core.Found {
	seen := map[string]bool{}
	var all []core.Found
	for _, f := range found {
		if f.Amount == 0 && seen[f.Lease+"|"+f.WorkOrder] {
			continue
		}
		seen[f.Lease+"|"+f.WorkOrder] = true
		all = append(all, f)
	}
	return all
}
