package lookout

import (
	"context"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

// LeaseEnds is every lease that ends or once was to end, by id, as it stands at now and
// with the names that r knows.
func LeaseEnds(ctx context.Context, r core.Reader, now time.Time) ([]core.LeaseEnd, error) {
	book := radar.New(now.Location())
	err := StepsOf(r)(ctx, func(e core.Event) error {
		if e.Detail.Feed() == core.FeedLeases {
			book.Add(e)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	leases, err := r.Leases()
	if err != nil {
		return nil, err
	}
	places := map[string]core.Place{}
	for _, l := range leases {
		places[l.ID] = l.Place
	}
	ends := book.Ends(now)
	for i := range ends {
		if place, known := places[ends[i].Lease]; known {
			ends[i].Place = place
		}
	}
	return ends, nil
}
