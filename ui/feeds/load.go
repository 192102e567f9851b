package feeds

import (
	"context"

	"rentbell/core"
	"rentbell/ui/find"
	"rentbell/ui/news"
	"rentbell/ui/overview"
)

// Load reads a page anew, beside the main goroutine, and shows it.
func (p *Pages) Load(s Section) {
	if p.expects(s) {
		p.Forget()
		p.payments.expected.Load()
		return
	}
	if read := p.reader(s); read != nil {
		p.loads[s].Load(p.post, read)
	}
}

// reader returns the read of a page for what the user has chosen at this moment.
func (p *Pages) reader(s Section) func(context.Context) func() {
	switch s {
	case Overview:
		now, status := p.now(), p.status
		return func(context.Context) func() {
			c, err := overview.Read(p.bell, status, now)
			return p.showing("read the overview", err, func() { p.overview.Show(c, seqsOf(p.takeArrived())) })
		}
	case Payments:
		return p.paymentsReader()
	case WorkOrders:
		return memoryReader(p, s, "workorder", p.readOrders, p.workOrders.show)
	case Leases:
		return p.leasesReader()
	case Tenants:
		return memoryReader(p, s, "tenant", p.bell.Tenants, p.tenants.show)
	case Activity:
		return p.activityReader()
	}
	return nil
}

// memoryReader reads all things of a kind, as the subjects of events spell it.
func memoryReader[T any](p *Pages, s Section, kind string, read func() ([]T, error), show func(all []T, fresh []string)) func(context.Context) func() {
	return func(context.Context) func() {
		all, err := read()
		return p.showing("read "+kind+"s", err, func() {
			show(all, idsOf(p.takeArrived(), kind))
			p.follow(p.sheets[s].list)
		})
	}
}

// leasesReader reads the leases, and which of them end without a successor.
func (p *Pages) leasesReader() func(context.Context) func() {
	var countdown map[string]core.Found
	read := func() ([]core.LeaseState, error) {
		countdown = endings(p.bell.Findings())
		return p.bell.Leases()
	}
	return memoryReader(p, Leases, "lease", read, func(all []core.LeaseState, fresh []string) {
		p.leases.countdown = countdown
		p.leases.show(all, fresh)
	})
}

func (p *Pages) paymentsReader() func(context.Context) func() {
	now, query, over := p.now(), p.payments.query(), false
	return func(ctx context.Context) func() {
		found, err := p.finder.FindNear(ctx, query, now, func(first find.Answer) {
			p.post(func(context.Context) func() {
				return func() {
					if !over && ctx.Err() == nil {
						p.payments.show(first, nil, way{setUp: true})
					}
				}
			})
		})
		return func() {
			over = true
			if ctx.Err() != nil {
				return // another question has taken its place
			}
			p.showing("read payments", err, func() {
				p.payments.show(found, seqsOf(p.takeArrived()), wayOf(p.status))
				p.follow(p.payments.list)
			})()
		}
	}
}

// queryPayments asks again because the user has changed the question.
func (p *Pages) queryPayments() { p.loads[Payments].Replace(p.post, p.paymentsReader()) }

func (p *Pages) activityReader() func(context.Context) func() {
	now, status, feed, wanted := p.now(), p.status, p.activity.feed(), p.activity.wanted
	return func(ctx context.Context) func() {
		a := activityPage{summary: status.Summary, kept: outcomesOf(status.Summary, now), narrowed: feed != core.FeedActivity}
		a.gaps = p.bell.Presence().Gaps
		var err error
		a.events, a.more, err = readActivity(ctx, p.bell, feed, wanted)
		if err == nil {
			a.concerns, err = news.Concerns(p.bell, status, now, mostConcerns)
			a.items = news.Count(a.concerns, status)
			a.handled, a.found = handledSince(p.bell.Findings(), weekOf(now)), news.All(p.bell, now)
		}
		if err == nil {
			a.accepted, err = acceptedSince(p.bell, core.DateOf(now).In(now.Location()), status.Summary.Events)
		}
		return p.showing("read activity", err, func() {
			a.fresh, a.way = seqsOf(p.takeArrived()), wayOf(p.status)
			p.activity.show(a)
		})
	}
}

// showing shows what was read, or reports why it could not be read.
func (p *Pages) showing(doing string, err error, show func()) func() {
	return func() {
		if err != nil {
			p.report(doing, err)
			return
		}
		show()
	}
}

// takeArrived takes the events that the page in front has not shown yet.
func (p *Pages) takeArrived() []core.Event {
	fresh := p.news
	p.news = nil
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
