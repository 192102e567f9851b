package frame

import (
	"context"
	"fmt"

	"rentbell/core"
	"rentbell/ui/explain"
)

// Keeper keeps settings and secrets: the bell, in a window.
type Keeper interface {
	Change(ctx context.Context, edit func(*core.Settings)) error
	ChangeSecrets(ctx context.Context, edit func(*core.Secrets)) error
}

// Saver changes settings and secrets one after the other, in the background. A
// change is an edit of what is saved when its turn comes, so that two of them
// never undo each other.
type Saver struct {
	Post   Poster
	Keeper Keeper
	Saved  func()                        // shows what has been saved, after who asked for it was told
	Report func(doing string, err error) // of a change that nobody asked to be told of

	busy    bool
	waiting []saving
}

// saving is one change and who wants to know how it went.
type saving struct {
	work  func(context.Context) error
	done  func(error)
	saves bool // false: nothing that a page shows
}

// Change edits the settings. done may be nil.
func (s *Saver) Change(edit func(*core.Settings), done func(error)) {
	s.Do(func(ctx context.Context) error { return s.Keeper.Change(ctx, edit) }, done)
}

// ChangeSecrets edits the secrets that are kept. done may be nil.
func (s *Saver) ChangeSecrets(edit func(*core.Secrets), done func(error)) {
	s.Do(func(ctx context.Context) error {
		err := s.Keeper.ChangeSecrets(ctx, edit)
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("%w: %w", explain.ErrKeychain, err)
		}
		return err
	}, done)
}

// Do does other work in its turn. done may be nil.
func (s *Saver) Do(work func(context.Context) error, done func(error)) {
	s.await(saving{work, done, true})
}

// Ask does work that changes no setting, after all that was to be saved before.
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
			if !s.busy && len(s.waiting) > 0 { // done may have asked for more
				s.next()
			}
		}
	})
}
