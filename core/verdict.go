package core

import (
	"fmt"
	"strings"
	"time"
)

// Verdict is what the settings say of one event at one time.
type Verdict struct {
	Rings bool
	Why   Reason // one of the Why constants, whichever way it went
}

// Why an event rings, or does not.
const (
	WhyRings     Reason = "rings"         // its kind is on and nothing speaks against it
	WhyEmergency Reason = "emergency"     // it rings, and waits for nothing
	WhyAttention Reason = "attention"     // it rings because it needs attention
	WhyOff       Reason = "off"           // its kind is off
	WhySmall     Reason = "below-minimum" // a payment below Bells.Smallest
	WhyStatus    Reason = "status"        // a work order in a status that was not chosen
	WhyQuiet     Reason = "quiet-hours"   // it would ring at another time
	WhyPaused    Reason = "paused"
	WhyPast      Reason = "past" // it was there before Rentbell was, and is no news
)

// Verdict judges whether the bell rings for e at now, by the settings alone.
// Quiet hours go by the wall clock of now's location. A pause, which the user
// asked for just now, is stronger than anything; then counts what is chosen,
// and last the time of day, which an emergency may break.
func (s Settings) Verdict(e Event, now time.Time) Verdict {
	why := s.Bell.judge(e)
	switch {
	case e.Past:
		return Verdict{false, WhyPast}
	case PausedAt(now, s.MutedUntil):
		return Verdict{false, WhyPaused}
	case why != WhyRings && why != WhyAttention:
		return Verdict{false, why}
	}
	urgent, quiet := isEmergency(e.Detail), s.Bell.Quiet.At(now)
	switch {
	case urgent && (!quiet || s.Bell.Quiet.Emergencies):
		return Verdict{true, WhyEmergency}
	case quiet:
		return Verdict{false, WhyQuiet}
	}
	return Verdict{true, why}
}

// judge says what is chosen, whatever the time. What needs attention rings by
// its own rule: a payment without an amount must not hide below the minimum.
func (b Bells) judge(e Event) Reason {
	if !e.Attention.IsZero() && b.Attention {
		return WhyAttention
	}
	if !b.Kinds.of(e.Detail) {
		return WhyOff
	}
	switch d := e.Detail.(type) {
	case Payment:
		if d.AmountKnown && b.Smallest > 0 && d.Amount.magnitude() < b.Smallest.magnitude() { // a large refund is no small matter
			return WhySmall
		}
	case WorkOrder:
		if b.Statuses != "" && !b.Statuses.Has(d.Status) {
			return WhyStatus
		}
	}
	return WhyRings
}

func isEmergency(d Detail) bool {
	w, ok := d.(WorkOrder)
	return ok && w.Urgent()
}

func (b Bells) validate() error {
	switch {
	case b.Smallest < 0:
		return fmt.Errorf("%w: smallest payment %s", ErrBadBell, b.Smallest.Decimal())
	case !b.Quiet.From.valid() || !b.Quiet.To.valid() || !b.Digest.At.valid():
		return fmt.Errorf("%w: no time of day", ErrBadBell)
	case b.Quiet.Days > EveryDay:
		return fmt.Errorf("%w: weekdays %#x", ErrBadBell, uint8(b.Quiet.Days))
	case !b.Digest.Rhythm.valid():
		return fmt.Errorf("%w: digest %q", ErrBadBell, string(b.Digest.Rhythm))
	}
	return nil
}

// Statuses is a set of names joined by commas; their case does not count. A string
// and no slice, so that Settings can be compared and copied as a value.
type Statuses string

// List returns the names in the order they were added.
func (n Statuses) List() []string {
	var list []string
	for name := range strings.SplitSeq(string(n), ",") {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, name)
		}
	}
	return list
}

// Has reports whether name is among them.
func (n Statuses) Has(name string) bool {
	name = strings.TrimSpace(name)
	for _, other := range n.List() {
		if strings.EqualFold(name, other) {
			return true
		}
	}
	return false
}

// With returns the set with name in it, or without it. A name has no comma.
func (n Statuses) With(name string, in bool) Statuses {
	var list []string
	for _, other := range n.List() {
		if !strings.EqualFold(name, other) {
			list = append(list, other)
		}
	}
	if in {
		list = append(list, name)
	}
	return Statuses(strings.Join(list, ","))
}
