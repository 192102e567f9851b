package frame

import (
	"context"
	"fmt"

	"rentbell/core"
	"rentbell/ui/explain"
)

// Keeper stores settings and secrets. In the app it is a *bell.Bell.
type Keeper interface {
	Change(ctx context.Context, edit func(*core.Settings)) error
	ChangeSecrets(ctx context.Context, edit func(*core.Secrets)) error
}

// Saver changes settings and secrets in the background, one change at a time.
// Each change edits the values that are stored when its turn comes, so that no
// change undoes another. Call its methods on the main goroutine.
type Saver struct {
	Post   Poster
	Keeper Keeper
	Saved  func()                        // shows the stored settings again; runs after the caller's done
	Report func(doing string, err error) // shows the error of a change without a done; err may be nil

	busy    bool
	waiting []saving
}

// saving is one piece of work in the queue.
type saving struct {
	work  func(context.Context) error
	done  func(error)
	saves bool // call Saved afterwards
}

// Change edits the settings. done may be nil; Report then gets the error.
func (s *Saver) Change(edit func(*core.Settings), done func(error)) {
	s.Do(func(ctx context.Context) error { return s.Keeper.Change(ctx, edit) }, done)
}

// ChangeSecrets edits the stored secrets. An error wraps explain.ErrKeychain.
// done may be nil; Report then gets the error.
func (s *Saver) ChangeSecrets(edit func(*core.Secrets), done func(error)) {
	s.Do(func(ctx context.Context) error {
		err := s.Keeper.ChangeSecrets(ctx, edit)
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("%w: %w", explain.ErrKeychain, err)
		}
		return err
	}, done)
}

// Do queues other work that changes what pages show. done may be nil; Report
// then gets the error.
func (s *Saver) Do(work func(context.Context) error, done func(error)) {
	s.await(saving{work, done, true})
}

// Ask queues work that changes nothing but has to run after all earlier
// changes.
func (s *Saver) Ask(work func(context.Context) error, done func(error)) {
	s.await(saving{work, done, false})
}

func (s *Saver) await(one saving) {
	s.waiting = append(s.waiting, one)
	if !s.busy {
		s.next()
	}
}

func (s *Saver) next() {
	one := s.waiting[0]
	s.waiting = s.waiting[1:]
	s.busy = true
	s.Post(func(ctx context.Context) func() {
		err := one.work(ctx)
		return func() {
			s.busy = false
			if one.done != nil {
				one.done(err)
			} else {
				s.Report("save", err)
			}
			if one.saves {
				s.Saved()
			}
			if !s.busy && len(s.waiting) > 0 { // unless done has started the next one
				s.next()
			}
		}
	})
}
