package feeds

import (
	"context"
	"time"

	"rentbell/core"
	"rentbell/ui/attention"
	"rentbell/ui/news"
)

// mostConcerns is how many items of what is stored are shown.
const mostConcerns = 50

// newAttention makes the tab of what needs attention. Findings are marked at once, and
// an undo takes the mark away. What is stored is taken off its list only when it can no
// longer be brought back, because the store forgets it then.
func (p *Pages) newAttention() *attention.View {
	return attention.New(p.now, attention.Actions{
		Review: p.showConcern,
		Snooze: func(c news.Concern, until time.Time) {
			p.mark("snooze", func(ctx context.Context) error { return p.bell.Snooze(ctx, c.Keys(), until) })
		},
		Handle: func(c news.Concern) {
			if len(c.Found) > 0 {
				p.mark("mark findings handled", func(ctx context.Context) error { return p.bell.Handle(ctx, c.Keys()) })
			}
		},
		Undo: func(c news.Concern) {
			if len(c.Found) > 0 {
				p.mark("take a mark away", func(ctx context.Context) error { return p.bell.Unmark(ctx, c.Keys()) })
			}
		},
		Settled: func(c news.Concern) {
			if len(c.IDs) > 0 {
				p.do.Handled(c.IDs)
			}
		},
		Name: func(o core.Offer, use bool) {
			p.mark("choose a name", func(context.Context) error { return p.bell.SettleOffer(o, use) })
		},
		After: p.after,
	})
}

// mark changes marks of findings beside the main goroutine, and shows what has become of
// them.
func (p *Pages) mark(doing string, change func(context.Context) error) {
	p.post(func(ctx context.Context) func() {
		err := change(ctx)
		return func() {
			p.report(doing, err)
			p.do.Renew()
		}
	})
}

// UndoLast brings back what was snoozed or handled last on a page.
func (p *Pages) UndoLast(s Section) {
	if s == Activity && p.activity.tabs.Selected() == attentionTab {
		p.activity.attention.UndoLast()
	}
}

// showConcern shows what an item is about, on its page.
func (p *Pages) showConcern(c news.Concern) {
	switch {
	case c.Group == news.Connection:
		p.do.Settings()
	case len(c.Found) > 0:
		p.showFindings(c)
	case c.Event != nil:
		p.OpenEvent(*c.Event)
	default:
		p.activity.showDelivery(c, p.paneActions())
	}
}

// OpenFinding shows what a finding is about, on its page.
func (p *Pages) OpenFinding(f core.Found) { p.showFindings(news.About(f)) }

// rentStates are the states of the leases that an item is about.
var rentStates = map[core.FindingKind]core.RentState{
	core.FindLate: core.RentLate, core.FindPartial: core.RentPartial, core.FindTwice: core.RentTwice, core.FindReturned: core.RentReturned,
}

// showFindings shows one payment, work order or lease, or the list of several.
func (p *Pages) showFindings(c news.Concern) {
	f := c.Found[0]
	switch {
	case c.Kind == core.FindLate, c.Kind == core.FindPartial, c.Count > 1 && rentStates[c.Kind] != "":
		p.OpenExpected(rentStates[c.Kind])
	case c.Group == news.WorkOrders:
		p.showStuck(c)
	case c.Group == news.Leases && c.Count > 1:
		p.leases.showEndingSoon()
		p.do.Open(Leases)
	case c.Group == news.Leases:
		p.showLease(f.Lease)
	default:
		p.showPaid(f)
	}
}

// showPaid shows the payment of a finding. That of a return is the one that came back,
// with the return after it.
func (p *Pages) showPaid(f core.Found) {
	p.post(func(context.Context) func() {
		e, err := p.bell.Event(f.Seqs[0])
		return p.showing("read a payment", err, func() { p.OpenEvent(e) })
	})
}

// handledSince counts the findings that were marked as handled since a time.
func handledSince(found []core.Found, from time.Time) (n int) {
	for _, f := range found {
		if !f.Mark.Handled.IsZero() && !f.Mark.Handled.Before(from) {
			n++
		}
	}
	return n
}

// weekOf is when the week of a time began, on Monday.
func weekOf(t time.Time) time.Time {
	return core.DateOf(t).AddDays(-(int(t.Weekday()) + 6) % 7).In(t.Location())
}

// showStuck shows the work orders of an item.
func (p *Pages) showStuck(c news.Concern) {
	if c.Found[0].Mark.Hidden(p.now()) {
		p.workOrders.showAll(true)
	} else {
		p.workOrders.showStuck()
	}
	if c.Count > 1 {
		p.do.Open(WorkOrders)
		return
	}
	p.openRow(WorkOrders, hashed(c.Found[0].WorkOrder))
}
