// Package notify describes rings in notifications. It says only as much as the
// settings allow, and nothing that a notification service could run or parse.
// It shows one notification after the other; the caller says how to show one.
package notify

import (
	"context"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// Notice is the text of a notification.
type Notice struct{ Title, Body string }

// Notifier shows rings in the background, one after the other, because a
// notification service that hangs must not block the window. Rings that come
// meanwhile are merged and shown together. Call its methods on the main
// goroutine.
type Notifier struct {
	Post frame.Poster
	Send func(context.Context, core.Notice) // may block
	Open func(core.Ring)                    // called on the main goroutine when the user presses a notification
	Says func() core.Says

	busy    bool
	waiting core.Ring
}

// Ring shows a ring, or merges it into the next if one is being shown.
func (n *Notifier) Ring(r core.Ring) {
	n.waiting = merge(n.waiting, r)
	if n.busy {
		return
	}
	n.busy = true
	next := n.notice(n.waiting)
	n.waiting = core.Ring{}
	n.Post(func(ctx context.Context) func() {
		n.Send(ctx, next)
		return func() {
			n.busy = false
			if n.waiting.Count > 0 {
				n.Ring(core.Ring{})
			}
		}
	})
}

// notice returns the notification for a ring. Pressing it calls Open.
func (n *Notifier) notice(r core.Ring) core.Notice {
	text := Of(r, n.Says()).inert()
	return core.Notice{
		Title: text.Title, Body: text.Body, Press: words.Say("Open Rentbell"), Silent: r.Silent,
		Pressed: func() {
			n.Post(func(context.Context) func() { return func() { n.Open(r) } })
		},
	}
}

// merge returns one ring for two.
func merge(a, b core.Ring) core.Ring {
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
		Away:      a.Away && b.Away,
		Silent:    a.Silent && b.Silent,
		Feeds:     map[core.Feed]int{},
		Findings:  map[core.FindingKind]int{},
		StillDue:  a.StillDue.Plus(b.StillDue),
	}
	for _, ring := range []core.Ring{a, b} {
		for kind, n := range ring.Findings {
			sum.Findings[kind] += n
		}
		for feed, n := range ring.Feeds {
			sum.Feeds[feed] += n
		}
	}
	return sum
}

// Of describes a ring, as far as says allows.
func Of(r core.Ring, says core.Says) Notice {
	if r.Missed {
		r.Missed = false
		n := Of(r, says)
		return Notice{words.Say("While the bell was quiet"), words.Joined(n.Title, n.Body)}
	}
	if r.Away {
		r.Away = false
		n := Of(r, says)
		return Notice{words.Say("While you were away"), words.Joined(n.Title, n.Body)}
	}
	if r.Event != nil {
		return noticeOfEvent(*r.Event, says)
	}
	if r.Found != nil {
		return noticeOfFinding(*r.Found, says)
	}
	title, told := digest(r, says)
	var body []string
	if r.StillDue > 0 && says.Amount {
		body = append(body, words.Say("still due: %s", words.Dollars(r.StillDue)))
	}
	if others := r.Count - told; others > 0 {
		body = append(body, words.SayN(others, "and %s other event", "and %s other events", explain.Number(others)))
	}
	if told > 0 && r.Attention > 0 {
		body = append(body, words.SayN(r.Attention, "%s needs attention", "%s need attention", explain.Number(r.Attention)))
	}
	return Notice{title, words.Joined(body...)}
}

// digest returns a title for several events, and how many of them it covers. What was
// found comes first: it needs somebody.
func digest(r core.Ring, says core.Says) (title string, told int) {
	for _, kind := range core.FindingKinds() {
		if n := r.Findings[kind]; n > 0 {
			return findingsTitle(kind, n), n
		}
	}
	for _, d := range []struct {
		feed  core.Feed
		title func(n int, number string) string
	}{
		{core.FeedPayments, func(n int, number string) string { return paymentsTitle(r, says) }},
		{core.FeedWorkOrders, func(n int, number string) string {
			return words.SayN(n, "%s work order change", "%s work order changes", number)
		}},
		{core.FeedLeases, func(n int, number string) string { return words.SayN(n, "%s lease change", "%s lease changes", number) }},
		{core.FeedTenants, func(n int, number string) string { return words.SayN(n, "%s new tenant", "%s new tenants", number) }},
	} {
		if n := r.Feeds[d.feed]; n > 0 {
			return d.title(n, explain.Number(n)), n
		}
	}
	return words.SayN(r.Count, "%s event", "%s events", explain.Number(r.Count)), r.Count
}

// paymentsTitle returns the number of payments, with their sum if says allows.
func paymentsTitle(r core.Ring, says core.Says) string {
	n := r.Feeds[core.FeedPayments]
	if says.Amount {
		return words.SayN(n, "%s payment, %s", "%s payments, %s", explain.Number(n), words.Dollars(r.Received))
	}
	return words.SayN(n, "%s payment", "%s payments", explain.Number(n))
}
