package core

import (
	"slices"
	"time"
)

// Gap is a stretch of time in which no delivery could arrive.
type Gap struct {
	From   time.Time `json:"from"` // UTC
	To     time.Time `json:"to"`   // zero: it goes on
	Reason GapReason `json:"reason"`
	// Brought counts the events of that time that AppFolio has sent again since.
	Brought int `json:"brought"`
	// Seen: the user has closed the notice about it.
	Seen bool `json:"seen"`
}

// GapReason is why deliveries could not arrive.
type GapReason string

// The reasons of a Gap.
const (
	GapNetwork GapReason = "network" // no way to the internet or the tunnel's service
	GapRefused GapReason = "refused" // the service did not want us
	GapAsleep  GapReason = "asleep"  // the computer slept
	GapClosed  GapReason = "closed"  // the user closed the address
	GapOff     GapReason = "off"     // Rentbell was not running
)

// Covers reports whether e happened within the gap and came after it: what
// AppFolio had to send again. An event without a time of its own is taken to
// have happened when it came. What a first load brought was not missed.
func (g Gap) Covers(e Event) bool {
	return !e.Past && !g.To.IsZero() && !e.OccurredAt.Before(g.From) && e.OccurredAt.Before(g.To) && !e.ReceivedAt.Before(g.To)
}

// Presence is when Rentbell could be reached.
type Presence struct {
	Opened time.Time `json:"opened"` // the first time ever; zero: never
	Gaps   []Gap     `json:"gaps"`   // since then, oldest first; the newest mostGaps
}

const (
	mostGaps = 200
	// ShortestGap is bridged by AppFolio's first tries again; shorter ones are
	// not worth a word.
	ShortestGap = time.Minute
)

// Close ends the gap that began at from, and reports whether it was worth noting.
// The clock on the wall says how long it was, for running time may stand still
// while a computer sleeps; unless the clock was put back meanwhile.
func (p *Presence) Close(from, to time.Time, reason GapReason) bool {
	lasted := to.Round(0).Sub(from.Round(0))
	if lasted < 0 {
		lasted = to.Sub(from)
		from = to.Add(-lasted)
	}
	if lasted < ShortestGap {
		return false
	}
	p.Gaps = append(p.Gaps, Gap{From: from.UTC(), To: to.UTC(), Reason: reason})
	if over := len(p.Gaps) - mostGaps; over > 0 {
		p.Gaps = append([]Gap(nil), p.Gaps[over:]...)
	}
	return true
}

// Newest returns the last gap; nil: there is none.
func (p *Presence) Newest() *Gap {
	if len(p.Gaps) == 0 {
		return nil
	}
	return &p.Gaps[len(p.Gaps)-1]
}

// Clone returns a copy whose Gaps are its own.
func (p Presence) Clone() Presence {
	p.Gaps = slices.Clone(p.Gaps)
	return p
}
