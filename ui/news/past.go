package news

import (
	"slices"
	"time"

	"rentbell/core"
)

// Found is an item of findings in the order of time, whatever became of them.
type Found struct {
	Concern
	At      time.Time // when it began, in the reader's time zone
	Snoozed bool
	Handled bool
}

// AllDay reports whether it began with a day, and not at a time of day.
func (f Found) AllDay() bool {
	return f.Kind == core.FindLate || f.Kind == core.FindPartial || f.Kind == core.FindLeaseEnds
}

// All are the findings that need attention or did, oldest first. Those of one kind and day
// of which the same became are one item.
func All(r Reader, now time.Time) []Found {
	type day struct {
		kind             core.FindingKind
		on               core.Date
		snoozed, handled bool
	}
	of := map[day][]core.Found{}
	for _, f := range r.Findings() {
		if f.NeedsAttention() {
			handled := !f.Mark.Handled.IsZero()
			d := day{f.Kind, core.DateOf(f.Begins(now.Location())), !handled && now.Before(f.Mark.Snoozed), handled}
			of[d] = append(of[d], f)
		}
	}
	var all []Found
	for d, found := range of {
		item := Found{Concern: findingConcern(pile{d.kind, found}, r, now), Snoozed: d.snoozed, Handled: d.handled}
		item.At = item.Found[0].Begins(now.Location())
		all = append(all, item)
	}
	slices.SortFunc(all, func(a, b Found) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return mostUrgent(a.Found[0], b.Found[0])
	})
	return all
}
