package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"rentbell/core"
	"rentbell/core/office"
)

const snapshotName = "office-snapshot.db" // in the data directory, while it is read

// begin goes on with a copy of everything that the receiver has, in its present epoch.
func (f *Follower) begin(ctx context.Context, l *line, epoch string) error {
	f.tell(func(s *core.OfficeStatus) { s.Loading, s.Problem = true, nil })
	answer, err := l.ask(ctx)
	if err != nil {
		return err
	}
	if answer.Epoch != epoch {
		return errEpoch
	}
	path := filepath.Join(f.cfg.Dir, snapshotName)
	if err := l.fetch(ctx, answer.Object, path); err != nil {
		return errors.Join(err, remove(path))
	}
	return errors.Join(f.replace(ctx, path, epoch), remove(path))
}

// replace goes on with a file in place of the events that are here. A crash on the way
// begins again. What the office had is not kept aside: it can tell it once more.
func (f *Follower) replace(ctx context.Context, path, epoch string) error {
	have, err := f.cfg.Desk.Summary()
	if err != nil {
		return fmt.Errorf("read the newest event: %w", err)
	}
	own := have.LastSeq > 0 && !f.seat.Filled
	if f.seat.Epoch != "" {
		if err := f.keep(func(s *Seat) { s.Epoch = "" }); err != nil {
			return err
		}
	}
	aside, err := f.cfg.Desk.Replace(ctx, path, f.seat.Filled)
	if errors.Is(err, core.ErrNewer) {
		return fmt.Errorf("%w: %w", office.ErrTooNew, err)
	} else if err != nil {
		return fmt.Errorf("go on with what the office has: %w", err)
	}
	if !own {
		err = remove(filepath.Join(f.cfg.Dir, aside))
	}
	return errors.Join(err, f.keep(func(s *Seat) { s.Epoch, s.Filled = epoch, true }))
}

// keep changes the seat, on the disk first.
func (f *Follower) keep(change func(*Seat)) error {
	next := f.seat
	change(&next)
	if err := f.cfg.Keep(next); err != nil {
		return err
	}
	f.seat = next
	return nil
}

// ask has the receiver make a copy of everything.
func (l *line) ask(ctx context.Context) (answer office.SnapshotAnswer, err error) {
	m, err := l.conn.RequestWithContext(ctx, office.SubjectSnapshot, nil)
	if err != nil {
		return answer, fmt.Errorf("ask the office for everything: %w", err)
	}
	if err := json.Unmarshal(m.Data, &answer); err != nil {
		return answer, fmt.Errorf("read where the office's copy lies: %w", err)
	}
	if answer.Error != "" {
		return answer, errors.New("the office has no copy to give")
	}
	return answer, nil
}

// remove takes a file away; that there is none is no error.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove a copy: %w", err)
	}
	return nil
}
