package core

import "time"

// doorbellPage is how many of the newest events are looked through, at the
// start, for the last doorbell: what one day leaves, as a rule.
const doorbellPage = 100

// lastDoorbell is when the last of the newest events that is a doorbell arrived;
// zero: none of them is one.
func lastDoorbell(r Reader) (time.Time, error) {
	page, err := r.Page(FeedActivity, 0, doorbellPage)
	if err != nil {
		return time.Time{}, err
	}
	for _, e := range page {
		if isDoorbell(e) {
			return e.ReceivedAt, nil
		}
	}
	return time.Time{}, nil
}

func isDoorbell(e Event) bool {
	_, is := e.Detail.(Doorbell)
	return is
}

// rang notes that AppFolio rang, be it for what it has told before: whoever set
// up the webhook waits to see it.
func (b *Bell) rang(at time.Time) { b.set(func(s *Status) { s.Doorbell = at }) }
