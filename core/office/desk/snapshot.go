package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"rentbell/core/office"
)

const snapshotName = "office-snapshot.db" // in the data directory, while it is read

// begin goes on with a copy of everything that the receiver has, in its present epoch.
func (f *Follower) begin(ctx context.Context, l *line, epoch string) error {
	f.tell(func(s *State) { s.Loading, s.Problem = true, nil })
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
	seat := f.cfg.Seat
	if seat.Epoch = ""; f.epoch != "" { // a crash between the two begins again
		if err := f.cfg.Keep(seat); err != nil {
			return errors.Join(err, remove(path))
		}
		f.epoch = ""
	}
	if err := f.cfg.Store.Replace(ctx, path); err != nil {
		return errors.Join(fmt.Errorf("go on with what the office has: %w", err), remove(path))
	}
	seat.Epoch = epoch
	if err := f.cfg.Keep(seat); err != nil {
		return errors.Join(err, remove(path))
	}
	f.epoch = epoch
	return remove(path)
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

// fetch writes an object into a file.
func (l *line) fetch(ctx context.Context, object, path string) error {
	bucket, err := l.js.ObjectStore(ctx, office.BucketSnapshot)
	if err != nil {
		return fmt.Errorf("open the office's copies: %w", err)
	}
	if err := bucket.GetFile(ctx, object, path); err != nil {
		return fmt.Errorf("fetch what the office has: %w", err)
	}
	return nil
}

// remove takes a file away; that there is none is no error.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove a copy: %w", err)
	}
	return nil
}
