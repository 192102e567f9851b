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
	places, err := placesOf(r)
	if err != nil {
		return nil, err
	}
	ends := book.Ends(now)
	for i := range ends {
		if place, known := places[ends[i].Lease]; known {
			ends[i].Place = place
		}
	}
	return ends, nil
}

// placesOf are the names of leases in force, by lease id.
func placesOf(r core.Reader) (map[string]core.Place, error) {
	leases, err := r.Leases()
	if err != nil {
		return nil, err
	}
	places := make(map[string]core.Place, len(leases))
	for _, l := range leases {
		places[l.ID] = l.Place
	}
	return places, nil
}
