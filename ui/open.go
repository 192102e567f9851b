package ui

import (
	"context"
	"slices"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// detailed is what the pane in front shows, so that news about it can be added.
type detailed struct {
	subject core.Subject
	again   func()
}

// focusRequest is a row to select and open as soon as its page has been read.
type focusRequest struct {
	key uint64
}

// follow selects and opens the row that was asked for, if there is one.
func (u *UI) follow(list *kit.List, p *frame.Pane, open func(row int)) {
	if u.focus.key == 0 {
		return
	}
	row := list.Rows.Find(u.focus.key, -1)
	u.focus = focusRequest{}
	if row < 0 {
		return
	}
	list.Select(row)
	list.Reveal(row)
	open(row)
}

func (u *UI) openPaymentAt(row int) {
	if e, ok := u.payments.rows.At(row); ok {
		u.openPayment(e)
	}
}
func (u *UI) openWorkOrderAt(row int) { u.openWorkOrder(*u.workOrders.rows.at[row].order) }
func (u *UI) openLeaseAt(row int)     { u.openLease(u.leases.rows[row]) }
func (u *UI) openTenantAt(row int)    { u.openTenant(u.tenants.rows[row]) }

// openEvent shows an event on the page of its kind.
func (u *UI) openEvent(e core.Event) {
	switch d := e.Detail.(type) {
	case core.Payment:
		u.payments.showMonthOf(e.OccurredAt.In(u.now().Location()))
		u.focusOn(paymentsSection, e.Seq)
	case core.WorkOrder:
		u.workOrders.showAll(core.WorkOrderState{WorkOrder: d}.Open())
		u.focusOn(workOrdersSection, hashed(d.ID))
	case core.LeaseSigned:
		u.showLease(d.Lease)
	case core.LeaseExpired:
		u.showLease(d.Lease)
	case core.Tenant:
		u.tenants.showAll()
		u.focusOn(tenantsSection, hashed(d.ID))
	default:
		u.Open(activitySection)
		u.openActivity(e)
	}
}

// showLease shows a lease on its page.
func (u *UI) showLease(id string) {
	u.leases.showAll()
	u.focusOn(leasesSection, hashed(id))
}

func (u *UI) focusOn(s section, key uint64) {
	u.focus = focusRequest{key: key}
	u.Open(s)
}

// review shows an item of Needs attention.
func (u *UI) review(item concern) {
	if item.id == 0 {
		u.showSettings()
		return
	}
	u.Open(activitySection)
	u.activity.open(attentionTab)
}

// showConcern shows what an item is about.
func (u *UI) showConcern(item concern) {
	if item.event != nil {
		u.openEvent(*item.event)
		return
	}
	u.activity.showDelivery(item, u.paneActions())
}

func (u *UI) paneActions() paneActions {
	return paneActions{
		copy: u.app.Clipboard().SetContent, showLease: u.showLease, bellLine: u.bellLine,
		names: u.bell.Names(), name: u.askName,
	}
}

func (u *UI) openPayment(e core.Event) {
	u.detail(e.Detail.Subject(), func() {
		openDetail(u, "read a payment", func(context.Context) (paymentDetail, error) { return readPayment(u.bell, e) },
			func(d paymentDetail) { u.payments.showDetail(d, u.paneActions()) })
	})
}

func (u *UI) openWorkOrder(w core.WorkOrderState) {
	subject := w.Subject()
	u.detail(subject, func() {
		openDetail(u, "read a work order", func(context.Context) (workOrderDetail, error) {
			d := workOrderDetail{order: w}
			all, err := u.bell.WorkOrders()
			if i := slices.IndexFunc(all, func(o core.WorkOrderState) bool { return o.ID == w.ID }); i >= 0 {
				d.order = all[i]
			}
			if err == nil {
				d.history, err = readHistory(u.bell, subject)
			}
			return d, err
		}, func(d workOrderDetail) { u.workOrders.showDetail(d, u.paneActions()) })
	})
}

func (u *UI) openLease(l core.LeaseState) {
	subject := core.Subject{Kind: "lease", ID: l.ID}
	u.detail(subject, func() {
		openDetail(u, "read a lease", func(context.Context) (leaseDetail, error) {
			d := leaseDetail{lease: l}
			all, err := u.bell.Leases()
			if i := slices.IndexFunc(all, func(o core.LeaseState) bool { return o.ID == l.ID }); i >= 0 {
				d.lease = all[i]
			}
			if err == nil {
				d.history, err = readHistory(u.bell, subject)
			}
			return d, err
		}, func(d leaseDetail) { u.leases.showDetail(d, u.paneActions()) })
	})
}

func (u *UI) openTenant(t core.TenantState) {
	subject := t.Subject()
	u.detail(subject, func() {
		openDetail(u, "read a tenant", func(context.Context) (tenantDetail, error) {
			d := tenantDetail{tenant: t}
			all, err := u.bell.Tenants()
			if i := slices.IndexFunc(all, func(o core.TenantState) bool { return o.ID == t.ID }); i >= 0 {
				d.tenant = all[i]
			}
			if err == nil {
				d.history, err = readHistory(u.bell, subject)
			}
			return d, err
		}, func(d tenantDetail) { u.tenants.showDetail(d, u.paneActions()) })
	})
}

func (u *UI) openActivity(e core.Event) {
	u.shown = detailed{again: func() {
		openDetail(u, "read an event", func(context.Context) (core.Event, error) { return u.bell.Event(e.Seq) },
			func(e core.Event) { u.activity.showDetail(e, u.paneActions()) })
	}}
	u.activity.showDetail(e, u.paneActions())
}

// detail opens a pane and remembers what it shows.
func (u *UI) detail(s core.Subject, open func()) {
	u.shown = detailed{subject: s, again: open}
	open()
}

// openDetail reads what a pane shows and shows it.
func openDetail[T any](u *UI, doing string, read func(context.Context) (T, error), show func(T)) {
	u.details.Replace(u.post, func(ctx context.Context) func() {
		d, err := read(ctx)
		return u.showing(doing, err, func() { show(d) })
	})
}

// reloadDetail adds news to the pane in front when they are about it.
func (u *UI) reloadDetail(fresh []core.Event) {
	if !u.detailed() {
		return
	}
	about := func(e core.Event) bool { return e.Detail != nil && e.Detail.Subject() == u.shown.subject }
	if u.shown.subject != (core.Subject{}) && slices.ContainsFunc(fresh, about) {
		u.shown.again()
	}
}

// detailed reports whether a pane is in front that can be read again.
func (u *UI) detailed() bool {
	p := u.shell.page()
	return !u.hidden && u.shown.again != nil && p != nil && p.Pane != nil && p.Pane.Open
}
