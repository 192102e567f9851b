package readback

import (
	"slices"
	"time"

	"rentbell/core"
)

const topicCharges = "charges"

// pauses are the times between look-ups of what is not there yet; the last one
// repeats. AppFolio's records can lag behind its doorbells by days.
var pauses = []time.Duration{5 * time.Second, 20 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute}

const (
	// triesForAbsent add up to four days.
	triesForAbsent = 7 + 4*48
	// triesForOld add up to half a day. They are for a record that exists and does
	// not show the change: the clocks of doorbell and record may differ.
	triesForOld = 7 + 24
	// clockGrain is how far the times of a doorbell and of its record may differ for
	// the same change: one may be cut to the second.
	clockGrain = 2 * time.Second
)

// queue holds the reads that wait.
type queue []core.Lookup

// rings counts the doorbells on the queue. Settling lowers the count, so takeQueue
// compares it with what the last turn left.
func (q queue) rings() (n uint64) {
	for _, r := range q {
		n += r.Rings
	}
	return n
}

// of returns the reads of topics to look up now. When one is ready, those that
// still gather go along.
func (q queue) of(topics []string, now time.Time) (due []core.Lookup) {
	ready := false
	for _, r := range q {
		if slices.Contains(topics, r.Topic) && !r.Due.After(now) {
			due = append(due, r)
			ready = ready || !now.Before(readyAt(r))
		}
	}
	if !ready {
		return nil
	}
	return due
}

// charges returns the doorbells that the next report of receipts fulfils.
func (q queue) charges(now time.Time) (due []core.Lookup) {
	for _, r := range q {
		if r.Topic == topicCharges && r.ID != "" && !now.Before(readyAt(r)) {
			due = append(due, r)
		}
	}
	return due
}

// readyAt is when a read has waited long enough for others to join it. A read that
// is tried again is ready when it is due.
func readyAt(r core.Lookup) time.Time {
	switch {
	case r.Tries > 0:
		return r.Due
	case r.Topic == topicCharges:
		return latest(r.Due, r.First.Add(gatherCharges))
	}
	return latest(r.Due, r.First.Add(gather))
}

// next is when the first read is ready; zero: there is none. Reads of charges are
// for receipts, all others for records.
func (q queue) next(charges bool) (at time.Time) {
	for _, r := range q {
		if (r.Topic == topicCharges) == charges {
			at = earliest(at, readyAt(r))
		}
	}
	return at
}

// sighting is what a look-up found of a thing.
type sighting struct {
	found   bool
	updated time.Time
}

// fulfil takes a read off the queue, or has it tried again later.
func (b *batch) fulfil(r core.Lookup, seen sighting, now time.Time) {
	shows := !seen.updated.Before(r.At.Add(-clockGrain))
	limit := triesForAbsent
	switch {
	case r.Gone && !seen.found, !r.Gone && seen.found && shows:
		b.Done = append(b.Done, r)
		return
	case seen.found:
		limit = triesForOld
	}
	if r.Tries >= limit {
		b.givenUp++
		b.Done = append(b.Done, r)
		return
	}
	r.Due = now.Add(pauses[min(r.Tries, len(pauses)-1)])
	r.Tries++
	b.Later = append(b.Later, r)
}
