package ui

import (
	"context"

	"rentbell/core"
)

// load reads a section's page anew and shows it. A hidden window draws nothing:
// Show loads what is in front.
func (u *UI) load(s section) {
	if u.hidden {
		return
	}
	read := u.reader(s)
	if read != nil {
		u.loads[s].Load(u.post, read)
	}
}

// reader is the read of a section, as the user has it set at this moment.
func (u *UI) reader(s section) func(context.Context) func() {
	now, status := u.now(), u.status
	switch s {
	case overviewSection:
		return func(context.Context) func() {
			p, err := readOverview(u.bell, status, now)
			return u.showing("read the overview", err, func() {
				p.fresh = seqsOf(u.arrived())
				u.overview.show(p)
			})
		}
	case paymentsSection:
		return u.paymentsReader()
	case workOrdersSection:
		return func(context.Context) func() {
			all, err := u.bell.WorkOrders()
			return u.showing("read work orders", err, func() {
				u.workOrders.show(all, idsOf(u.arrived(), "workorder"))
				u.follow(u.workOrders.list, u.workOrders.pane, u.openWorkOrderAt)
			})
		}
	case leasesSection:
		return func(context.Context) func() {
			all, err := u.bell.Leases()
			return u.showing("read leases", err, func() {
				u.leases.show(all, idsOf(u.arrived(), "lease"))
				u.follow(u.leases.list, u.leases.pane, u.openLeaseAt)
			})
		}
	case tenantsSection:
		return func(context.Context) func() {
			all, err := u.bell.Tenants()
			return u.showing("read tenants", err, func() {
				u.tenants.show(all, idsOf(u.arrived(), "tenant"))
				u.follow(u.tenants.list, u.tenants.pane, u.openTenantAt)
			})
		}
	case activitySection:
		return u.activityReader()
	}
	return nil
}

func (u *UI) paymentsReader() func(context.Context) func() {
	now, query, over := u.now(), u.payments.query(), false
	return func(ctx context.Context) func() {
		p, err := u.finder.find(ctx, query, now, func(first paymentsPage) {
			u.post(func(context.Context) func() {
				return func() {
					if !over && ctx.Err() == nil {
						u.payments.show(first)
					}
				}
			})
		})
		return func() {
			over = true
			if ctx.Err() != nil {
				return // another question has taken its place
			}
			u.showing("read payments", err, func() {
				p.fresh, p.setUp = seqsOf(u.arrived()), u.status.Connection != core.ConnectionOff
				u.payments.show(p)
				u.follow(u.payments.list, u.payments.pane, u.openPaymentAt)
			})()
		}
	}
}

// queryPayments asks again because the user has changed the question.
func (u *UI) queryPayments() { u.loads[paymentsSection].Replace(u.post, u.paymentsReader()) }

func (u *UI) activityReader() func(context.Context) func() {
	now, status, feed, wanted := u.now(), u.status, u.activity.feed(), u.scroll
	return func(ctx context.Context) func() {
		p := activityPage{summary: status.Summary, kept: outcomesOf(status.Summary, now), narrowed: feed != core.FeedActivity}
		p.gaps = u.bell.Presence().Gaps
		var err error
		p.events, p.more, err = readActivity(ctx, u.bell, feed, wanted)
		if err == nil {
			p.concerns, err = readConcerns(u.bell, status, now, mostConcerns)
		}
		if err == nil {
			p.accepted, err = acceptedSince(u.bell, core.DateOf(now).In(now.Location()), status.Summary.Events)
		}
		return u.showing("read activity", err, func() {
			p.fresh, p.setUp = seqsOf(u.arrived()), u.status.Connection != core.ConnectionOff
			u.activity.show(p)
		})
	}
}

// showing is what to do with a read that may have failed.
func (u *UI) showing(doing string, err error, show func()) func() {
	return func() {
		if err != nil {
			u.report(doing, err)
			return
		}
		show()
	}
}

// arrived takes the events that the page in front has not shown yet.
func (u *UI) arrived() []core.Event {
	fresh := u.fresh
	u.fresh = nil
	return fresh
}

func seqsOf(events []core.Event) []uint64 {
	seqs := make([]uint64, len(events))
	for i, e := range events {
		seqs[i] = e.Seq
	}
	return seqs
}

// idsOf are the ids of the subjects of a kind that events are about.
func idsOf(events []core.Event, kind string) []string {
	var ids []string
	for _, e := range events {
		if e.Detail == nil {
			continue
		}
		if s := e.Detail.Subject(); s.Kind == kind {
			ids = append(ids, s.ID)
		}
	}
	return ids
}
