package radar

import (
	"maps"
	"slices"
	"time"

	"rentbell/core"
)

// Watch keeps the findings of a Book up to date. An event costs no more than a look at
// its own lease or work order, and the passing of time no more than a look at those that
// are due. Like its Book it is for one goroutine at a time.
type Watch struct {
	book     *Book
	terms    Terms
	now      time.Time
	subjects map[core.Subject]seen
	next     moment // the earliest of subjects, or earlier
	findings []core.Finding
	stale    bool // findings are to be gathered again
}

// seen is what was found about a subject, and when to look again.
type seen struct {
	findings []core.Finding
	next     moment
}

// NewWatch counts all that is in the book.
func NewWatch(b *Book, t Terms, now time.Time) *Watch {
	w := &Watch{book: b}
	w.SetTerms(t, now)
	return w
}

// SetTerms goes by other terms from now on. It looks at the named leases, or at all where
// none is named.
func (w *Watch) SetTerms(t Terms, now time.Time, leases ...string) {
	w.terms = t
	if len(leases) == 0 {
		w.lookAtAll(now)
		return
	}
	w.Tick(now)
	for _, id := range leases {
		w.look(leaseSubject(id))
	}
}

// Add takes events into the book and looks at what they are about, at each thing once:
// to look takes the longer the more payments a lease has.
func (w *Watch) Add(now time.Time, events ...core.Event) {
	w.Tick(now)
	touched := map[core.Subject]bool{}
	for _, e := range events {
		touched[w.book.Add(e)] = true
	}
	delete(touched, core.Subject{})
	for s := range touched {
		w.look(s)
	}
}

// Tick looks at what is due. A clock that was put back costs a look at all.
func (w *Watch) Tick(now time.Time) {
	if now.Before(w.now) {
		w.lookAtAll(now)
		return
	}
	w.now = now
	at := momentOf(now)
	if at < w.next {
		return
	}
	w.next = never
	for s, last := range w.subjects {
		if last.next <= at {
			w.look(s)
			continue
		}
		w.next = min(w.next, last.next)
	}
}

// NextDue is when Tick is next of use, if nothing happens before.
func (w *Watch) NextDue() time.Time { return w.next.time() }

// Findings is what holds, as Book.Findings has it. The list is the Watch's own.
func (w *Watch) Findings() []core.Finding {
	if w.stale {
		w.stale = false
		w.findings = inOrder(slices.Collect(maps.Keys(w.subjects)), func(s core.Subject) []core.Finding { return w.subjects[s].findings })
	}
	return w.findings
}

func (w *Watch) lookAtAll(now time.Time) {
	w.now, w.next, w.subjects, w.stale = now, never, map[core.Subject]seen{}, true
	for _, s := range w.book.subjects(w.terms) {
		w.look(s)
	}
}

func (w *Watch) look(s core.Subject) {
	list, next := w.book.look(s, w.terms, w.now)
	if len(list)+len(w.subjects[s].findings) > 0 {
		w.stale = true
	}
	w.subjects[s] = seen{list, next}
	w.next = min(w.next, next)
}
