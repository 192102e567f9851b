package ui

import (
	"context"
	"fmt"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
)

// saver changes settings and secrets one after the other, in the background. A
// change is an edit of what is saved when its turn comes, so that two of them
// never undo each other.
type saver struct {
	post    frame.Poster
	bell    *core.Bell
	busy    bool
	waiting []saving
}

// saving is one change and who wants to know how it went.
type saving struct {
	work func(context.Context) error
	done func(error)
}

// change edits the settings. done may be nil.
func (s *saver) change(edit func(*core.Settings), done func(error)) {
	s.do(func(ctx context.Context) error { return s.bell.Change(ctx, edit) }, done)
}

// changeSecrets edits the secrets that are kept.
func (s *saver) changeSecrets(edit func(*core.Secrets), done func(error)) {
	s.do(func(ctx context.Context) error {
		err := s.bell.ChangeSecrets(ctx, edit)
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("%w: %w", explain.ErrKeychain, err)
		}
		return err
	}, done)
}

// register presses the button.
func (s *saver) register(done func(error)) { s.do(s.bell.Register, done) }

func (s *saver) do(work func(context.Context) error, done func(error)) {
	s.waiting = append(s.waiting, saving{work, done})
	if !s.busy {
		s.next()
	}
}

func (s *saver) next() {
	one := s.waiting[0]
	s.waiting = s.waiting[1:]
	s.busy = true
	s.post(func(ctx context.Context) func() {
		err := one.work(ctx)
		return func() {
			s.busy = false
			if one.done != nil {
				one.done(err)
			}
			if !s.busy && len(s.waiting) > 0 { // done may have asked for more
				s.next()
			}
		}
	})
}
