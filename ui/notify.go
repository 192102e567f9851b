package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// notice is a notification as the system shows it.
type notice struct{ Title, Body string }

// notifier shows rings one after the other, beside the main goroutine: a
// notification service that hangs must not hold up the window. Rings that come
// meanwhile are shown together.
type notifier struct {
	post    frame.Poster
	send    func(context.Context, core.Notice) // may take its time
	open    func(core.Ring)                    // shows what a ring was for
	says    func() core.Says
	system  string // runtime.GOOS
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
	next := n.notice(n.waiting)
	n.waiting = core.Ring{}
	n.post(func(ctx context.Context) func() {
		n.send(ctx, next)
		return func() {
			n.busy = false
			if n.waiting.Count > 0 {
				n.ring(core.Ring{})
			}
		}
	})
}

// notice is a ring for the desktop to show. Pressing it opens what it was for.
func (n *notifier) notice(r core.Ring) core.Notice {
	text := noticeOf(r, n.says()).inert(n.system)
	return core.Notice{
		Title: text.Title, Body: text.Body, Press: words.Say("Open Rentbell"), Silent: r.Silent,
		Pressed: func() {
			n.post(func(context.Context) func() { return func() { n.open(r) } })
		},
	}
}

// makeNotifier lets rings reach the system.
func (u *UI) makeNotifier(system string) {
	u.notifier = &notifier{
		post: u.post, system: system, send: u.notify, open: u.openRing,
		says: func() core.Says { return u.bell.Settings().Bell.Says },
	}
}

// notify shows a notice: in the desktop's own way, which can be pressed, or in
// Fyne's, which cannot.
func (u *UI) notify(ctx context.Context, n core.Notice) {
	if u.desktop != nil {
		err := u.desktop.Notify(ctx, n)
		if !errors.Is(err, core.ErrNoNotifier) {
			u.report("show a notification", err)
			return
		}
	}
	u.app.SendNotification(fyne.NewNotification(n.Title, n.Body))
}

// openRing shows what a ring was for: its event, or the page of all of them.
func (u *UI) openRing(r core.Ring) {
	switch {
	case r.Event != nil && r.Event.Seq > 0: // not a sample
		u.openEvent(*r.Event)
	case r.Event != nil:
	case r.Attention == r.Count:
		u.openAttention()
	default:
		u.Open(pageOf(r))
	}
	u.Show()
}

// pageOf is the page of everything a ring was for.
func pageOf(r core.Ring) section {
	for feed, s := range map[core.Feed]section{
		core.FeedPayments: paymentsSection, core.FeedWorkOrders: workOrdersSection,
		core.FeedLeases: leasesSection, core.FeedTenants: tenantsSection,
	} {
		if r.Feeds[feed] == r.Count {
			return s
		}
	}
	return activitySection
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
		Silent:    a.Silent && b.Silent,
		Feeds:     map[core.Feed]int{},
	}
	for _, ring := range []core.Ring{a, b} {
		for feed, n := range ring.Feeds {
			sum.Feeds[feed] += n
		}
	}
	return sum
}

// noticeOf puts a ring into words, as much of it as may be said.
func noticeOf(r core.Ring, says core.Says) notice {
	if r.Missed {
		r.Missed = false
		n := noticeOf(r, says)
		return notice{words.Say("While the bell was quiet"), words.Joined(n.Title, n.Body)}
	}
	if r.Event != nil {
		return noticeOfEvent(*r.Event, says)
	}
	title, told := digest(r, says)
	var body []string
	if others := r.Count - told; others > 0 {
		body = append(body, words.SayN(others, "and %s other event", "and %s other events", explain.Number(others)))
	}
	if told > 0 && r.Attention > 0 {
		body = append(body, words.SayN(r.Attention, "%s needs attention", "%s need attention", explain.Number(r.Attention)))
	}
	return notice{title, words.Joined(body...)}
}

// digest is the title for several events, and for how many of them it stands.
func digest(r core.Ring, says core.Says) (title string, told int) {
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

// paymentsTitle is how many payments came, with their sum where it may be said.
func paymentsTitle(r core.Ring, says core.Says) string {
	n := r.Feeds[core.FeedPayments]
	if says.Amount {
		return words.SayN(n, "%s payment, %s", "%s payments, %s", explain.Number(n), words.Dollars(r.Received))
	}
	return words.SayN(n, "%s payment", "%s payments", explain.Number(n))
}
