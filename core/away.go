package core

import (
	"errors"
	"slices"
	"time"
)

// away keeps the book of times in which no delivery could arrive. A gap begins
// with the last moment at which Rentbell is known to have listened, so that one
// that was killed, or slept, is noticed as well; it is written down when it ends.
// Its fields are guarded by the Bell's mu.
type away struct {
	presence Presence
	since    time.Time // the present gap's beginning; zero: deliveries can arrive, or never could
	reason   GapReason
	touched  time.Time // when the store was last told that we listen
	unsaved  bool      // presence has news for the disk
}

// touchEvery bounds how far off the beginning of a gap may be after a kill.
const touchEvery = 30 * time.Second

// recallAway reads what is remembered and opens the gap since Rentbell last
// listened.
func (b *Bell) recallAway() error {
	p, err := b.cfg.Store.Presence()
	if err != nil {
		return err
	}
	b.away.presence = p
	if last := p.newest(); last != nil && !last.Seen {
		if err := b.recountBrought(last); err != nil {
			return err
		}
	}
	if p.Opened.IsZero() {
		return nil
	}
	b.away.since, b.away.reason = b.cfg.Store.Touched(), GapOff
	if b.away.since.IsZero() { // the note is gone, as after a move to another computer
		b.away.since = p.Opened
		if last := p.newest(); last != nil {
			b.away.since = last.To
		}
	}
	return nil
}

// mostRecounted bounds the recount in events; beyond it the count written down
// must do.
const mostRecounted = 10_000

// recountBrought counts what has come since the gap from the events themselves:
// the count is written down only now and then.
func (b *Bell) recountBrought(g *Gap) error {
	brought := 0
	for offset := 0; offset < mostRecounted; offset += announceBatch {
		page, err := b.Page(FeedActivity, offset, announceBatch)
		if err != nil {
			return err
		}
		for _, e := range page {
			if g.covers(e) {
				brought++
			}
		}
		if len(page) < announceBatch || page[len(page)-1].ReceivedAt.Before(g.To) {
			g.Brought = brought
			return nil
		}
	}
	return nil
}

// leave begins a gap, unless one is open. from is when deliveries could last
// arrive.
func (b *Bell) leave(from time.Time, reason GapReason) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.away.since.IsZero() && !b.away.presence.Opened.IsZero() {
		b.away.since, b.away.reason = from, reason
	}
}

// reachable ends the gap: deliveries can arrive from now on.
func (b *Bell) reachable() {
	now := b.now()
	b.mu.Lock()
	a := &b.away
	first := a.presence.Opened.IsZero()
	if first {
		a.presence.Opened = now.UTC()
	}
	noted := !a.since.IsZero() && a.presence.close(a.since, now, a.reason)
	since := a.since
	a.since, a.touched = time.Time{}, now
	a.unsaved = a.unsaved || first || noted
	b.mu.Unlock()
	if noted {
		b.log.Info("deliveries can arrive again", "could_not_since", since.UTC(), "for", now.Sub(since).Round(time.Second))
	}
	b.cfg.Store.Touch(now)
	nudge(b.uneasy) // the watch saves: a tunnel that tells us of its return must not wait for the disk
}

// stillReachable notes now and then that deliveries can arrive.
func (b *Bell) stillReachable() {
	now := b.now()
	b.mu.Lock()
	due := b.status.Connection == Listening && passed(now, b.away.touched, touchEvery)
	if due {
		b.away.touched = now
	}
	b.mu.Unlock()
	if due {
		b.cfg.Store.Touch(now)
	}
}

// countBrought adds fresh events of the last gap's time to its count.
func (b *Bell) countBrought(fresh []Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	last := b.away.presence.newest()
	if last == nil {
		return
	}
	for _, e := range fresh {
		if last.covers(e) {
			last.Brought++
			b.away.unsaved = true // with the next gap, or at the end
		}
	}
}

// Presence returns when Rentbell could be reached, with the gap that goes on,
// if any, as the last one.
func (b *Bell) Presence() Presence {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.away.presence.clone()
	if !b.away.since.IsZero() && b.now().Sub(b.away.since) >= shortestGap {
		p.Gaps = append(p.Gaps, Gap{From: b.away.since.UTC(), Reason: b.away.reason})
	}
	return p
}

// SeeAway closes the notice about the last gap, for good. It writes to disk.
func (b *Bell) SeeAway() error {
	b.mu.Lock()
	for i := range b.away.presence.Gaps {
		b.away.presence.Gaps[i].Seen = true
	}
	p := b.away.presence.clone()
	b.mu.Unlock()
	nudge(b.arrived)
	return b.cfg.Store.SavePresence(p)
}

// notice is the gap the user has not closed the notice about. The caller holds mu.
func (a *away) notice() *Gap {
	last := a.presence.newest()
	if last == nil || last.Seen || last.Reason == GapClosed { // who closed the address knows
		return nil
	}
	g := *last
	return &g
}

func (p Presence) clone() Presence {
	p.Gaps = slices.Clone(p.Gaps)
	return p
}

// savePresence writes what is new in the book. A failure costs a line of it, no
// delivery.
func (b *Bell) savePresence() {
	b.mu.Lock()
	unsaved, p := b.away.unsaved, b.away.presence.clone()
	b.away.unsaved = false
	b.mu.Unlock()
	if !unsaved {
		return
	}
	if err := b.cfg.Store.SavePresence(p); err != nil {
		b.log.Error("time without a tunnel could not be noted", "err", err)
	}
}

// endPresence notes the last moment at which deliveries could arrive.
func (b *Bell) endPresence(listened bool) {
	if listened {
		b.cfg.Store.Touch(b.now())
	}
	b.savePresence()
}

// reasonOf is why there is no tunnel, by its error.
func reasonOf(err error) GapReason {
	refused := new(TunnelError)
	if errors.As(err, &refused) && refused.Refused {
		return GapRefused
	}
	return GapNetwork
}
