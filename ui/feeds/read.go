package feeds

import (
	"context"
	"slices"
	"sort"
	"time"

	"rentbell/core"
)

// What the pages show, read from the store. These functions run beside the
// main goroutine.

// readPayment reads what a payment's pane shows.
func readPayment(r core.Reader, e core.Event) (paymentDetail, error) {
	d := paymentDetail{event: e}
	if again, err := r.Event(e.Seq); err == nil { // names may have changed
		d.event = again
	}
	history, err := readHistory(r, e.Detail.Subject())
	if err != nil {
		return d, err
	}
	d.history = history
	leases, err := r.Leases()
	if i := slices.IndexFunc(leases, func(l core.LeaseState) bool { return l.ID == e.Detail.Subject().ID }); i >= 0 {
		d.lease = leases[i]
	}
	return d, err
}

// story is one thing, as it stands, and its past.
type story[T any] struct {
	of      T
	history []core.Event // newest first
}

// leaseSubject is what a lease's events are about.
func leaseSubject(l core.LeaseState) core.Subject { return core.Subject{Kind: "lease", ID: l.ID} }

// readStory reads a thing anew among all of its kind, and its past.
func readStory[T any](r core.Reader, of T, subject func(T) core.Subject, all func() ([]T, error)) (story[T], error) {
	list, err := all()
	if err != nil {
		return story[T]{}, err
	}
	if i := slices.IndexFunc(list, func(t T) bool { return subject(t) == subject(of) }); i >= 0 {
		of = list[i]
	}
	history, err := readHistory(r, subject(of))
	return story[T]{of, history}, err
}

// readHistory reads as much of a subject's past as a timeline shows. An event
// without a usable id has none.
func readHistory(r core.Reader, s core.Subject) ([]core.Event, error) {
	if s == (core.Subject{}) {
		return nil, nil
	}
	return r.History(s, historyRead)
}

// historyRead is how much is read for a timeline of mostSteps: of a work order
// only the changes of status become steps.
const historyRead = 4 * mostSteps

// acceptedSince counts the events that came since a time. Events stand in the order in
// which they came, so it halves the feed.
func acceptedSince(r core.Reader, from time.Time, events int) (int, error) {
	var failed error
	n := sort.Search(events, func(i int) bool {
		page, err := r.Page(core.FeedActivity, i, 1)
		if err != nil {
			failed = err
		}
		return len(page) == 0 || page[0].ReceivedAt.Before(from)
	})
	return n, failed
}

// activityBlock is how many events Everything loads at a time, and mostBlocks how many
// times as many it reads at most to find them between doorbells.
const (
	activityBlock = 200
	mostBlocks    = 10
)

// readActivity reads the newest events of a feed, at least wanted of them where
// there are as many. Doorbells do not count, because they take no room there.
func readActivity(ctx context.Context, r core.Reader, feed core.Feed, wanted int) (events []core.Event, more bool, err error) {
	for told := 0; told < wanted && len(events) < mostBlocks*wanted && ctx.Err() == nil; {
		page, err := r.Page(feed, len(events), activityBlock)
		if err != nil {
			return nil, false, err
		}
		events = append(events, page...)
		if len(page) < activityBlock {
			return events, false, nil
		}
		for _, e := range page {
			if !e.IsDoorbell() {
				told++
			}
		}
	}
	return events, true, nil
}
