package ring

import (
	"context"
	"time"

	"rentbell/core"
)

// bookmarkRest is how often the bookmark is saved while nothing rings. What comes
// between that and a crash is judged again.
const bookmarkRest = time.Minute

// told is the newest event the bell is done with: nothing before it waits.
func (a *round) told() uint64 {
	told := a.cursor
	if !a.ringer.due.IsZero() {
		told = min(told, a.ringer.first-1)
	}
	for _, waits := range []held{a.held, a.away.held} {
		if waits.ring.Count > 0 {
			told = min(told, waits.first-1)
		}
	}
	return told
}

// mark moves the bookmark and saves it now and then, and always before a ring:
// rather a ring that a crash swallows than a payment that rings twice.
func (a *round) mark(now time.Time, save bool) {
	var next core.Bookmark
	a.note(func() {
		a.at.heard, a.at.bookmark.Told = a.cursor, a.told()
		next = a.at.bookmark
	})
	a.unsaved = !a.cfg.Faceless && next != a.saved
	if !a.unsaved || !save && !core.Passed(now, a.savedAt, bookmarkRest) {
		return
	}
	a.savedAt = now
	if err := a.cfg.Store.SaveBookmark(next); err != nil {
		a.cfg.Log.Error("how far the bell has got could not be noted", "err", err)
		return
	}
	a.saved, a.unsaved = next, false
}

// recall holds back what came after the bookmark, by the rules of the time it
// came: it waited for the end of quiet hours or a digest when Rentbell ended, or
// arrived while nothing could ring. It is told together. An emergency among it
// may have rung already; it is counted again rather than passed over.
func (a *round) recall(ctx context.Context) error {
	a.note(func() { a.saved = a.at.bookmark })
	if a.cfg.Faceless || a.saved.Told >= a.cursor {
		return nil
	}
	settings, here := a.cfg.Choices.Settings(), a.cfg.Now().Location()
	return a.cfg.Reader.Each(ctx, core.Query{AfterSeq: a.saved.Told}, func(e core.Event) error {
		if e.Seq > a.cursor {
			return nil // next will read it
		}
		came := e.ReceivedAt.In(here)
		if v := settings.Verdict(e, came); v.Rings || v.Why == core.WhyQuiet {
			a.held.add(e, settings.Bell.Sounds(e), came)
			a.held.late = true
		}
		return nil
	})
}

// restart goes on behind a restored backup: what waited to ring lies aside with
// the records it came from. The caller holds reading.
func (a *round) restart() {
	a.cursor, a.restored = a.firstSeq, false
	a.ringer, a.held, a.away = ringer{}, held{}, away{}
	a.note(func() { a.at.heard, a.at.bookmark = a.cursor, core.Bookmark{Told: a.cursor, Seen: a.cursor} })
	a.saved = core.Bookmark{} // the backup's own counts no more, whatever it was
}

// See notes that everything announced so far stands before the user's eyes. It
// is saved with what happens next.
func (a *Announcer) See() { a.note(func() { a.at.bookmark.Seen = a.at.heard }) }
