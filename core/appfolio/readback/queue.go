package readback

import (
	"slices"
	"time"

	"rentbell/core"
)

const topicCharges = "charges"

// pauses are those between looks for what is not there yet; the last one
// repeats. AppFolio's records can lag behind its doorbells.
var pauses = []time.Duration{5 * time.Second, 20 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute}

const (
	// triesForAbsent make four days.
	triesForAbsent = 7 + 4*48
	// triesForOld make half a day, for a record that is there and does not show the
	// change: the doorbell's clock and the record's may differ.
	triesForOld = 7 + 24
	// clockGrain is what the times of a doorbell and of its record may differ by,
	// for the same change: one may be cut to the second.
	clockGrain = 2 * time.Second
)

// queue is what waits to be read.
type queue []core.Read

// rings counts the doorbells on the queue. Settling lessens it as well, which is
// why it is compared with what the last turn left.
func (q queue) rings() (n uint64) {
	for _, r := range q {
		n += r.Rings
	}
	return n
}

// of are the reads of topics to take up now. Those that wait for company go along
// with the first that is ready.
func (q queue) of(topics []string, now time.Time) (due []core.Read) {
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

// charges are the doorbells that a reading of receipts fulfils now.
func (q queue) charges(now time.Time) (due []core.Read) {
	for _, r := range q {
		if r.Topic == topicCharges && r.ID != "" && !now.Before(readyAt(r)) {
			due = append(due, r)
		}
	}
	return due
}

// readyAt is when a read has gathered enough company. One that is tried again
// has its own time.
func readyAt(r core.Read) time.Time {
	switch {
	case r.Tries > 0:
		return r.Due
	case r.Topic == topicCharges:
		return latest(r.Due, r.First.Add(gatherCharges))
	}
	return latest(r.Due, r.First.Add(gather))
}

// next is when the first read is ready; zero: there is none. Charges are for
// receipts, all else for records.
func (q queue) next(charges bool) (at time.Time) {
	for _, r := range q {
		if (r.Topic == topicCharges) == charges {
			at = earliest(at, readyAt(r))
		}
	}
	return at
}

// sighting is what a look has found of a thing.
type sighting struct {
	found   bool
	updated time.Time
}

// fulfil takes a read off the queue, or has it looked up again.
func (b *batch) fulfil(r core.Read, seen sighting, now time.Time) {
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
