package ring

import (
	"time"

	"rentbell/core"
	"rentbell/core/board"
)

// away gathers what the office received while this desk was out of its reach, into one
// ring: a laptop that was asleep for a week must not ring for an hour.
type away struct {
	held
	office core.OfficeStatus // zero: this computer is no desk
}

const (
	// missedLeast is how long before it came here an event must have come to the office
	// for it to be one that this desk has missed.
	missedLeast = time.Minute
	// awayMost is how long a desk may take to catch up until what has come by then rings.
	awayMost = 30 * time.Second
)

// look reads how the office is followed.
func (a *away) look(b *board.Board) { b.Note(func(s *core.Status) { a.office = s.Office }) }

// missed reports whether an event came to the office while this desk was away, by the
// receiver's clock.
func (a *away) missed(e core.Event, now time.Time) bool {
	return a.office.Name != "" && now.Add(-a.office.Skew).Sub(e.ReceivedAt) >= missedLeast
}

// take returns what was missed when the desk has caught up, else nil.
func (a *away) take(now time.Time) *core.Ring {
	waited := now.Sub(a.since)
	if a.ring.Count == 0 || a.office.Behind > 0 && 0 <= waited && waited < awayMost {
		return nil
	}
	ring := a.ring
	ring.Away, a.ring = true, core.Ring{}
	return &ring
}
