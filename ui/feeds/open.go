package feeds

import (
	"context"
	"slices"

	"rentbell/core"
	"rentbell/ui/expected"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// detailed is what the pane in front shows, so that news about it can be added.
type detailed struct {
	subject core.Subject
	again   func()
}

// follow selects and opens the row that was asked for, if there is one.
func (p *Pages) follow(list *kit.List) {
	if p.wanted == 0 {
		return
	}
	row := list.Rows.Find(p.wanted, -1)
	p.wanted = 0
	if row < 0 {
		return
	}
	list.Select(row)
	list.Reveal(row)
	list.OnOpen(row)
}

// OpenEvent shows an event on the page of its kind.
func (p *Pages) OpenEvent(e core.Event) {
	switch d := e.Detail.(type) {
	case core.Payment:
		p.payments.showMonthOf(e.OccurredAt.In(p.now().Location()))
		p.openRow(Payments, e.Seq)
	case core.WorkOrder:
		p.workOrders.showAll(core.WorkOrderState{WorkOrder: d}.Open())
		p.openRow(WorkOrders, hashed(d.ID))
	case core.LeaseSigned:
		p.showLease(d.Lease)
	case core.LeaseExpired:
		p.showLease(d.Lease)
	case core.Tenant:
		p.tenants.unfilter()
		p.openRow(Tenants, hashed(d.ID))
	default:
		p.do.Open(Activity)
		p.openActivity(e)
	}
}

// showLease shows a lease on its page.
func (p *Pages) showLease(id string) {
	p.leases.showAll()
	p.openRow(Leases, hashed(id))
}

func (p *Pages) openRow(s Section, key uint64) {
	p.wanted = key
	p.do.Open(s)
}

// review shows an item of Needs attention.
func (p *Pages) review(item news.Concern) {
	if item.Group == news.Connection {
		p.do.Settings()
		return
	}
	p.OpenAttention()
}

// OpenAttention shows all that needs attention.
func (p *Pages) OpenAttention() {
	p.do.Open(Activity)
	p.activity.open(attentionTab)
}

func (p *Pages) paneActions() paneActions {
	return p.marking(paneActions{
		copy: p.do.Copy, showLease: p.showLease, names: p.bell.Names(), name: p.do.Name,
		bellLine: func(e core.Event) string {
			s, loc := p.bell.Settings(), p.now().Location()
			return words.Paragraph(bellLine(e, s, loc), findingLines(e, p.bell.Findings(), s, loc))
		},
		rent: p.editor(func() { p.RenewPane(Leases) }),
	})
}

func (p *Pages) openPayment(e core.Event) {
	openDetail(p, e.Detail.Subject(), "read a payment",
		func() (paymentDetail, error) { return readPayment(p.bell, e) }, p.payments.showDetail)
}

func (p *Pages) openWorkOrder(o order) {
	openStory(p, "read a work order", o, order.Subject, p.readOrders, p.workOrders.showDetail)
}

func (p *Pages) openLease(l core.LeaseState) {
	month := core.MonthOf(p.now())
	openDetail(p, leaseSubject(l), "read a lease", func() (leaseDetail, error) {
		s, err := readStory(p.bell, l, leaseSubject, p.bell.Leases)
		return leaseDetail{s, expected.Read(p.bell, l.ID, month)}, err
	}, p.leases.showDetail)
}

func (p *Pages) openTenant(t core.TenantState) {
	openStory(p, "read a tenant", t, core.TenantState.Subject, p.bell.Tenants, p.tenants.showDetail)
}

// openStory opens the pane of a thing and its past.
func openStory[T any](p *Pages, doing string, of T, subject func(T) core.Subject, all func() ([]T, error), show func(story[T], paneActions)) {
	openDetail(p, subject(of), doing, func() (story[T], error) { return readStory(p.bell, of, subject, all) }, show)
}

// openActivity opens an event as it came. It is shown at once: nothing is to be
// read but the names, once they have changed.
func (p *Pages) openActivity(e core.Event) {
	p.shown = detailed{again: func() {
		readDetail(p, "read an event", func() (core.Event, error) { return p.bell.Event(e.Seq) }, p.activity.showDetail)
	}}
	p.activity.showDetail(e, p.paneActions())
}

// openDetail opens a pane and remembers what it shows.
func openDetail[T any](p *Pages, s core.Subject, doing string, read func() (T, error), show func(T, paneActions)) {
	p.shown = detailed{s, func() { readDetail(p, doing, read, show) }}
	p.shown.again()
}

// readDetail reads what a pane shows and shows it.
func readDetail[T any](p *Pages, doing string, read func() (T, error), show func(T, paneActions)) {
	p.details.Replace(p.post, func(context.Context) func() {
		d, err := read()
		return p.showing(doing, err, func() { show(d, p.paneActions()) })
	})
}

// News reads the pane of a page anew when events are about what it shows.
func (p *Pages) News(s Section, fresh []core.Event) {
	about := func(e core.Event) bool { return e.Detail != nil && e.Detail.Subject() == p.shown.subject }
	if p.shown.subject != (core.Subject{}) && slices.ContainsFunc(fresh, about) {
		p.RenewPane(s)
	}
}

// RenewPane reads the pane of a page anew, if one is open: names have changed.
func (p *Pages) RenewPane(s Section) {
	if p.expects(s) {
		p.payments.expected.Renew()
		return
	}
	if s == Overview || s >= Sections || p.shown.again == nil || !p.Page(s).Pane.Open {
		return
	}
	p.Page(s).Pane.Stay()
	p.shown.again()
}
