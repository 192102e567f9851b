package ring

import (
	"time"

	"rentbell/core"
)

// held is what waits for the end of quiet hours or for a digest. A restart finds
// it again behind the bookmark.
type held struct {
	ring  core.Ring
	first uint64    // the Seq of the first of them
	since time.Time // when that came
	late  bool      // some came while nothing could ring
}

// heldLook is how often what is held is looked at. All its times are full
// minutes, and a timer for the whole night would sleep as long as a laptop does.
const heldLook = time.Minute

func (h *held) add(e core.Event, sounds bool, now time.Time) {
	if h.ring.Count == 0 {
		h.ring, h.first, h.since = core.Ring{Feeds: map[core.Feed]int{}}, e.Seq, now
	}
	count(&h.ring, e, sounds)
}

// Take returns what is held when its time has come, else nil. Settings that have
// changed meanwhile count as they are now.
func (h *held) take(s core.Settings, now time.Time) *core.Ring {
	if now.Round(0).Before(h.since.Round(0)) { // the clock was put back: what waits for a time of day waits from now on
		h.since = now
	}
	if h.ring.Count == 0 || core.PausedAt(now, s.MutedUntil) || s.Bell.Quiet.At(now) || now.Before(s.Bell.Digest.Due(h.since)) {
		return nil
	}
	ring := h.ring
	ring.Missed = s.Bell.Digest.Rhythm == core.AtOnce && (h.late || s.Bell.Quiet.At(h.since))
	h.ring, h.late = core.Ring{}, false
	return &ring
}

// look is how long after now to look again; 0: there is nothing to wait for.
func (h *held) look(now time.Time) time.Duration {
	if h.ring.Count == 0 {
		return 0
	}
	return now.Truncate(heldLook).Add(heldLook).Sub(now)
}
