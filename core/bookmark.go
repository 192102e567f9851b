package core

import (
	"context"
	"time"
)

// Bookmark is how far Rentbell and its user have got in the events. It is kept,
// so that a restart neither forgets what is still to be told nor tells it twice.
type Bookmark struct {
	Told uint64 `json:"told"` // with events up to this one the bell is done: it rang for them, or never will
	Seen uint64 `json:"seen"` // events up to this one have stood before the user's eyes
}

// bookmarkRest is how often the bookmark is saved while nothing rings. What comes
// between that and a crash is judged again.
const bookmarkRest = time.Minute

// told is the newest event the bell is done with: nothing before it waits.
func (a *announcer) told() uint64 {
	told := a.cursor
	if !a.ringer.due.IsZero() {
		told = min(told, a.ringer.first-1)
	}
	if a.held.ring.Count > 0 {
		told = min(told, a.held.first-1)
	}
	return told
}

// mark moves the bookmark and saves it now and then, and always before a ring:
// rather a ring that a crash swallows than a payment that rings twice.
func (a *announcer) mark(now time.Time, save bool) {
	b := a.bell
	b.mu.Lock()
	b.heard, b.bookmark.Told = a.cursor, a.told()
	next := b.bookmark
	b.mu.Unlock()
	a.unsaved = !b.cfg.Faceless && next != a.saved
	if !a.unsaved || !save && !passed(now, a.savedAt, bookmarkRest) {
		return
	}
	a.savedAt = now
	if err := b.cfg.Store.SaveBookmark(next); err != nil {
		b.log.Error("how far the bell has got could not be noted", "err", err)
		return
	}
	a.saved, a.unsaved = next, false
}

// recall holds back what came after the bookmark, by the rules of the time it
// came: it waited for the end of quiet hours or a digest when Rentbell ended, or
// arrived while nothing could ring. It is told together. An emergency among it
// may have rung already; it is counted again rather than passed over.
func (a *announcer) recall(ctx context.Context) error {
	b := a.bell
	b.mu.Lock()
	a.saved = b.bookmark
	b.mu.Unlock()
	if b.cfg.Faceless || a.saved.Told >= a.cursor {
		return nil
	}
	settings, here := b.Settings(), b.now().Location()
	return b.Each(ctx, Query{AfterSeq: a.saved.Told}, func(e Event) error {
		if e.Seq > a.cursor {
			return nil // next will read it
		}
		came := e.ReceivedAt.In(here)
		if v := settings.Verdict(e, came); v.Rings || v.Why == WhyQuiet {
			a.held.add(e, settings.Bell.sounds(e), came)
			a.held.late = true
		}
		return nil
	})
}

// restart goes on behind a restored backup: what waited to ring lies aside with
// the records it came from. Called with the Bell's reading held.
func (a *announcer) restart() {
	b := a.bell
	a.cursor, b.restored = b.firstSeq, false
	a.ringer, a.held = ringer{}, held{}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.heard, b.bookmark = a.cursor, Bookmark{Told: a.cursor, Seen: a.cursor}
	a.saved = Bookmark{} // the backup's own counts no more, whatever it was
}

// See notes that everything announced so far stands before the user's eyes. It
// is saved with what happens next.
func (b *Bell) See() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bookmark.Seen = b.heard
}

// unreadCount is how many events the user has not seen. The caller holds mu.
func (b *Bell) unreadCount() int { return int(b.heard - min(b.heard, b.bookmark.Seen)) }
