package ui

import (
	"context"
	"strings"

	"rentbell/core"
	"rentbell/ui/explain"
)

// notice is a notification as the system shows it.
type notice struct{ Title, Body string }

// notifier shows rings one after the other, beside the main goroutine: a
// notification service that hangs must not hold up the window. Rings that come
// meanwhile are shown together.
type notifier struct {
	post    poster
	send    func(notice) // may take its time
	system  string       // runtime.GOOS
	busy    bool
	waiting core.Ring
}

// ring shows a ring, or keeps it until the one before is out.
func (n *notifier) ring(r core.Ring) {
	n.waiting = together(n.waiting, r)
	if n.busy {
		return
	}
	n.busy = true
	next := noticeOf(n.waiting).inert(n.system)
	n.waiting = core.Ring{}
	n.post(func(context.Context) func() {
		n.send(next)
		return func() {
			n.busy = false
			if n.waiting.Count > 0 {
				n.ring(core.Ring{})
			}
		}
	})
}

// together makes one ring of two.
func together(a, b core.Ring) core.Ring {
	switch {
	case a.Count == 0:
		return b
	case b.Count == 0:
		return a
	}
	sum := core.Ring{
		Count:     a.Count + b.Count,
		Attention: a.Attention + b.Attention,
		Received:  a.Received.Plus(b.Received),
		Missed:    a.Missed && b.Missed,
		Feeds:     map[core.Feed]int{},
	}
	for _, ring := range []core.Ring{a, b} {
		for feed, n := range ring.Feeds {
			sum.Feeds[feed] += n
		}
	}
	return sum
}

// noticeOf puts a ring into words.
func noticeOf(r core.Ring) notice {
	if r.Missed {
		r.Missed = false
		n := noticeOf(r)
		return notice{"While the bell was quiet", joined(n.Title, n.Body)}
	}
	if r.Event != nil {
		return noticeOfEvent(*r.Event)
	}
	title, told := digest(r)
	var body []string
	if others := r.Count - told; others > 0 {
		body = append(body, "and "+explain.Count(others, "other event"))
	}
	switch {
	case told == 0 || r.Attention == 0:
	case r.Attention == 1:
		body = append(body, "1 needs attention")
	default:
		body = append(body, explain.Number(r.Attention)+" need attention")
	}
	return notice{title, joined(body...)}
}

// digest is the title for several events, and for how many of them it stands.
func digest(r core.Ring) (title string, told int) {
	for _, d := range []struct {
		feed core.Feed
		noun string
	}{
		{core.FeedPayments, "payment"},
		{core.FeedWorkOrders, "work order change"},
		{core.FeedLeases, "lease change"},
		{core.FeedTenants, "new tenant"},
	} {
		n := r.Feeds[d.feed]
		switch {
		case n == 0:
			continue
		case d.feed == core.FeedPayments:
			return explain.Count(n, d.noun) + ", " + dollars(r.Received), n
		}
		return explain.Count(n, d.noun), n
	}
	return explain.Count(r.Count, "event"), r.Count
}

func noticeOfEvent(e core.Event) notice {
	name, _ := nameOf(e.Detail)
	n := notice{explain.Kind(e.Detail), name}
	switch d := e.Detail.(type) {
	case core.Payment:
		n = notice{paymentTitle(d), joined(name, placeOf(d.Place))}
		if !e.Attention.IsZero() && d.AmountKnown { // the money counts for more than the flaw
			n.Body = joined(n.Body, "needs attention")
			return n
		}
	case core.WorkOrder:
		n = notice{workOrderTitle(d), joined(name, placeOf(d.Place), d.Vendor)}
	case core.LeaseSigned:
		n = notice{"Lease signed", joined(name, placeOf(d.Place))}
	case core.LeaseExpired:
		n = notice{"Lease ended", joined(name, placeOf(d.Place))}
	case core.Tenant:
		n = notice{"New tenant", joined(name, placeOf(d.Place))}
	}
	if !e.Attention.IsZero() {
		return notice{"Needs attention", joined(explain.Event(e).Title, n.Body)}
	}
	return n
}

func paymentTitle(p core.Payment) string {
	switch {
	case !p.AmountKnown:
		return "Payment received"
	case p.Amount < 0:
		return "Refund: " + dollars(p.Amount)
	}
	return "Rent received: " + dollars(p.Amount)
}

func workOrderTitle(w core.WorkOrder) string {
	status := strings.ToLower(strings.TrimSpace(w.Status))
	switch {
	case status == "":
		return "Work order changed"
	case status == "new":
		return joined("New work order", urgency(w.Priority))
	case strings.Contains(status, " "): // "Work order: work done"
		return "Work order: " + status
	}
	return "Work order " + status
}
