package ring

import (
	"time"

	"rentbell/core"
)

// The bell's patience. A single event rings after ringGather; what comes within
// that time rings with it, and a flood is waited for until it pauses, or for
// ringGatherMax: 200 payments in a second ring once. Then the bell rests for ringRest; while floods go on
// the rest doubles up to ringRestMax, so that a morning of 200 payments is a
// handful of notifications and not 200.
const (
	ringGather    = 500 * time.Millisecond
	ringGatherMax = 2 * time.Second
	ringRest      = 3 * time.Second
	ringRestMax   = time.Minute
	floodSize     = 10 // events in one ring from which on it is a flood
)

// ringer gathers events into rings. It belongs to one goroutine.
type ringer struct {
	gathered core.Ring
	first    uint64    // the Seq of the first gathered
	due      time.Time // when gathered rings; zero: nothing is gathered
	latest   time.Time // by when it rings, however much still comes; the bell's rest aside
	rested   time.Time // the bell does not ring again before
	rest     time.Duration
}

// add takes an event that shall ring.
func (r *ringer) add(e core.Event, sounds bool, now time.Time) {
	r.putBack(now)
	if r.due.IsZero() {
		r.due, r.latest = now.Add(ringGather), now.Add(ringGatherMax)
		if r.due.Before(r.rested) {
			r.due = r.rested
		}
		r.gathered, r.first = core.Ring{Feeds: map[core.Feed]int{}}, e.Seq
	}
	count(&r.gathered, e, sounds)
	if r.gathered.Count >= floodSize {
		soon := now.Add(ringGather)
		if soon.After(r.latest) {
			soon = r.latest
		}
		if soon.After(r.due) {
			r.due = soon
		}
	}
}

// putBack keeps a clock that was put back from silencing the bell: nothing waits
// for longer than the longest rest.
func (r *ringer) putBack(now time.Time) {
	if r.rested.Sub(now) > ringRestMax {
		r.rested = now
	}
	if r.due.Sub(now) > ringRestMax {
		r.due, r.latest = now, now
	}
}

// count counts an event into a ring.
func count(r *core.Ring, e core.Event, sounds bool) {
	r.Silent = !sounds && (r.Silent || r.Count == 0)
	r.Count++
	r.Event = nil
	if r.Count == 1 {
		r.Event = &e
	}
	if !e.Attention.IsZero() {
		r.Attention++
	}
	if e.Detail == nil {
		return
	}
	r.Feeds[e.Detail.Feed()]++
	if p, ok := e.Detail.(core.Payment); ok && p.AmountKnown {
		r.Received = r.Received.Plus(p.Amount)
	}
}

// take returns the ring that is due at now, or nil.
func (r *ringer) take(now time.Time) *core.Ring {
	r.putBack(now)
	if r.due.IsZero() || now.Before(r.due) {
		return nil
	}
	ring := r.gathered
	r.due = time.Time{}
	if ring.Count >= floodSize {
		r.rest = min(max(2*r.rest, 2*ringRest), ringRestMax)
	} else {
		r.rest = ringRest
	}
	r.rested = now.Add(r.rest)
	return &ring
}
