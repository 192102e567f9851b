package core

import (
	"context"
	"errors"
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
	// PruneTo deletes on a desk what Prune has deleted on its receiver: the events up
	// to a number, with all that only they tell. It goes by the number, so the events
	// that are left are the receiver's, whatever the clocks of both say.
	PruneTo(ctx context.Context, upTo uint64, before time.Time) (Expired, error)
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
	// the same directory. Settings, registration, times without a tunnel and
	// AppFolio's public keys stay those of this computer, and what Rentbell has
	// told or read is never more than it was here. It returns the newest event's Seq.
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
	DeletedIDs          int       // of a backup: ids of deleted events, whose deliveries count as received
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
