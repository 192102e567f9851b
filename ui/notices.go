package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/notify"
)

// makeNotifier lets rings reach the system.
func (u *UI) makeNotifier(system string) {
	u.notifier = &notify.Notifier{
		Post: u.post, System: system, Send: u.notify, Open: u.openRing,
		Says: func() core.Says { return u.bell.Settings().Bell.Says },
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
		u.feeds.OpenEvent(*r.Event)
	case r.Event != nil:
	case r.Attention == r.Count:
		u.feeds.OpenAttention()
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
