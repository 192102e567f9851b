package door

import (
	"errors"
	"log/slog"
	"time"

	"rentbell/core"
	"rentbell/core/board"
)

// away keeps the book of times in which no delivery could arrive. A gap begins
// with the last moment at which Rentbell is known to have listened, so that one
// that was killed, or slept, is noticed as well; it is written down when it ends.
type away struct {
	store PresenceStore
	board *board.Board
	log   *slog.Logger

	// Guarded by the Board's mutex, because they decide about the status.
	presence core.Presence
	since    time.Time // the present gap's beginning; zero: deliveries can arrive, or never could
	reason   core.GapReason
	touched  time.Time // when the store was last told that Rentbell listens
	unsaved  bool      // presence has news for the disk
}

// touchEvery bounds how far off the beginning of a gap may be after a kill.
const touchEvery = 30 * time.Second

// PresenceStore is the part of a Store that remembers when Rentbell could be
// reached. See Memo.
type PresenceStore interface {
	Presence() (core.Presence, error)
	SavePresence(core.Presence) error
	Touch(at time.Time)
	Touched() time.Time
}

// recallAway reads what is remembered and opens the gap since Rentbell last
// listened. r counts what has come since the gap before.
func recallAway(store PresenceStore, r core.Reader, board *board.Board, log *slog.Logger) (*away, error) {
	p, err := store.Presence()
	if err != nil {
		return nil, err
	}
	if last := p.Newest(); last != nil && !last.Seen {
		if err := recountBrought(r, last); err != nil {
			return nil, err
		}
	}
	a := &away{store: store, board: board, log: log, presence: p}
	if !p.Opened.IsZero() {
		a.since, a.reason = store.Touched(), core.GapOff
		if a.since.IsZero() { // the note is gone, as after a move to another computer
			a.since = p.Opened
			if last := p.Newest(); last != nil {
				a.since = last.To
			}
		}
	}
	board.Note(a.show)
	return a, nil
}

// mostRecounted bounds the recount in events; beyond it the count written down
// must do.
const mostRecounted = 10_000

// recountPage is how many events are looked at in one read.
const recountPage = 256

// recountBrought counts what has come since the gap from the events themselves:
// the count is written down only now and then.
func recountBrought(r core.Reader, g *core.Gap) error {
	brought := 0
	for offset := 0; offset < mostRecounted; offset += recountPage {
		page, err := r.Page(core.FeedActivity, offset, recountPage)
		if err != nil {
			return err
		}
		for _, e := range page {
			if g.Covers(e) {
				brought++
			}
		}
		if len(page) < recountPage || page[len(page)-1].ReceivedAt.Before(g.To) {
			g.Brought = brought
			return nil
		}
	}
	return nil
}

// leave begins a gap, unless one is open. from is when deliveries could last
// arrive.
func (a *away) leave(from time.Time, reason core.GapReason) {
	a.board.Note(func(*core.Status) {
		if a.since.IsZero() && !a.presence.Opened.IsZero() {
			a.since, a.reason = from, reason
		}
	})
}

// reachable ends the gap: deliveries can arrive from now on. The caller has save
// called soon: a tunnel that tells of its return must not wait for the disk.
func (a *away) reachable(now time.Time) {
	var since time.Time
	var noted bool
	a.board.Note(func(s *core.Status) {
		first := a.presence.Opened.IsZero()
		if first {
			a.presence.Opened = now.UTC()
		}
		since = a.since
		noted = !since.IsZero() && a.presence.Close(since, now, a.reason)
		a.since, a.touched = time.Time{}, now
		a.unsaved = a.unsaved || first || noted
		a.show(s)
	})
	if noted {
		a.log.Info("deliveries can arrive again", "could_not_since", since.UTC(), "for", now.Sub(since).Round(time.Second))
	}
	a.store.Touch(now)
}

// stillReachable notes now and then that deliveries can arrive.
func (a *away) stillReachable(now time.Time) {
	due := false
	a.board.Note(func(s *core.Status) {
		due = s.Connection == core.Listening && core.Passed(now, a.touched, touchEvery)
		if due {
			a.touched = now
		}
	})
	if due {
		a.store.Touch(now)
	}
}

// countBrought adds fresh events of the last gap's time to its count.
func (a *away) countBrought(fresh []core.Event) {
	a.board.Note(func(s *core.Status) {
		last := a.presence.Newest()
		if last == nil {
			return
		}
		for _, e := range fresh {
			if last.Covers(e) {
				last.Brought++
				a.unsaved = true // with the next gap, or at the end
			}
		}
		a.show(s)
	})
}

// soFar is the book, with the gap that goes on, if any, as the last one. Where nothing is
// delivered nobody misses anything.
func (a *away) soFar(now time.Time, delivered bool) (p core.Presence) {
	a.board.Note(func(*core.Status) {
		p = a.presence.Clone()
		if delivered && !a.since.IsZero() && now.Sub(a.since) >= core.ShortestGap {
			p.Gaps = append(p.Gaps, core.Gap{From: a.since.UTC(), Reason: a.reason})
		}
	})
	return p
}

// see closes the notice about the last gap, for good. It writes to disk.
func (a *away) see() error {
	var p core.Presence
	a.board.Set(func(s *core.Status) {
		for i := range a.presence.Gaps {
			a.presence.Gaps[i].Seen = true
		}
		p = a.presence.Clone()
		a.show(s)
	})
	return a.store.SavePresence(p)
}

// show puts the gap whose notice the user has not closed into the status. It
// runs under the Board's mutex.
func (a *away) show(s *core.Status) {
	s.Away = nil
	last := a.presence.Newest()
	if last == nil || last.Seen || last.Reason == core.GapClosed { // who closed the address knows
		return
	}
	g := *last
	s.Away = &g
}

// save writes what is new in the book. A failure costs a line of it, no delivery.
func (a *away) save() {
	var p core.Presence
	unsaved := false
	a.board.Note(func(*core.Status) {
		unsaved, p = a.unsaved, a.presence.Clone()
		a.unsaved = false
	})
	if !unsaved {
		return
	}
	if err := a.store.SavePresence(p); err != nil {
		a.log.Error("time without a tunnel could not be noted", "err", err)
	}
}

// end notes the last moment at which deliveries could arrive.
func (a *away) end(listened bool, now time.Time) {
	if listened {
		a.store.Touch(now)
	}
	a.save()
}

// reasonOf is why there is no tunnel, by its error.
func reasonOf(err error) core.GapReason {
	refused := new(core.TunnelError)
	if errors.As(err, &refused) && refused.Refused {
		return core.GapRefused
	}
	return core.GapNetwork
}
