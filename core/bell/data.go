package bell

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"rentbell/core"
)

// Data tells what is kept. It reads the disk: not for the UI goroutine.
func (b *Bell) Data() (core.Data, error) {
	h, err := b.cfg.Store.Holdings()
	d := core.Data{Holdings: h}
	if b.cfg.Machine != nil {
		free, err := b.cfg.Machine.FreeSpace()
		d.Free, d.FreeKnown = free, err == nil // a disk that does not tell is no trouble
	}
	return d, err
}

// Expired counts what would go if records were kept for so many years.
func (b *Bell) Expired(ctx context.Context, years int) (core.Expired, error) {
	now := b.cfg.Now()
	return b.cfg.Store.Expired(ctx, core.KeptFrom(now, years).In(now.Location()))
}

// KeepFor saves for how many years records are kept, 0 for ever, and has what is
// older deleted soon. It writes to disk.
func (b *Bell) KeepFor(ctx context.Context, years int) error {
	if err := b.Change(ctx, func(s *core.Settings) { s.KeepYears = years }); err != nil {
		return err
	}
	b.house.wake.Nudge()
	return nil
}

// Backup copies everything into one file. See Keeper.
func (b *Bell) Backup(ctx context.Context, path string, progress func(done, total int)) error {
	if err := b.cfg.Store.Backup(ctx, path, b.cfg.Now(), progress); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	b.cfg.Log.Info("backed up", "file", filepath.Base(path))
	return nil
}

// Examine checks a backup. See Keeper.
func (b *Bell) Examine(ctx context.Context, path string, progress func(done, total int)) (core.Candidate, error) {
	c, err := b.cfg.Store.Examine(ctx, path, progress)
	if err != nil {
		return nil, fmt.Errorf("examine backup: %w", err)
	}
	return c, nil
}

// Restore goes on with a backup's records, and returns the name of the file in
// which the present ones stay, those that arrived after the backup among them.
// Nothing of the backup rings or is told as new.
func (b *Bell) Restore(c core.Candidate) (aside string, err error) {
	aside = "rentbell-before-restore-" + b.cfg.Now().Format("2006-01-02-150405") + ".db"
	adopted, err := b.names.Restore(func() error {
		return b.lookout.Restore(func() error {
			return b.announce.Restore(func() (uint64, error) { return c.Adopt(aside) })
		})
	})
	if !adopted {
		return "", fmt.Errorf("restore: %w", err)
	}
	b.cfg.Log.Info("restored from a backup", "kept_aside", aside)
	if err = errors.Join(err, b.countOffers()); err != nil {
		b.cfg.Log.Error("names of the backup could not be read", "err", err)
	}
	b.board.Nudge()
	return aside, nil
}
