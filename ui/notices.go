package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/notify"
)

// makeNotifier makes the notifier for rings.
func (u *UI) makeNotifier() {
	u.notifier = &notify.Notifier{
		Post: u.post, Send: u.notify, Open: u.openRing,
		Says: func() core.Says { return u.bell.Settings().Bell.Says },
	}
}

// notify shows a notification, through the desktop if possible, because that
// one can be pressed, and otherwise through Fyne.
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

// openRing opens the event of a ring, or the page that has all its events.
func (u *UI) openRing(r core.Ring) {
	switch {
	case r.Event != nil && r.Event.Seq > 0: // a sample event has no number
		u.feeds.OpenEvent(*r.Event)
	case r.Event != nil:
	case r.Found != nil:
		u.feeds.OpenFinding(*r.Found)
	case r.Attention == r.Count, len(r.Findings) > 0:
		u.feeds.OpenAttention()
	default:
		u.Open(pageOf(r))
	}
	u.Show()
}

// pageOf returns the page that has all events of a ring.
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
