package bell

import (
	"time"

	"rentbell/core"
)

// doorbellPage is how many of the newest events are looked through, at the
// start, for the last doorbell: what one day leaves, as a rule.
const doorbellPage = 100

// lastDoorbell is when the last of the newest events that is a doorbell arrived;
// zero: none of them is one.
func lastDoorbell(r core.Reader) (time.Time, error) {
	page, err := r.Page(core.FeedActivity, 0, doorbellPage)
	if err != nil {
		return time.Time{}, err
	}
	for _, e := range page {
		if e.IsDoorbell() {
			return e.ReceivedAt, nil
		}
	}
	return time.Time{}, nil
}
