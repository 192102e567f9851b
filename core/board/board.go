// Package board is what the rooms of core share: the Status under one mutex, the
// watchers who are told of it, the user's choices, and the account in force that
// follows from them. Changes are published in order, from one goroutine. A room
// that waits for a choice follows it by a Signal and compares what is wanted with
// what it has, so a missed nudge costs nothing.
package board

import (
	"sync"

	"rentbell/core"
)

// Board is what the parts of a Bell have in common: the status, under one mutex,
// and the watchers who are told of it. Its methods may be called from any
// goroutine.
//
// A part may keep state of its own under the Board's mutex when that state
// decides about the status: it touches it only within Note, Set and Update.
type Board struct {
	news    Signal
	summary func() (core.Summary, error)

	mu     sync.Mutex
	status core.Status // without Summary, which is read when somebody asks

	publishing sync.Mutex // held while watchers are called, so that changes arrive in order
	watchers   map[int]func(core.Change)
	nextWatch  int
}

// New makes a Board that begins with a status. summary reads the figures of
// every complete Status.
func New(begin core.Status, summary func() (core.Summary, error)) *Board {
	return &Board{news: NewSignal(), summary: summary, status: begin, watchers: map[int]func(core.Change){}}
}

// Status returns the present status, complete. It reads the store; when that
// fails, Status.Storage says so.
func (b *Board) Status() core.Status {
	b.mu.Lock()
	s := b.status
	b.mu.Unlock()
	summary, err := b.summary()
	if err != nil {
		s.Storage = err
	}
	s.Summary = summary
	return s
}

// Note changes the status, or only looks at it, without publishing it. change
// runs under the mutex: it must be quick and must not call the Board.
func (b *Board) Note(change func(*core.Status)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(&b.status)
}

// Set changes the status and has it published. change is bound as Note's is.
func (b *Board) Set(change func(*core.Status)) {
	b.Note(change)
	b.Nudge()
}

// Update enters the status that next makes of the present one, unless next
// reports false: then nothing has changed. Deciding and entering are one step.
// It returns the status before and after. next is bound as Note's change is.
func (b *Board) Update(next func(*core.Status) bool) (before, after core.Status, changed bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	before, after = b.status, b.status
	if !next(&after) {
		return before, before, false
	}
	b.status = after
	return before, after, true
}

// Nudge says that there is something to publish: a status, or events in the
// store.
func (b *Board) Nudge() { b.news.Nudge() }

// News wakes the one goroutine that publishes.
func (b *Board) News() <-chan struct{} { return b.news }

// Publish tells every watcher of a change, one after the other.
func (b *Board) Publish(c core.Change) {
	b.publishing.Lock()
	defer b.publishing.Unlock()
	for _, fn := range b.watchers {
		fn(c)
	}
}

// Watch calls fn with every change from now on, one at a time and in order,
// until stop is called. fn must not block for long and must not call what
// publishes. After stop has returned fn is not called.
func (b *Board) Watch(fn func(core.Change)) (stop func()) {
	b.publishing.Lock()
	defer b.publishing.Unlock()
	id := b.nextWatch
	b.nextWatch++
	b.watchers[id] = fn
	return func() {
		b.publishing.Lock()
		defer b.publishing.Unlock()
		delete(b.watchers, id)
	}
}
