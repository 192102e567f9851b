package core

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// Keeper is the part of a Store that looks after its own file. Each of these
// works while deliveries come in, and one at a time: a second one waits.
type Keeper interface {
	// Holdings says what is kept, and in how much room.
	Holdings() (Holdings, error)
	// Expired counts what Prune would delete.
	Expired(ctx context.Context, before time.Time) (Expired, error)
	// Prune deletes the oldest events, those received before a time, with all
	// that only they tell, in small transactions. It stops at the first that was
	// received later, so a clock that was wrong keeps more and never less. Ids
	// stay known.
	Prune(ctx context.Context, before time.Time) (Expired, error)
	// Backup copies everything, as it is at one moment, into a file that appears
	// whole or not at all, and remembers when. progress, unless nil, is told how
	// much is done.
	Backup(ctx context.Context, path string, at time.Time, progress func(done, total int)) error
	// Examine copies a backup beside the data and counts it through.
	// ErrNoBackup, ErrBadBackup and ErrNewer say that it is no use.
	Examine(ctx context.Context, path string, progress func(done, total int)) (Candidate, error)
	// Wasteful reports whether Compact would give back much of the disk.
	Wasteful() (bool, error)
	// Compact copies the file without its free pages and goes on with the copy.
	Compact(ctx context.Context) (Compacted, error)
}

// Candidate is a backup that has been checked and can take the place of the data.
type Candidate interface {
	Holdings() Holdings
	// Adopt puts it in place of the data, which stays in a file named aside in
	// the same directory. Settings, registration and times without a tunnel stay
	// those of this computer. It returns the newest event's Seq.
	Adopt(aside string) (newest uint64, err error)
	// Discard deletes it. After Adopt it does nothing.
	Discard()
}

// Holdings is what a store holds.
type Holdings struct {
	Events, Quarantined int
	Oldest, Newest      time.Time // when the first and the last event were received; zero: none
	Bytes               int64     // of the file
	Removed             int       // events that Prune has deleted, ever
	Backup              time.Time // the last one; zero: none yet
}

// Expired is what Prune deletes.
type Expired struct {
	Events      int
	Payments    int // of those
	Quarantined int
	Concerns    int // of all, those that nobody has marked handled
}

// Compacted says what Compact has done.
type Compacted struct {
	Before, After int64         // bytes
	Held          time.Duration // for so long no delivery could be acknowledged
}

// Errors of Examine.
var (
	// ErrNoBackup: the file is none of Rentbell's.
	ErrNoBackup = errors.New("the file holds no Rentbell data")
	// ErrBadBackup: the file is Rentbell's, and its parts do not fit together.
	ErrBadBackup = errors.New("the backup is damaged")
)

// MostYears bounds Settings.KeepYears.
const MostYears = 100

// ErrBadYears: records cannot be kept for that many years.
var ErrBadYears = errors.New("years to keep are out of range")

// KeptFrom is the day from which records are kept that are kept for so many
// years: the years before this one, from the first of January on.
func KeptFrom(now time.Time, years int) Date { return Date{now.Year() - years, time.January, 1} }

// Data is what the Data page shows.
type Data struct {
	Holdings
	Free      uint64 // bytes on the disk; see FreeKnown
	FreeKnown bool
}

// Data tells what is kept. It reads the disk: not for the UI goroutine.
func (b *Bell) Data() (Data, error) {
	h, err := b.cfg.Store.Holdings()
	d := Data{Holdings: h}
	if b.cfg.Machine != nil {
		free, err := b.cfg.Machine.FreeSpace()
		d.Free, d.FreeKnown = free, err == nil // a disk that does not tell is no trouble
	}
	return d, err
}

// Expired counts what would go if records were kept for so many years.
func (b *Bell) Expired(ctx context.Context, years int) (Expired, error) {
	now := b.now()
	return b.cfg.Store.Expired(ctx, KeptFrom(now, years).In(now.Location()))
}

// KeepFor saves for how many years records are kept, 0 for ever, and has what is
// older deleted soon. It writes to disk.
func (b *Bell) KeepFor(ctx context.Context, years int) error {
	if err := b.Change(ctx, func(s *Settings) { s.KeepYears = years }); err != nil {
		return err
	}
	nudge(b.untidy)
	return nil
}

// Backup copies everything into one file. See Keeper.
func (b *Bell) Backup(ctx context.Context, path string, progress func(done, total int)) error {
	if err := b.cfg.Store.Backup(ctx, path, b.now(), progress); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	b.log.Info("backed up", "file", filepath.Base(path))
	return nil
}

// Examine checks a backup. See Keeper.
func (b *Bell) Examine(ctx context.Context, path string, progress func(done, total int)) (Candidate, error) {
	c, err := b.cfg.Store.Examine(ctx, path, progress)
	if err != nil {
		return nil, fmt.Errorf("examine backup: %w", err)
	}
	return c, nil
}

// Restore goes on with a backup's records, and returns the name of the file in
// which the present ones stay, those that arrived after the backup among them.
// Nothing of the backup rings or is told as new.
func (b *Bell) Restore(c Candidate) (aside string, err error) {
	aside = "rentbell-before-restore-" + b.now().Format("2006-01-02-150405") + ".db"
	b.naming.Lock() // a name that is given meanwhile goes into the table of the backup
	defer b.naming.Unlock()
	b.reading.Lock()
	newest, err := c.Adopt(aside)
	if err == nil {
		b.firstSeq, b.restored = newest, true
	}
	b.reading.Unlock()
	if err != nil {
		return "", fmt.Errorf("restore: %w", err)
	}
	b.log.Info("restored from a backup", "kept_aside", aside)
	if names, err := b.cfg.Store.Names(); err == nil {
		b.names.Store(NewNameTable(names))
	} else {
		b.log.Error("names of the backup could not be read", "err", err)
	}
	nudge(b.arrived)
	return aside, nil
}

// tidyEvery is how often the store is looked over. Records expire once a year.
const tidyEvery = 24 * time.Hour

// firstTidy lets the start have the disk to itself.
const firstTidy = 2 * time.Minute

// keepHouse deletes what has expired and gives the disk back what the file no
// longer needs, until ctx ends.
func (b *Bell) keepHouse(ctx context.Context) {
	next := time.NewTimer(firstTidy)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		case <-b.untidy:
		}
		if err := b.tidy(ctx); err != nil && ctx.Err() == nil {
			b.log.Error("records could not be tidied", "err", err)
		}
		next.Reset(tidyEvery)
	}
}

func (b *Bell) tidy(ctx context.Context) error {
	if years := b.Settings().KeepYears; years > 0 {
		now := b.now()
		gone, err := b.cfg.Store.Prune(ctx, KeptFrom(now, years).In(now.Location()))
		if gone != (Expired{}) {
			b.log.Info("old records deleted", "events", gone.Events, "quarantined", gone.Quarantined)
			nudge(b.arrived)
		}
		if err != nil {
			return fmt.Errorf("delete old records: %w", err)
		}
	}
	wasteful, err := b.cfg.Store.Wasteful()
	if err != nil || !wasteful {
		return err
	}
	done, err := b.cfg.Store.Compact(ctx)
	if err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	b.log.Info("file compacted", "bytes_before", done.Before, "bytes_after", done.After, "deliveries_waited", done.Held.Round(time.Millisecond))
	nudge(b.arrived)
	return nil
}
