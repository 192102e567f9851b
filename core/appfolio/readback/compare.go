package readback

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/reports"
)

// Owed is what a lease owes by AppFolio's books and by the radar's findings.
type Owed struct {
	Lease  string
	Place  reports.Place
	Tenant string
	Theirs core.Cents // 0: the report does not have it
	Ours   core.Cents // 0: the radar finds nothing late or in part
}

// even is how far two sums may differ and count as the same, as in the radar.
const even core.Cents = 1_00

// Differs reports whether both find a debt, and another one.
func (o Owed) Differs() bool {
	apart := o.Theirs.Plus(-o.Ours)
	return o.Theirs > 0 && o.Ours > 0 && max(apart, -apart) > even
}

// Compare sets the debts of a delinquency report beside what the radar finds late or in
// part, by lease. Nothing is kept. The count is of the report's: added are those that the
// radar does not find, changed those that differ.
func Compare(ctx context.Context, k Known, debts []reports.Debt, found []core.Finding, now time.Time) ([]Owed, core.Taken, error) {
	f, err := openFiling(ctx, k, now)
	if err != nil {
		return nil, core.Taken{}, err
	}
	f.here = f.byPlace()
	owed := map[string]Owed{}
	for _, d := range debts {
		lease := f.leaseOfDebt(d)
		owed[lease] = Owed{lease, d.Place, d.Tenant, owed[lease].Theirs.Plus(d.Amount), 0}
	}
	for _, o := range found {
		if o.Kind == core.FindLate || o.Kind == core.FindPartial {
			is := owed[o.Lease]
			is.Lease, is.Ours = o.Lease, is.Ours.Plus(o.StillDue())
			owed[o.Lease] = is
		}
	}
	all := slices.SortedFunc(maps.Values(owed), func(x, y Owed) int { return cmp.Compare(x.Lease, y.Lease) })
	for _, o := range all {
		if o.Theirs > 0 {
			f.count(o.Ours > 0, !o.Differs())
		}
	}
	return all, f.taken, nil
}

// leaseOfDebt is the lease of a row of the report, as its payments go by it.
func (f *filing) leaseOfDebt(d reports.Debt) string {
	here := f.here[d.Folded()]
	switch {
	case d.Lease != "":
		return cmp.Or(f.tenancies[d.Lease].LeaseID, d.Lease)
	}
	if home, lives := latestOf(here, f.at.today); lives {
		return home.LeaseID
	}
	return cmp.Or(f.places[d.Folded()].Lease, d.ID())
}
